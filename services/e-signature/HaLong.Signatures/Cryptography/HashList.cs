using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HaLong.Signatures.Cryptography;

/// <summary>The hashes of an order as one thing that a person agrees to.</summary>
internal static class HashList
{
    /// <summary>How many hashes one order holds at most: a day's results of an officer.</summary>
    public const int Max = 200;

    /// <summary>Whether these can be signed by the algorithm: some, not too many, each of the right length.</summary>
    public static bool IsValid(IReadOnlyList<byte[]> hashes, SignatureAlgorithm algorithm) =>
        hashes.Count is > 0 and <= Max && hashes.All(h => h.Length == LengthOf(algorithm));

    /// <summary>SHA-256 over algorithm, number and every hash in order: changes when anything of them does.</summary>
    public static byte[] Digest(IReadOnlyList<byte[]> hashes, SignatureAlgorithm algorithm)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[4];
        digest.AppendData(Encoding.ASCII.GetBytes(algorithm.Oid + "\n"));
        BinaryPrimitives.WriteInt32BigEndian(number, hashes.Count);
        digest.AppendData(number);
        foreach (var hash in hashes)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, hash.Length);
            digest.AppendData(number);
            digest.AppendData(hash);
        }

        return digest.GetHashAndReset();
    }

    /// <summary>Eight letters of a digest: the person compares them on the telephone with those on the screen.</summary>
    public static string Mark(byte[] digest) => Convert.ToHexString(digest, 0, 4);

    private static int LengthOf(SignatureAlgorithm algorithm) => algorithm.Hash.Name switch { "SHA384" => 48, "SHA512" => 64, _ => 32 };
}
