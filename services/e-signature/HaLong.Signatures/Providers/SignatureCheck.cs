using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Cryptography;

namespace HaLong.Signatures.Providers;

/// <summary>Signature values are believed only after they were checked with the key of the certificate: RSA by PKCS #1 v1.5, elliptic curves in DER.</summary>
internal static class SignatureCheck
{
    /// <param name="certificate">Whose key.</param>
    /// <param name="algorithm">Key and hash.</param>
    /// <param name="hash">What was to be signed.</param>
    /// <param name="signature">What came back.</param>
    public static bool Holds(X509Certificate2 certificate, SignatureAlgorithm algorithm, byte[] hash, byte[] signature)
    {
        try
        {
            if (algorithm.IsRsa)
            {
                using var rsa = certificate.GetRSAPublicKey();
                return rsa is not null && rsa.VerifyHash(hash, signature, algorithm.Hash, RSASignaturePadding.Pkcs1);
            }

            using var elliptic = certificate.GetECDsaPublicKey();
            return elliptic is not null && elliptic.VerifyHash(hash, signature, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>What the signatures of a whole order are worth: all of them hold, or the order failed. One that the provider left out is null.</summary>
    public static HashOutcome Judge(X509Certificate2 certificate, SignatureAlgorithm algorithm, IReadOnlyList<byte[]> hashes, IReadOnlyList<byte[]?> signatures)
    {
        if (signatures.Count != hashes.Count || signatures.All(s => s is null))
            return new HashOutcome(HashState.Failed, [], ProviderCodes.CountMismatch);
        return hashes.Zip(signatures).All(p => p.Second is null || Holds(certificate, algorithm, p.First, p.Second))
            ? new HashOutcome(HashState.Signed, signatures)
            : new HashOutcome(HashState.Failed, [], ProviderCodes.SignatureMismatch);
    }
}
