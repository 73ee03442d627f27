using System.Runtime.InteropServices;

namespace HaLong.AppHost.Native;

/// <summary>The few calls of libc that .NET does not offer.</summary>
internal static partial class Libc
{
    public const int Interrupt = 2, Kill = 9, Terminate = 15;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ChangeOwner(string path, uint user, uint group);

    public static bool Signal(int pid, int signal) => SendSignal(pid, signal) == 0;

    /// <summary>The process and everything it has started in its group.</summary>
    public static bool SignalGroup(int leader, int signal) => SendSignal(-leader, signal) == 0;

    public static void Own(string path, SystemUser user)
    {
        if (ChangeOwner(path, user.Id, user.Group) != 0)
            throw new IOException($"Cannot give {path} to user {user.Name}: {Marshal.GetLastPInvokeErrorMessage()}");
    }
}

/// <summary>An account of the operating system.</summary>
internal sealed record SystemUser(string Name, uint Id, uint Group)
{
    public static SystemUser? Find(string name) =>
        File.ReadLines("/etc/passwd").Select(line => line.Split(':'))
            .Where(f => f.Length > 3 && f[0] == name)
            .Select(f => new SystemUser(name, uint.Parse(f[2], null), uint.Parse(f[3], null)))
            .FirstOrDefault();
}
