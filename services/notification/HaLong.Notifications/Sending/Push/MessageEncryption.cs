using System.Buffers.Binary;
using System.Security.Cryptography;

namespace HaLong.Notifications.Sending.Push;

/// <summary>
/// Web Push message encryption (RFC 8291): one <c>aes128gcm</c> record (RFC 8188) under a key that only the browser can derive. The push service
/// that carries it learns its length at most, and padding hides most of that.
/// </summary>
internal static class MessageEncryption
{
    /// <summary>The longest body that every push service takes (RFC 8030 §7.2).</summary>
    public const int LongestBody = 4096;

    public const int AuthBytes = 16;

    /// <summary>The longest text: a body less header, padding delimiter and tag.</summary>
    public const int LongestText = LongestBody - HeaderBytes - 1 - TagBytes;

    private const int SaltBytes = 16;
    private const int TagBytes = 16;
    private const int HeaderBytes = SaltBytes + 4 + 1 + P256.PointBytes;
    private const byte LastRecord = 2;

    // Texts are padded to a multiple of this, so that their length does not tell which notice it is.
    private const int PaddingStep = 256;

    /// <summary>Encrypts for a browser, with a key pair and a salt that are used this once.</summary>
    /// <param name="text">What only the browser shall read; at most <see cref="LongestText"/> bytes.</param>
    /// <param name="receiver">The browser's public key p256dh: 65 bytes.</param>
    /// <param name="auth">The browser's secret auth: 16 bytes.</param>
    public static byte[] Encrypt(ReadOnlySpan<byte> text, ReadOnlySpan<byte> receiver, ReadOnlySpan<byte> auth)
    {
        using var sender = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var padded = Math.Min((text.Length + PaddingStep - 1) / PaddingStep * PaddingStep, LongestText);
        return Encrypt(text, receiver, auth, sender, RandomNumberGenerator.GetBytes(SaltBytes), Math.Max(0, padded - text.Length));
    }

    /// <summary>The same with everything given, as the RFC's example needs it.</summary>
    internal static byte[] Encrypt(
        ReadOnlySpan<byte> text, ReadOnlySpan<byte> receiver, ReadOnlySpan<byte> auth, ECDiffieHellman sender, ReadOnlySpan<byte> salt, int padding)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length + padding, LongestText);
        var senderPoint = P256.PointOf(sender.ExportParameters(includePrivateParameters: false));

        // RFC 8291 §3.4: the shared secret, with the browser's own secret and both public keys mixed in.
        using var browser = ECDiffieHellman.Create(P256.Public(receiver));
        var shared = sender.DeriveRawSecretAgreement(browser.PublicKey);
        var ikm = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, auth.ToArray(), [.. "WebPush: info\0"u8, .. receiver, .. senderPoint]);

        // RFC 8188 §2.2 and §2.3: key and nonce of the first record, which is the last as well.
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, ikm, 16, salt.ToArray(), "Content-Encoding: aes128gcm\0"u8.ToArray());
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, ikm, 12, salt.ToArray(), "Content-Encoding: nonce\0"u8.ToArray());

        var body = new byte[HeaderBytes + text.Length + 1 + padding + TagBytes];
        salt.CopyTo(body);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(SaltBytes), LongestBody);
        body[SaltBytes + 4] = P256.PointBytes;
        senderPoint.CopyTo(body.AsSpan(SaltBytes + 5));

        var plain = new byte[text.Length + 1 + padding];
        text.CopyTo(plain);
        plain[text.Length] = LastRecord;
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, body.AsSpan(HeaderBytes, plain.Length), body.AsSpan(HeaderBytes + plain.Length));
        return body;
    }
}
