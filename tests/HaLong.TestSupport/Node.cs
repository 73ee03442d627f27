using System.Diagnostics;
using Xunit;

namespace HaLong.TestSupport;

/// <summary>Other people's libraries judge what we hand out: scripts of tests/node.</summary>
public static class Node
{
    private static readonly string Scripts = Path.Combine(Root(), "tests", "node");

    /// <summary>What a test that needs Node.js says where there is none.</summary>
    public const string Missing = "Node.js and npm are not installed.";

    /// <summary>Installs the libraries once; false where there is no Node.js, and the test is to be skipped.</summary>
    public static async Task<bool> HasAsync(string library)
    {
        if (!await RunsAsync("node") || !await RunsAsync("npm"))
            return false;
        using var once = await LockAsync();
        if (!Directory.Exists(Path.Combine(Scripts, "node_modules", library)))
        {
            var (exit, output) = await RunAsync("npm", "ci", "--no-audit", "--no-fund");
            if (exit != 0)
                throw new InvalidOperationException(output);
        }
        return true;
    }

    /// <summary>Runs a script of tests/node, or another program in that folder.</summary>

    public static async Task<(int Exit, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Scripts, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!; // started or thrown
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }

    private static async Task<bool> RunsAsync(string program)
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
                await Task.Delay(100, TestContext.Current.CancellationToken);
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
