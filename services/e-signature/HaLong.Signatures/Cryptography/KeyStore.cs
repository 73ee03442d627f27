using System.Security.Cryptography;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography.Pkcs11;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Cryptography;

/// <summary>A key that was just made, with what is kept of it.</summary>
internal sealed record NewKey(ECDsa Key, byte[] Reference) : IDisposable
{
    public void Dispose() => Key.Dispose();
}

/// <summary>
/// Where private keys of authorities and seals are: in the token when one is configured, else encrypted in the database. What is kept in the database is a
/// reference either way, and says itself which. A key in a token never has software in its place.
/// </summary>
internal sealed class KeyStore(PkiOptions options)
{
    private readonly Token? token = options.Token.IsOn ? new Token(options.Token) : null;

    public KeyStore(IOptions<PkiOptions> options) : this(options.Value)
    {
    }

    /// <summary>True without a token, or when it is there.</summary>
    public bool IsReady => token is null || token.IsReady();

    /// <param name="curve">P-256 or P-384.</param>
    /// <exception cref="ErrorException">SIG-0435 while the configured token is away.</exception>
    public NewKey New(ECCurve curve)
    {
        if (token is not null)
        {
            var made = token.NewElliptic(curve);
            return new NewKey(new TokenEcdsa(token, made), made.Write());
        }

        var key = KeyVault.NewKey(curve);
        return new NewKey(key, KeyVault.Close(key, options.KeyPassword));
    }

    /// <exception cref="CryptographicException">The password is wrong or the bytes are damaged.</exception>
    /// <exception cref="ErrorException">SIG-0435 when the key is in a token and none is configured.</exception>
    public ECDsa Open(ReadOnlySpan<byte> reference) => !TokenKey.Is(reference) ? KeyVault.Open(reference, options.KeyPassword)
        : token is not null ? new TokenEcdsa(token, TokenKey.Read(reference))
        : throw new ErrorException(TokenErrors.Away, new CryptographicException("The key is in a token, and Pki:Token is not configured."));
}
