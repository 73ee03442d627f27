using System.Security.Cryptography;
using HaLong.Notifications.Sending.Push;
using Microsoft.AspNetCore.WebUtilities;

namespace HaLong.Notifications.Tests.Sending.Push;

/// <summary>A browser's side of Web Push: keys of its own, and reading what comes (RFC 8291 §3.4 from the other end).</summary>
internal sealed class Browser
{
    private readonly byte[] auth;
    private readonly ECParameters key;

    public Browser(byte[]? scalar = null, byte[]? auth = null)
    {
        using var pair = scalar is null ? ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256) : ECDiffieHellman.Create(P256.Private(scalar));
        key = pair.ExportParameters(includePrivateParameters: true);
        this.auth = auth ?? RandomNumberGenerator.GetBytes(16);
    }

    public string P256dh => WebEncoders.Base64UrlEncode(P256.PointOf(key));

    public string Auth => WebEncoders.Base64UrlEncode(auth);

    public string PrivateKey => WebEncoders.Base64UrlEncode(key.D!);

    public byte[] Decrypt(byte[] body)
    {
        var (salt, idLength) = (body[..16], body[20]);
        var senderPoint = body[21..(21 + idLength)];
        using var mine = ECDiffieHellman.Create(key);
        using var sender = ECDiffieHellman.Create(P256.Public(senderPoint));
        var ikm = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, mine.DeriveRawSecretAgreement(sender.PublicKey), 32, auth, [.. "WebPush: info\0"u8, .. P256.PointOf(key), .. senderPoint]);
        using var aes = new AesGcm(HKDF.DeriveKey(HashAlgorithmName.SHA256, ikm, 16, salt, "Content-Encoding: aes128gcm\0"u8.ToArray()), 16);
        var encrypted = body[(21 + idLength)..^16];
        var plain = new byte[encrypted.Length];
        aes.Decrypt(HKDF.DeriveKey(HashAlgorithmName.SHA256, ikm, 12, salt, "Content-Encoding: nonce\0"u8.ToArray()), encrypted, body[^16..], plain);
        var end = Array.FindLastIndex(plain, b => b != 0);
        Assert.Equal(2, plain[end]);
        return plain[..end];
    }
}
