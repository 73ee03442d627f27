using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace HaLong.Dossiers.Filing.Keys;

/// <summary>Makes, seals and opens ES256 keys.</summary>
internal static class SealedKeys
{
    private static readonly PbeParameters Parameters = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 210_000);

    public static SigningKey Create(string password, DateTimeOffset now, DateTimeOffset activatesAt)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new SigningKey
        {
            Id = IdOf(key),
            X = Base64Url.EncodeToString(point.X),
            Y = Base64Url.EncodeToString(point.Y),
            Sealed = Seal(key, password),
            CreatedAt = now,
            ActivatesAt = activatesAt,
        };
    }

    public static byte[] Seal(ECDsa key, string password) => key.ExportEncryptedPkcs8PrivateKey(password, Parameters);

    /// <summary>The key, and whether the first of the passwords opened it.</summary>
    /// <exception cref="CryptographicException">No password opens it, or it is not the key that the row names.</exception>
    public static (ECDsa Key, bool ByCurrent) Open(SigningKey row, IReadOnlyList<string> passwords)
    {
        for (var i = 0; i < passwords.Count; i++)
        {
            var key = ECDsa.Create();
            try
            {
                key.ImportEncryptedPkcs8PrivateKey(passwords[i], row.Sealed, out _);
                if (IdOf(key) == row.Id)
                    return (key, i == 0);
                throw new CryptographicException($"The private part of signing key {row.Id} belongs to another key.");
            }
            catch (CryptographicException) when (i + 1 < passwords.Count)
            {
                key.Dispose();
            }
            catch
            {
                key.Dispose();
                throw;
            }
        }
        throw new CryptographicException("Keys:Password is missing.");
    }

    private static string IdOf(ECDsa key)
    {
        using var open = ECDsa.Create(key.ExportParameters(includePrivateParameters: false));
        return Base64UrlEncoder.Encode(new ECDsaSecurityKey(open).ComputeJwkThumbprint());
    }
}
