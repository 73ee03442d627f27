using System.Globalization;
using System.Runtime.InteropServices;

namespace HaLong.Dossiers.Files.Sandbox;

/// <summary>Limits that the child process puts on itself for good: memory also outside the managed heap, size of written files, no core dump.</summary>
internal static class ProcessLimits
{
    /// <summary>Environment variable with the most memory in MB.</summary>
    public const string MemoryVariable = "HALONG_SANDBOX_MEMORY_MB";

    private const int FileSize = 1, Data = 2, Core = 4;
    private const ulong MaxFileBytes = 256UL * 1024 * 1024;

    public static void Apply()
    {
        if (!OperatingSystem.IsLinux() || !ulong.TryParse(Environment.GetEnvironmentVariable(MemoryVariable), CultureInfo.InvariantCulture, out var megabytes))
            return;
        Set(Data, megabytes * 1024 * 1024);
        Set(FileSize, MaxFileBytes);
        Set(Core, 0);
    }

    private static void Set(int resource, ulong value)
    {
        var limit = new Limit { Soft = value, Hard = value };
        _ = SetLimit(resource, ref limit);
    }

    [DllImport("libc", EntryPoint = "setrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetLimit(int resource, ref Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
