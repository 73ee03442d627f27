using System.ComponentModel;
using System.Diagnostics;

namespace HaLong.Portal.Tests;

/// <summary>Scripts of pages, run by Node.js against what a test makes up for the browser.</summary>
internal static class Script
{
    /// <summary>What the play prints.</summary>
    /// <param name="name">The script of the portal; the play imports it as <c>script</c>.</param>
    /// <param name="play">JavaScript that uses it.</param>
    public static async Task<string[]> PlayAsync(string name, string play)
    {
        var ct = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("halong-script").FullName;
        try
        {
            var (script, page) = (Path.Combine(folder, "script.mjs"), Path.Combine(folder, "page.mjs"));
            await using (var source = typeof(Verify.Verified).Assembly.GetManifestResourceStream(name)!)
            await using (var copy = File.Create(script))
                await source.CopyToAsync(copy, ct);
            await File.WriteAllTextAsync(page, "import * as script from './script.mjs';\n" + play, ct);
            using var process = Start(new ProcessStartInfo("node", [page]) { RedirectStandardOutput = true, RedirectStandardError = true });
            var error = process.StandardError.ReadToEndAsync(ct);
            var output = await process.StandardOutput.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            Assert.True(process.ExitCode == 0, await error);
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
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
