using System.Security.Cryptography;

namespace HaLong.Dossiers.Documents;

/// <summary>Copies a stream into a new file: hashed on the way, flushed to the disk, never in memory as a whole.</summary>
internal static class Receiver
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>At most <paramref name="maxBytes"/>; the file tells how many came.</summary>
    /// <param name="path">The new file.</param>
    /// <param name="source">Who sends.</param>
    /// <param name="maxBytes">Where to stop.</param>
    /// <param name="keepsHalves">When the sender is gone: true keeps what came, false leaves nothing and throws.</param>
    /// <param name="ct">Stops the work; counts as the sender being gone.</param>
    public static async Task<IncomingFile> ReceiveAsync(string path, Stream source, long maxBytes, bool keepsHalves, CancellationToken ct)
    {
        var file = new IncomingFile(path);
        try
        {
            await using var target = StorageTrouble.Guard(
                () => new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, System.IO.FileOptions.Asynchronous));
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[Math.Min(BufferBytes, maxBytes)];
            while (file.Size < maxBytes)
            {
                var read = await ReadAsync(file, source, buffer.AsMemory(0, (int)Math.Min(buffer.Length, maxBytes - file.Size)), keepsHalves, ct);
                if (read == 0)
                    break;
                file.Size += read;
                hash.AppendData(buffer, 0, read);
                file.Look(buffer.AsSpan(0, read));
                // Not cancelled: what has arrived is written.
                await StorageTrouble.GuardAsync(() => target.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None).AsTask());
            }
            StorageTrouble.Guard(() =>
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

    private static async ValueTask<int> ReadAsync(IncomingFile file, Stream source, Memory<byte> buffer, bool keepsHalves, CancellationToken ct)
    {
        try
        {
            return await source.ReadAsync(buffer, ct);
        }
        catch (Exception e) when (keepsHalves && e is IOException or OperationCanceledException)
        {
            file.IsBrokenOff = true;
            return 0;
        }
    }
}
