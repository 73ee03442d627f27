using System.Formats.Asn1;
using System.Security.Cryptography;

namespace HaLong.Signatures.Cryptography.Pkcs11;

/// <summary>What goes into tokens and comes out of them, in DER.</summary>
internal static class TokenEncoding
{
    private static readonly Dictionary<string, byte[]> DigestInfos = new(StringComparer.Ordinal)
    {
        // The constant beginnings of RFC 8017 §9.2, note 1.
        ["SHA256"] = Convert.FromHexString("3031300d060960864801650304020105000420"),
        ["SHA384"] = Convert.FromHexString("3041300d060960864801650304020205000430"),
        ["SHA512"] = Convert.FromHexString("3051300d060960864801650304020305000440"),
    };

    /// <summary>DigestInfo around a hash: tokens pad it, but do not name the hash themselves.</summary>
    /// <exception cref="CryptographicException">Not SHA-256, -384 or -512.</exception>
    public static byte[] DigestInfo(HashAlgorithmName hash, byte[] value) => DigestInfos.TryGetValue(hash.Name ?? "", out var beginning) && beginning[^1] == value.Length
        ? [.. beginning, .. value] : throw new CryptographicException("Only SHA-256, SHA-384 and SHA-512 are signed.");

    /// <summary>The name of a curve, as CKA_EC_PARAMS wants it.</summary>
    public static byte[] CurveOf(ECCurve curve)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteObjectIdentifier(curve.IsNamed && curve.Oid.Value is { } oid ? oid : throw new CryptographicException("Only named curves."));
        return writer.Encode();
    }

    /// <summary>SubjectPublicKeyInfo of CKA_EC_POINT: an octet string around the uncompressed point.</summary>
    public static byte[] PublicKey(ECCurve curve, byte[] ecPoint)
    {
        var point = AsnDecoder.ReadOctetString(ecPoint, AsnEncodingRules.DER, out _);
        if (point is not [4, ..])
            throw new CryptographicException("Only uncompressed points.");
        var half = (point.Length - 1) / 2;
        using var key = ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = point[1..(1 + half)], Y = point[(1 + half)..] } });
        return key.ExportSubjectPublicKeyInfo();
    }

    /// <summary>SubjectPublicKeyInfo of an RSA key.</summary>
    public static byte[] PublicKey(byte[] modulus, byte[] exponent)
    {
        using var key = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = exponent });
        return key.ExportSubjectPublicKeyInfo();
    }
}
