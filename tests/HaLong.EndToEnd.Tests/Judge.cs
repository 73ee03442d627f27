using System.Diagnostics;

namespace HaLong.EndToEnd.Tests;

/// <summary>Runs an independent program and gives back what it said.</summary>
internal static class Judge
{
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    public static string TemporaryFolder() => Directory.CreateTempSubdirectory("halong-judge-").FullName;

    public static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "HaLongServices.sln")))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd('/'))!;
        }

        return folder;
    }

    /// <summary>The result in a folder of evidence has a valid, trusted signature over all of it.</summary>
    public static async Task PdfsigAcceptsAsync(string folder)
    {
        // pdfsig trusts what an NSS database of the caller trusts.
        var nss = Path.Combine(folder, "nss");
        Directory.CreateDirectory(nss);
        var made = await RunAsync("certutil", "-N", "-d", "sql:" + nss, "--empty-password");
        Assert.True(made.ExitCode == 0, made.Output);
        var trusted = await RunAsync("certutil", "-A", "-d", "sql:" + nss, "-n", "root", "-t", "CT,C,C", "-i", Path.Combine(folder, "pki/root.pem"));
        Assert.True(trusted.ExitCode == 0, trusted.Output);
        var (exitCode, output) = await RunAsync("pdfsig", "-nssdir", nss, Path.Combine(folder, "result.pdf"));
        Assert.True(exitCode == 0, output);
        Assert.Contains("Signature is Valid", output, StringComparison.Ordinal);
        Assert.Contains("Certificate is Trusted", output, StringComparison.Ordinal);
        Assert.Contains("Total document signed", output, StringComparison.Ordinal);
    }

    /// <summary>A script of tests/node finds nothing wrong.</summary>
    public static async Task NodeAcceptsAsync(string script, string argument)
    {
        var (exitCode, output) = await RunAsync("node", Path.Combine(RepositoryRoot(), "tests/node", script), argument);
        Assert.True(exitCode == 0, output);
    }
}
