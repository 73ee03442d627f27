using System.ComponentModel;
using System.Diagnostics;

namespace HaLong.Portal.Tests;

/// <summary>Runs a script of a page with a page of a few lines around it.</summary>
internal static class Scripts
{
    /// <param name="name">Of the script; the page finds it beside itself, as a module.</param>
    /// <param name="page">What imports and uses it.</param>
    /// <returns>What it wrote.</returns>
    public static async Task<string> RunAsync(string name, string page)
    {
        var folder = Directory.CreateTempSubdirectory("halong-script").FullName;
        try
        {
            await using (var source = typeof(Verify.Verified).Assembly.GetManifestResourceStream(name)!)
            await using (var copy = File.Create(Path.Combine(folder, Path.ChangeExtension(name, ".mjs"))))
                await source.CopyToAsync(copy, City.Ct);
            await File.WriteAllTextAsync(Path.Combine(folder, "page.mjs"), page, City.Ct);
            using var process = Start(new ProcessStartInfo("node", [Path.Combine(folder, "page.mjs")]) { RedirectStandardOutput = true, RedirectStandardError = true });
            var output = await process.StandardOutput.ReadToEndAsync(City.Ct);
            var error = await process.StandardError.ReadToEndAsync(City.Ct);
            await process.WaitForExitAsync(City.Ct);
            Assert.True(process.ExitCode == 0, error);
            return output.Trim();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("Node.js is not installed.");
            throw;
        }
    }
}
