using System.Security.Cryptography;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Documents;

/// <summary>
/// Files under their SHA-256 (<c>ab/abcd…</c>): the same content is kept once. A file is written under another name, flushed to the disk and
/// then renamed, so what has its final name is whole.
/// </summary>
internal sealed class FileStore(IOptions<FileOptions> options, TimeProvider time)
{
    private const string Incoming = "incoming";
    private readonly string root = System.IO.Path.GetFullPath(options.Value.Path);

    /// <summary>Writes a stream into the store's waiting room; dispose it to drop it, <see cref="Keep"/> it to have it stay.</summary>
    public async Task<IncomingFile> ReceiveAsync(Stream source, long maxBytes, CancellationToken ct)
    {
        var path = System.IO.Path.Combine(root, Incoming, Guid.CreateVersion7().ToString("N"));
        var file = new IncomingFile(path);
        try
        {
            Storage(() => Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!));
            await using var target = Storage(() => new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, System.IO.FileOptions.Asynchronous));
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[128 * 1024];
            int read;
            while ((read = await source.ReadAsync(buffer, ct)) > 0)
            {
                file.Size += read;
                if (file.Size > maxBytes)
                    throw new ErrorException(DossierErrors.FileTooLarge.Format(maxBytes / (1024 * 1024)));
                hash.AppendData(buffer, 0, read);
                file.Look(buffer.AsSpan(0, read));
                await StorageAsync(() => target.WriteAsync(buffer.AsMemory(0, read), ct));
            }
            Storage(() =>
            {
                target.Flush(flushToDisk: true);
                return true;
            });
            file.Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Gives a received file its final name. The same content may be there already: then the new copy takes its place.</summary>
    public void Keep(IncomingFile file)
    {
        var path = PathOf(file.Sha256);
        Storage(() =>
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            // Replacing also makes the file young again, so the sweep leaves it alone until its row is there.
            File.Move(file.Path, path, overwrite: true);
            return true;
        });
        file.Kept = true;
    }

    /// <summary>Stores bytes that the platform made.</summary>
    public async Task<string> StoreAsync(byte[] content, CancellationToken ct)
    {
        using var source = new MemoryStream(content, writable: false);
        using var file = await ReceiveAsync(source, long.MaxValue, ct);
        Keep(file);
        return file.Sha256;
    }

    /// <summary>The whole file.</summary>
    public Task<byte[]> ReadAsync(string sha256, CancellationToken ct) => File.ReadAllBytesAsync(PathOf(sha256), ct);

    /// <summary>Where a file lies.</summary>
    public string PathOf(string sha256) => System.IO.Path.Combine(root, sha256[..2], sha256);

    /// <summary>Hashes of the files older than <paramref name="age"/>, in batches.</summary>
    public IEnumerable<string[]> OlderThan(TimeSpan age, int batch)
    {
        if (!Directory.Exists(root))
            return [];
        var before = time.GetUtcNow().UtcDateTime - age;
        return Directory.EnumerateDirectories(root)
            .Where(folder => System.IO.Path.GetFileName(folder).Length == 2)
            .SelectMany(Directory.EnumerateFiles)
            .Where(path => File.GetLastWriteTimeUtc(path) < before)
            .Select(path => System.IO.Path.GetFileName(path))
            .Where(name => name.Length == 64)
            .Chunk(batch);
    }

    /// <summary>Removes a file that nobody refers to, unless somebody stored it again meanwhile.</summary>
    public bool Remove(string sha256, TimeSpan age)
    {
        var aside = System.IO.Path.Combine(root, Incoming, "sweep-" + Guid.CreateVersion7().ToString("N"));
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(aside)!);
            File.Move(PathOf(sha256), aside);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        if (File.GetLastWriteTimeUtc(aside) >= time.GetUtcNow().UtcDateTime - age)
        {
            File.Move(aside, PathOf(sha256), overwrite: true);
            return false;
        }
        File.Delete(aside);
        return true;
    }

    /// <summary>Removes what a crash left in the waiting room.</summary>
    public int RemoveIncoming(TimeSpan age)
    {
        var folder = System.IO.Path.Combine(root, Incoming);
        if (!Directory.Exists(folder))
            return 0;
        var before = time.GetUtcNow().UtcDateTime - age;
        var left = Directory.EnumerateFiles(folder).Where(path => File.GetLastWriteTimeUtc(path) < before).ToList();
        left.ForEach(File.Delete);
        return left.Count;
    }

    /// <summary>Trouble with the disk is ours, not the client's: 503, not 400.</summary>
    private static T Storage<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ErrorException(DossierErrors.StorageUnavailable, e);
        }
    }

    private static async ValueTask StorageAsync(Func<ValueTask> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ErrorException(DossierErrors.StorageUnavailable, e);
        }
    }
}
