using System.Security.Cryptography;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Files.Uploads;

/// <summary>What the sender says the bytes of a piece hash to (header Upload-Checksum).</summary>
internal sealed class Checksum(string algorithm, byte[] expected)
{
    /// <summary>Algorithms as TUS names them; it demands sha1.</summary>
    public const string Algorithms = "sha1,sha256";

    /// <summary>Null when there is none.</summary>
    public static Result<Checksum?> Of(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(Tus.UploadChecksum, out var header))
            return (Checksum?)null;
        var expected = new byte[64];
        return header.ToString().Split(' ') is [var algorithm, var base64] && algorithm is "sha1" or "sha256"
            && Convert.TryFromBase64String(base64, expected, out var length) && length == (algorithm == "sha1" ? SHA1.HashSizeInBytes : SHA256.HashSizeInBytes)
                ? new Checksum(algorithm, expected[..length])
                : FileErrors.BadChecksum;
    }

    public async Task<bool> FitsAsync(string path, CancellationToken ct)
    {
        await using var piece = File.OpenRead(path);
#pragma warning disable CA5350 // SHA-1 finds bytes that were damaged on the way, and nothing else is asked of it here; TUS demands it.
        var actual = algorithm == "sha1" ? await SHA1.HashDataAsync(piece, ct) : await SHA256.HashDataAsync(piece, ct);
#pragma warning restore CA5350
        return actual.AsSpan().SequenceEqual(expected);
    }
}
