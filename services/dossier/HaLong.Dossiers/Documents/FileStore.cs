using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Documents;

/// <summary>
/// Files under their SHA-256 (<c>ab/abcd…</c>): the same content is kept once. A file arrives in a waiting room on the local disk, is hashed
/// on the way and flushed, and only then gets its place among the <see cref="IBlobs"/>.
/// </summary>
internal sealed class FileStore(IBlobs blobs, IOptions<FileOptions> options, TimeProvider time)
{
    public const string Incoming = "incoming";
    private const int HashLength = 64;
    private readonly string incoming = Path.Combine(Path.GetFullPath(options.Value.Path), Incoming);

    /// <summary>Writes a stream into the waiting room; dispose it to drop it, <see cref="KeepAsync"/> it to have it stay.</summary>
    /// <exception cref="ErrorException">Larger than allowed, or the disk refuses.</exception>
    public async Task<IncomingFile> ReceiveAsync(Stream source, long maxBytes, CancellationToken ct)
    {
        var file = await Receiver.ReceiveAsync(NewPath(), source, maxBytes + 1, keepsHalves: false, ct);
        if (file.Size <= maxBytes)
            return file;
        file.Dispose();
        throw new ErrorException(DossierErrors.FileTooLarge.Format(maxBytes / (1024 * 1024)));
    }

    /// <summary>The next bytes of something longer: at most so many, and when the line breaks, what had arrived by then.</summary>
    public Task<IncomingFile> ReceivePieceAsync(Stream source, long maxBytes, CancellationToken ct) =>
        Receiver.ReceiveAsync(NewPath(), source, maxBytes, keepsHalves: true, ct);

    /// <summary>Gives a received file its final place. The same content may be there already: then the new copy takes its place.</summary>
    public async Task KeepAsync(IncomingFile file, CancellationToken ct)
    {
        await StorageTrouble.GuardAsync(() => blobs.PutAsync(KeyOf(file.Sha256), file.Path, ct));
        file.Kept = true;
    }

    /// <summary>Stores bytes that the platform made; answers with their SHA-256.</summary>
    public async Task<string> StoreAsync(byte[] content, CancellationToken ct)
    {
        using var source = new MemoryStream(content, writable: false);
        using var file = await ReceiveAsync(source, long.MaxValue - 1, ct);
        await KeepAsync(file, ct);
        return file.Sha256;
    }

    /// <summary>The whole file.</summary>
    public async Task<byte[]> ReadAsync(string sha256, CancellationToken ct)
    {
        await using var stream = await OpenAsync(sha256, ct);
        var content = new byte[stream.Length];
        await StorageTrouble.GuardAsync(() => stream.ReadExactlyAsync(content, ct).AsTask());
        return content;
    }

    /// <summary>The file as a seekable stream that reads only what is asked for.</summary>
    public Task<Stream> OpenAsync(string sha256, CancellationToken ct) => StorageTrouble.GuardAsync(() => blobs.OpenAsync(KeyOf(sha256), ct));

    public Task<bool> ExistsAsync(string sha256, CancellationToken ct) => StorageTrouble.GuardAsync(() => blobs.ExistsAsync(KeyOf(sha256), ct));

    /// <summary>The file on the local disk: itself, or a copy that is gone when disposed.</summary>
    public async Task<LocalFile> LocalAsync(string sha256, CancellationToken ct)
    {
        if (blobs.LocalPathOf(KeyOf(sha256)) is { } path)
            return new LocalFile(path, null);
        await using var stream = await OpenAsync(sha256, ct);
        var copy = await ReceiveAsync(stream, long.MaxValue - 1, ct);
        return new LocalFile(copy.Path, copy);
    }

    /// <summary>A file in the waiting room that somebody else writes.</summary>
    public string NewPath()
    {
        StorageTrouble.Guard(() => Directory.CreateDirectory(incoming));
        return Path.Combine(incoming, Guid.CreateVersion7().ToString("N"));
    }

    /// <summary>Takes over a file that was written to <see cref="NewPath"/>.</summary>
    public async Task<IncomingFile> AdoptAsync(string path, CancellationToken ct)
    {
        await using var source = StorageTrouble.Guard(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, System.IO.FileOptions.DeleteOnClose));
        return await ReceiveAsync(source, long.MaxValue - 1, ct);
    }

    /// <summary>Hashes of the files older than <paramref name="age"/>.</summary>
    public async IAsyncEnumerable<string> OlderThanAsync(TimeSpan age, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var key in blobs.OlderThanAsync("", time.GetUtcNow() - age, ct))
            if (key.Length == HashLength + 3 && key[2] == '/' && key.StartsWith(key[3..5], StringComparison.Ordinal))
                yield return key[3..];
    }

    /// <summary>Removes a file that nobody refers to, unless somebody stored it again meanwhile.</summary>
    public Task<bool> RemoveAsync(string sha256, TimeSpan age, CancellationToken ct) => blobs.RemoveAsync(KeyOf(sha256), time.GetUtcNow() - age, ct);

    /// <summary>Removes what a crash left in the waiting room.</summary>
    public int RemoveIncoming(TimeSpan age)
    {
        if (!Directory.Exists(incoming))
            return 0;
        var before = time.GetUtcNow().UtcDateTime - age;
        var left = Directory.EnumerateFiles(incoming).Where(path => File.GetLastWriteTimeUtc(path) < before).ToList();
        left.ForEach(File.Delete);
        return left.Count;
    }

    private static string KeyOf(string sha256) => $"{sha256[..2]}/{sha256}";
}

/// <summary>A stored file where programs can read it.</summary>
internal sealed class LocalFile(string path, IncomingFile? copy) : IDisposable
{
    public string Path => path;

    public void Dispose() => copy?.Dispose();
}
