using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Cryptography;

namespace HaLong.Signatures.Jades;

/// <summary>An algorithm of JWS (RFC 7518 §3.1). ES256 and its like fix the curve too.</summary>
/// <param name="Name">The word in the header.</param>
/// <param name="Hash">The hash.</param>
/// <param name="Curve">Bits of the curve; 0 for RSA.</param>
/// <param name="Pss">RSA with PSS padding: checked, not made.</param>
internal sealed record JwsAlgorithm(string Name, HashAlgorithmName Hash, int Curve, bool Pss = false)
{
    private static readonly JwsAlgorithm[] All =
    [
        new("ES256", HashAlgorithmName.SHA256, 256), new("ES384", HashAlgorithmName.SHA384, 384), new("ES512", HashAlgorithmName.SHA512, 521),
        new("RS256", HashAlgorithmName.SHA256, 0), new("RS384", HashAlgorithmName.SHA384, 0), new("RS512", HashAlgorithmName.SHA512, 0),
        new("PS256", HashAlgorithmName.SHA256, 0, true), new("PS384", HashAlgorithmName.SHA384, 0, true),
        new("PS512", HashAlgorithmName.SHA512, 0, true),
    ];

    /// <summary>Length of one coordinate of a signature in bytes; 0 for RSA.</summary>
    public int Coordinate => (Curve + 7) / 8;

    /// <summary>By its word; null for others, "none" and those with shared keys among them.</summary>
    public static JwsAlgorithm? ByName(string name) => Array.Find(All, a => a.Name == name);

    /// <param name="algorithm">How a key signs.</param>
    /// <param name="curve">Bits of its curve; 0 for RSA.</param>
    public static JwsAlgorithm? Of(SignatureAlgorithm algorithm, int curve) =>
        Array.Find(All, a => !a.Pss && a.Hash == algorithm.Hash && a.Curve == (algorithm.IsRsa ? 0 : curve));

    /// <summary>Whether the signature is that of the certificate's key.</summary>
    public bool Verifies(X509Certificate2 certificate, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        if (Curve == 0)
        {
            using var rsa = certificate.GetRSAPublicKey();
            return rsa is not null && rsa.VerifyData(content, signature, Hash, Pss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
        }

        using var elliptic = certificate.GetECDsaPublicKey();
        return elliptic?.KeySize == Curve && elliptic.VerifyData(content, signature, Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>A signature in DER as JWS wants it: both numbers one after the other, each of full length (RFC 7518 §3.4).</summary>
    public static byte[] ToCoordinates(byte[] der, int length)
    {
        var sequence = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        var result = new byte[2 * length];
        for (var i = 0; i < 2; i++)
        {
            var number = sequence.ReadInteger();
            number.TryWriteBytes(result.AsSpan((i * length) + length - number.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true);
        }

        return result;
    }
}
