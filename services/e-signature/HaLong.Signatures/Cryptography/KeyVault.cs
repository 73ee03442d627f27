using System.Security.Cryptography;

namespace HaLong.Signatures.Cryptography;

/// <summary>Private keys at rest: PKCS#8, AES-256 under PBKDF2 with the configured password.</summary>
internal static class KeyVault
{
    private static readonly PbeParameters Parameters = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 210_000);

    public static ECDsa NewKey(ECCurve curve) => ECDsa.Create(curve);

    public static byte[] Close(ECDsa key, string password) => key.ExportEncryptedPkcs8PrivateKey(password, Parameters);

    /// <exception cref="CryptographicException">The password is wrong or the bytes are damaged.</exception>
    public static ECDsa Open(ReadOnlySpan<byte> encrypted, string password)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportEncryptedPkcs8PrivateKey(password, encrypted, out _);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
