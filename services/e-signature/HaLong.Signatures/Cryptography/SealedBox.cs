using System.Security.Cryptography;
using System.Text;

namespace HaLong.Signatures.Cryptography;

/// <summary>AES-256-GCM with a random nonce in front; <c>label</c> says what it is for and must be the same to open it.</summary>
internal static class SealedBox
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public static byte[] Seal(byte[] key, string label, ReadOnlySpan<byte> content)
    {
        var box = new byte[NonceBytes + TagBytes + content.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(box.AsSpan(0, NonceBytes), content, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(label));
        return box;
    }

    /// <returns>Null when key or label are others, or the box was changed.</returns>
    public static byte[]? Open(byte[] key, string label, ReadOnlySpan<byte> box)
    {
        if (box.Length < NonceBytes + TagBytes)
            return null;
        var content = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(box[..NonceBytes], box[(NonceBytes + TagBytes)..], box.Slice(NonceBytes, TagBytes), content, Encoding.UTF8.GetBytes(label));
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
