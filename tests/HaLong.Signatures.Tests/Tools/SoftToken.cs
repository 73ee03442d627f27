using System.Diagnostics;
using System.Runtime.InteropServices;
using HaLong.Signatures.Cryptography.Pkcs11;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>A software token (SoftHSM2) in a directory of its own, made once for all tests: the library reads its configuration when the process first loads it.</summary>
internal static class SoftToken
{
    public const string Label = "halong tests";

    /// <summary>Another token, which no test ever opens: who is let in once is let in everywhere in the process.</summary>
    public const string NeverOpened = "halong never opened";

    private const string Pin = "48151623";

    private static readonly string[] Places =
        ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib64/libsofthsm2.so"];

    private static readonly Lazy<TokenOptions> Made = new(Make);

    public static TokenOptions Options => Made.Value;

    private static TokenOptions Make()
    {
        var library = Places.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("SoftHSM2 is missing: apt-get install softhsm2, or ./test.sh --install.");
        var directory = Directory.CreateTempSubdirectory("halong-token-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(directory, recursive: true);
        var configuration = Path.Combine(directory, "softhsm2.conf");
        File.WriteAllText(configuration, $"directories.tokendir = {directory}\nobjectstore.backend = file\nlog.level = ERROR\n");
        // The library asks the C environment, of which .NET keeps a copy.
        if (SetEnvironment("SOFTHSM2_CONF", configuration, 1) != 0)
            throw new InvalidOperationException("The environment cannot be set.");
        foreach (var label in new[] { Label, NeverOpened })
            Initialise(label, configuration);
        return new TokenOptions { Library = library, Label = Label, Pin = Pin };
    }

    private static void Initialise(string label, string configuration)
    {
        var start = new ProcessStartInfo("softhsm2-util", ["--init-token", "--free", "--label", label, "--pin", Pin, "--so-pin", Pin]) { RedirectStandardOutput = true };
        start.Environment["SOFTHSM2_CONF"] = configuration;
        using var made = Process.Start(start) ?? throw new InvalidOperationException("softhsm2-util does not start.");
        made.StandardOutput.ReadToEnd();
        made.WaitForExit();
        if (made.ExitCode != 0)
            throw new InvalidOperationException("The token cannot be made.");
    }

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetEnvironment(string name, string value, int overwrite);
}
