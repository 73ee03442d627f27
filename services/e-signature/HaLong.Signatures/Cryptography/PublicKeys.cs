using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaLong.Signatures.Cryptography;

/// <summary>Checks signatures of lists and status answers with the key of a certificate. Algorithms that are no longer secure never hold.</summary>
internal static class PublicKeys
{
    private static readonly Dictionary<string, (HashAlgorithmName Hash, bool Rsa)> Algorithms = new(StringComparer.Ordinal)
    {
        ["1.2.840.10045.4.3.2"] = (HashAlgorithmName.SHA256, false),
        ["1.2.840.10045.4.3.3"] = (HashAlgorithmName.SHA384, false),
        ["1.2.840.10045.4.3.4"] = (HashAlgorithmName.SHA512, false),
        ["1.2.840.113549.1.1.11"] = (HashAlgorithmName.SHA256, true),
        ["1.2.840.113549.1.1.12"] = (HashAlgorithmName.SHA384, true),
        ["1.2.840.113549.1.1.13"] = (HashAlgorithmName.SHA512, true),
    };

    private const string Pss = "1.2.840.113549.1.1.10";

    /// <param name="certificate">Whose key.</param>
    /// <param name="algorithm">OID of the signature algorithm.</param>
    /// <param name="content">What was signed.</param>
    /// <param name="signature">DER for elliptic curves.</param>
    public static bool Verifies(X509Certificate2 certificate, string algorithm, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        if (algorithm == Pss)
            return VerifiesPss(certificate, content, signature);
        if (!Algorithms.TryGetValue(algorithm, out var known))
            return false;
        try
        {
            if (known.Rsa)
            {
                using var rsa = certificate.GetRSAPublicKey();
                return rsa is { KeySize: >= 2048 } && rsa.VerifyData(content, signature, known.Hash, RSASignaturePadding.Pkcs1);
            }

            using var elliptic = certificate.GetECDsaPublicKey();
            return elliptic is not null && elliptic.VerifyData(content, signature, known.Hash, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    // The hash stands in the parameters, not in the OID: a signature fits under one of them or under none.
    private static bool VerifiesPss(X509Certificate2 certificate, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        using var rsa = certificate.GetRSAPublicKey();
        if (rsa is not { KeySize: >= 2048 })
            return false;
        foreach (var hash in new[] { HashAlgorithmName.SHA256, HashAlgorithmName.SHA384, HashAlgorithmName.SHA512 })
        {
            if (rsa.VerifyData(content, signature, hash, RSASignaturePadding.Pss))
                return true;
        }

        return false;
    }
}
