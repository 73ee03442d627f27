using System.Security.Cryptography;

namespace HaLong.Identity.Keys;

/// <summary>A box: header, nonce, tag, ciphertext, with AES-256-GCM. The header is authenticated, not hidden.</summary>
internal static class AesBox
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public static byte[] Seal(byte[] key, ReadOnlySpan<byte> header, ReadOnlySpan<byte> context, ReadOnlySpan<byte> secret)
    {
        var box = new byte[header.Length + NonceSize + TagSize + secret.Length];
        header.CopyTo(box);
        var body = box.AsSpan(header.Length);
        RandomNumberGenerator.Fill(body[..NonceSize]);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(body[..NonceSize], secret, body[(NonceSize + TagSize)..], body.Slice(NonceSize, TagSize), [.. header, .. context]);
        return box;
    }

    /// <summary>The secret; null when key, context or a single bit of the box is not the one it was sealed with.</summary>
    public static byte[]? Open(byte[] key, ReadOnlySpan<byte> header, ReadOnlySpan<byte> context, ReadOnlySpan<byte> box)
    {
        if (box.Length < header.Length + NonceSize + TagSize)
            return null;
        var body = box[header.Length..];
        var secret = new byte[body.Length - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        try
        {
            aes.Decrypt(body[..NonceSize], body[(NonceSize + TagSize)..], body.Slice(NonceSize, TagSize), secret, [.. header, .. context]);
            return secret;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
