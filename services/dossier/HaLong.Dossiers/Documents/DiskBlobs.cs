using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Documents;

/// <summary>A folder that all replicas share. What has its final name is whole: it was renamed, not written, there.</summary>
internal sealed class DiskBlobs(IOptions<FileOptions> options) : IBlobs
{
    private readonly string root = Path.GetFullPath(options.Value.Path);

    public Task PutAsync(string key, string path, CancellationToken ct)
    {
        var target = LocalPathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        // Replacing also makes the file young again, so the sweep leaves it alone until its row is there.
        File.Move(path, target, overwrite: true);
        return Task.CompletedTask;
    }

    public Task<bool> ExistsAsync(string key, CancellationToken ct) => Task.FromResult(File.Exists(LocalPathOf(key)));

    public Task<Stream> OpenAsync(string key, CancellationToken ct)
    {
        try
        {
            return Task.FromResult<Stream>(new FileStream(
                LocalPathOf(key), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024,
                System.IO.FileOptions.Asynchronous | System.IO.FileOptions.SequentialScan));
        }
        catch (DirectoryNotFoundException e)
        {
            throw new FileNotFoundException("There is no such file.", key, e);
        }
    }

    public string LocalPathOf(string key) => Path.Combine(root, key);

    public async IAsyncEnumerable<string> OlderThanAsync(string prefix, DateTimeOffset before, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var folder = Path.Combine(root, prefix);
        if (!Directory.Exists(folder))
            yield break;
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            ct.ThrowIfCancellationRequested();
            if (File.GetLastWriteTimeUtc(path) < before.UtcDateTime)
                yield return Path.GetRelativePath(root, path);
        }
        await Task.CompletedTask;
    }

    public Task<bool> RemoveAsync(string key, DateTimeOffset before, CancellationToken ct)
    {
        // Moved aside before it is looked at: nobody can store it again between the look and the deletion.
        var (path, aside) = (LocalPathOf(key), Path.Combine(root, FileStore.Incoming, "sweep-" + Guid.CreateVersion7().ToString("N")));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(aside)!);
            File.Move(path, aside);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult(false);
        }
        if (File.GetLastWriteTimeUtc(aside) >= before.UtcDateTime)
        {
            File.Move(aside, path, overwrite: true);
            return Task.FromResult(false);
        }
        File.Delete(aside);
        return Task.FromResult(true);
    }
}
