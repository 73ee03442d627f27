using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace HaLong.AppHost.Native;

/// <summary>The folder that holds a platform's data, secrets, logs and state.</summary>
internal sealed class RunFolder : IDisposable
{
    internal const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    internal const UnixFileMode Traversable = Private | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly Lock _lock = new();
    private readonly HashSet<string> _used = [];
    private FileStream? _running;

    public RunFolder(string path, bool ephemeral) => (Root, IsEphemeral) = (path, ephemeral);

    public string Root { get; }

    /// <summary>Deleted at the end, so nothing in it needs to survive a power cut.</summary>
    public bool IsEphemeral { get; }

    public string Logs => Path.Combine(Root, "logs");

    public static RunFolder From(IConfiguration configuration, string appHostDirectory)
    {
        var ephemeral = configuration.GetValue("Ephemeral", false);
        var path = configuration["RunDirectory"]
            ?? (ephemeral ? null : Solution(appHostDirectory) is { } solution ? Path.Combine(solution, ".run") : null)
            ?? Path.Combine(Path.GetTempPath(), $"halong-{Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal)}");
        return new RunFolder(Path.GetFullPath(path), ephemeral);
    }

    /// <summary>Makes this process the one platform of the folder.</summary>
    public void Open()
    {
        Directory.CreateDirectory(Root, Traversable);
        Directory.CreateDirectory(Logs);
        Directory.CreateDirectory(Path.Combine(Root, "data"), Traversable);
        var pidFile = Path.Combine(Root, "host.pid");
        _running = TryLock();
        if (_running is null)
        {
            var holder = File.Exists(pidFile) ? File.ReadAllText(pidFile).Trim() : "unknown";
            throw new DistributedApplicationException($"A platform is already running in {Root} (process {holder}).");
        }

        File.WriteAllText(pidFile, $"{Environment.ProcessId}\n");
    }

    /// <summary>A random value, made at first need and kept.</summary>
    public string Secret(string name)
    {
        lock (_lock)
        {
            Directory.CreateDirectory(Root, Traversable);
            var file = Path.Combine(Root, "secrets.json");
            var secrets = File.Exists(file) ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(File.ReadAllText(file)) ?? [] : [];
            if (secrets.TryGetValue(name, out var known))
                return known;
            var made = RandomNumberGenerator.GetString("abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 24);
            secrets[name] = made;
            WriteAtomically(file, JsonSerializer.Serialize(secrets, Indented), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return made;
        }
    }

    /// <summary>The data folder of a server; emptied first when the resource does not keep its data.</summary>
    public string Data(string name, bool keep)
    {
        var path = Path.Combine(Root, "data", name);
        if (IsFirstUse(name) && !keep)
            Delete(path);
        if (!Directory.Exists(path))
            Directory.CreateDirectory(path, Private);
        return path;
    }

    /// <summary>
    /// As <see cref="Data" />, for a server that runs under another account: owned by it, and where that account may not pass the
    /// folders above (a clone in somebody's home), elsewhere with a link from here.
    /// </summary>
    public async Task<string> DataForAsync(string name, bool keep, SystemUser user, CancellationToken ct)
    {
        var path = Path.Combine(Root, "data", name);
        if (IsFirstUse(name) && !keep)
            Delete(path);
        if (!Directory.Exists(path))
        {
            var (refused, _) = await Launcher.RunAsync(new LaunchSpec("test", ["-x", Path.Combine(Root, "data")], "/") { User = user }, ct);
            if (refused == 0)
            {
                Directory.CreateDirectory(path, Private);
            }
            else
            {
                var elsewhere = $"/var/tmp/halong-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Root)))[..12]}";
                // No link, no data: whatever lies there belongs to a run directory that has been deleted.
                Delete(Path.Combine(elsewhere, name));
                Directory.CreateDirectory(elsewhere, Traversable);
                Directory.CreateDirectory(Path.Combine(elsewhere, name), Private);
                File.Delete(path);
                Directory.CreateSymbolicLink(path, Path.Combine(elsewhere, name));
            }
        }

        var real = Directory.ResolveLinkTarget(path, true)?.FullName ?? path;
        Libc.Own(real, user);
        return real;
    }

    public static void WriteAtomically(string file, string content, UnixFileMode mode)
    {
        var next = file + ".next";
        File.Delete(next);
        using (var stream = new FileStream(next, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode }))
            stream.Write(Encoding.UTF8.GetBytes(content));
        File.Move(next, file, overwrite: true);
    }

    /// <summary>Gives the folder free for the next platform.</summary>
    public void Close()
    {
        if (_running is null)
            return;
        File.Delete(Path.Combine(Root, "host.pid"));
        _running.Dispose();
        _running = null;
    }

    public void Dispose()
    {
        Close();
        if (!IsEphemeral || !Directory.Exists(Root))
            return;
        // Another platform may run in it: the one because of which this one was refused, or one started since.
        using var held = TryLock();
        if (held is null)
            return;
        foreach (var data in Directory.Exists(Path.Combine(Root, "data")) ? Directory.GetDirectories(Path.Combine(Root, "data")) : [])
            Delete(data);
        Directory.Delete(Root, recursive: true);
    }

    private FileStream? TryLock()
    {
        try
        {
            return new FileStream(Path.Combine(Root, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    // A server that is started again after a crash finds what it had.
    private bool IsFirstUse(string name)
    {
        lock (_lock)
            return _used.Add(name);
    }

    private static void Delete(string path)
    {
        if (!Directory.Exists(path) && !File.Exists(path))
            return;
        if (Directory.ResolveLinkTarget(path, true) is { } real)
        {
            if (real.Exists)
                Directory.Delete(real.FullName, recursive: true);
            File.Delete(path);
            var parent = Path.GetDirectoryName(real.FullName);
            if (parent is not null && Directory.Exists(parent) && !Directory.EnumerateFileSystemEntries(parent).Any())
                Directory.Delete(parent);
        }
        else if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private static string? Solution(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.sln").Any())
                return folder;
        }

        return null;
    }
}
