using System.Security.Cryptography;
using System.Text;
using HaLong.Signatures.Cryptography;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Providers.Links;

/// <summary>
/// Seals what providers call people: AES-256-GCM under a key of <c>Pki:KeyPassword</c> (HKDF-SHA256, RFC 5869), bound to account and provider, so a box opens only in
/// the row it was made for.
/// </summary>
internal sealed class LinkVault(IOptions<PkiOptions> options)
{
    /// <summary>Names the key without telling anything of it; another after the password was changed.</summary>
    public string KeyId => Convert.ToHexStringLower(Derive("halong.provider-links.key-id.v1"u8, 8));

    public byte[] Seal(Guid account, string provider, string user) => SealedBox.Seal(Key(), Context(account, provider), Encoding.UTF8.GetBytes(user));

    /// <exception cref="CryptographicException">The box was made under another key or for another row, or was changed.</exception>
    public string Open(Guid account, string provider, byte[] box) => Encoding.UTF8.GetString(SealedBox.Open(Key(), Context(account, provider), box)
        ?? throw new CryptographicException("This is not the sealed user id of this row."));

    private byte[] Key() => Derive("halong.provider-links.v1"u8, 32);

    private byte[] Derive(ReadOnlySpan<byte> info, int bytes)
    {
        var key = new byte[bytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(options.Value.KeyPassword), key, [], info);
        return key;
    }

    private static string Context(Guid account, string provider) => $"{account:N}\0{provider}";
}
