using System.Diagnostics;

namespace HaLong.Dossiers.Tests;

/// <summary>Other people's libraries judge what we hand out: scripts of tests/node.</summary>
internal static class Node
{
    private static readonly string Scripts = Path.Combine(Root(), "tests", "node");

    /// <summary>Skips the test where there is no Node.js; installs the libraries once.</summary>
    public static async Task NeedAsync(string library)
    {
        Assert.SkipUnless(await HasAsync("node") && await HasAsync("npm"), "Node.js and npm are not installed.");
        using var once = await LockAsync();
        if (!Directory.Exists(Path.Combine(Scripts, "node_modules", library)))
        {
            var (exit, output) = await RunAsync("npm", "ci", "--no-audit", "--no-fund");
            Assert.True(exit == 0, output);
        }
    }

    public static async Task<(int Exit, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Scripts, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!; // started or thrown
        var output = process.StandardOutput.ReadToEndAsync(DossierFixture.Ct);
        var error = process.StandardError.ReadToEndAsync(DossierFixture.Ct);
        await process.WaitForExitAsync(DossierFixture.Ct);
        return (process.ExitCode, await output + await error);
    }

    private static async Task<bool> HasAsync(string program)
    {
        try
        {
            return (await RunAsync(program, "--version")).Exit == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Two tests, or two test processes, must not install at once.</summary>
    private static async Task<FileStream> LockAsync()
    {
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(Path.GetTempPath(), "halong-node-install.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(100, DossierFixture.Ct);
            }
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "HaLongServices.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The repository's root was not found.");
        return folder.FullName;
    }
}
