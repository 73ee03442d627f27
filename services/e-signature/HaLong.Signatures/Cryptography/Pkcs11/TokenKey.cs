using System.Security.Cryptography;

namespace HaLong.Signatures.Cryptography.Pkcs11;

/// <summary>What stands in the database for a key in a token: its id there, and its public half. It opens nothing by itself.</summary>
/// <param name="Id">CKA_ID, 16 bytes.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo, DER.</param>
internal sealed record TokenKey(byte[] Id, byte[] PublicKey)
{
    private const int IdBytes = 16;

    // Encrypted PKCS#8 begins with 0x30.
    private static ReadOnlySpan<byte> Mark => "HLP11\x01"u8;

    public static bool Is(ReadOnlySpan<byte> reference) => reference.StartsWith(Mark);

    /// <exception cref="CryptographicException">It is no such reference.</exception>
    public static TokenKey Read(ReadOnlySpan<byte> reference) => Is(reference) && reference.Length > Mark.Length + IdBytes
        ? new TokenKey(reference.Slice(Mark.Length, IdBytes).ToArray(), reference[(Mark.Length + IdBytes)..].ToArray())
        : throw new CryptographicException("This is no reference to a key in a token.");

    public byte[] Write() => [.. Mark, .. Id, .. PublicKey];
}
