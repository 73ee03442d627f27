using System.Security.Cryptography;

namespace HaLong.Signatures.Cades;

/// <summary>
/// Hashes of a file that is read once and never held: which one a signature needs is known only when the signature is read, and that may come
/// after the file.
/// </summary>
internal sealed class ContentDigests : IDisposable
{
    private static readonly HashAlgorithmName[] Names =
        [HashAlgorithmName.SHA256, HashAlgorithmName.SHA384, HashAlgorithmName.SHA512, HashAlgorithmName.SHA1];

    private readonly Dictionary<HashAlgorithmName, IncrementalHash> running = Names.ToDictionary(n => n, IncrementalHash.CreateHash);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (var hash in running.Values)
            hash.AppendData(bytes);
    }

    /// <returns>Null for a function that is not computed.</returns>
    public byte[]? Of(HashAlgorithmName name) => running.GetValueOrDefault(name)?.GetCurrentHash();

    /// <summary>Length of a hash in bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not SHA-256, SHA-384 or SHA-512.</exception>
    public static int LengthOf(HashAlgorithmName name) => name.Name switch
    {
        "SHA256" => SHA256.HashSizeInBytes,
        "SHA384" => SHA384.HashSizeInBytes,
        "SHA512" => SHA512.HashSizeInBytes,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    /// <summary>Hash of a stream that is not held, by one function.</summary>
    public static async Task<byte[]> OfAsync(Stream content, HashAlgorithmName name, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(name);
        var chunk = new byte[64 * 1024];
        for (int count; (count = await content.ReadAsync(chunk, ct)) > 0;)
            hash.AppendData(chunk, 0, count);
        return hash.GetHashAndReset();
    }

    public void Dispose()
    {
        foreach (var hash in running.Values)
            hash.Dispose();
    }
}
