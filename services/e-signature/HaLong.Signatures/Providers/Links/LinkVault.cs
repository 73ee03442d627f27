using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Providers.Links;

/// <summary>
/// Seals what providers call people: AES-256-GCM under a key of <c>Pki:KeyPassword</c> (HKDF-SHA256, RFC 5869), bound to account and provider, so a box opens only in
/// the row it was made for.
/// </summary>
internal sealed class LinkVault(IOptions<PkiOptions> options)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Names the key without telling anything of it; another after the password was changed.</summary>
    public string KeyId => Convert.ToHexStringLower(Derive("halong.provider-links.key-id.v1"u8, 8));

    public byte[] Seal(Guid account, string provider, string user)
    {
        var secret = Encoding.UTF8.GetBytes(user);
        var box = new byte[NonceBytes + TagBytes + secret.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(Key(), TagBytes);
        cipher.Encrypt(box.AsSpan(0, NonceBytes), secret, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), Context(account, provider));
        return box;
    }

    /// <exception cref="CryptographicException">The box was made under another key or for another row, or was changed.</exception>
    public string Open(Guid account, string provider, byte[] box)
    {
        if (box.Length < NonceBytes + TagBytes)
            throw new CryptographicException("This is not a sealed user id.");
        var secret = new byte[box.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(Key(), TagBytes);
        cipher.Decrypt(box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), secret, Context(account, provider));
        return Encoding.UTF8.GetString(secret);
    }

    private byte[] Key() => Derive("halong.provider-links.v1"u8, 32);

    private byte[] Derive(ReadOnlySpan<byte> info, int bytes)
    {
        var key = new byte[bytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(options.Value.KeyPassword), key, [], info);
        return key;
    }

    private static byte[] Context(Guid account, string provider) => Encoding.UTF8.GetBytes($"{account:N}\0{provider}");
}
