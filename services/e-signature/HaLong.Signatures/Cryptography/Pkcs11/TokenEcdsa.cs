using System.Security.Cryptography;
using Net.Pkcs11Interop.Common;

namespace HaLong.Signatures.Cryptography.Pkcs11;

/// <summary>A key on an elliptic curve in a token. Wherever .NET wants an <see cref="ECDsa"/> it serves; whatever would take the private half out throws.</summary>
internal sealed class TokenEcdsa : ECDsa
{
    private readonly Token token;
    private readonly TokenKey key;
    private readonly ECDsa known = Create();

    public TokenEcdsa(Token token, TokenKey key)
    {
        (this.token, this.key) = (token, key);
        known.ImportSubjectPublicKeyInfo(key.PublicKey, out _);
        KeySizeValue = known.KeySize;
    }

    // r and s, as IEEE P1363 has it: what the caller wants else, the base class makes of it.
    public override byte[] SignHash(byte[] hash) => token.Sign(key, CKM.CKM_ECDSA, hash);

    public override bool VerifyHash(byte[] hash, byte[] signature) => known.VerifyHash(hash, signature);

    public override ECParameters ExportParameters(bool includePrivateParameters) => includePrivateParameters
        ? throw new CryptographicException("The private key does not leave the token.") : known.ExportParameters(includePrivateParameters: false);

    protected override byte[] HashData(byte[] data, int offset, int count, HashAlgorithmName hashAlgorithm) =>
        CryptographicOperations.HashData(hashAlgorithm, data.AsSpan(offset, count));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            known.Dispose();
        base.Dispose(disposing);
    }
}
