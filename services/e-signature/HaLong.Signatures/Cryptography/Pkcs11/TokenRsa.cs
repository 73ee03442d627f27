using System.Security.Cryptography;
using Net.Pkcs11Interop.Common;

namespace HaLong.Signatures.Cryptography.Pkcs11;

/// <summary>An RSA key in a token; signs by PKCS #1 v1.5 and nothing else.</summary>
internal sealed class TokenRsa : RSA
{
    private readonly Token token;
    private readonly TokenKey key;
    private readonly RSA known = Create();

    public TokenRsa(Token token, TokenKey key)
    {
        (this.token, this.key) = (token, key);
        known.ImportSubjectPublicKeyInfo(key.PublicKey, out _);
        KeySizeValue = known.KeySize;
    }

    public override byte[] SignHash(byte[] hash, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding) => padding == RSASignaturePadding.Pkcs1
        ? token.Sign(key, CKM.CKM_RSA_PKCS, TokenEncoding.DigestInfo(hashAlgorithm, hash))
        : throw new CryptographicException("Only PKCS #1 v1.5.");

    public override bool VerifyHash(byte[] hash, byte[] signature, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding) =>
        known.VerifyHash(hash, signature, hashAlgorithm, padding);

    public override RSAParameters ExportParameters(bool includePrivateParameters) => includePrivateParameters
        ? throw new CryptographicException("The private key does not leave the token.") : known.ExportParameters(includePrivateParameters: false);

    public override void ImportParameters(RSAParameters parameters) => throw new CryptographicException("Keys are made in the token.");

    protected override byte[] HashData(byte[] data, int offset, int count, HashAlgorithmName hashAlgorithm) =>
        CryptographicOperations.HashData(hashAlgorithm, data.AsSpan(offset, count));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            known.Dispose();
        base.Dispose(disposing);
    }
}
