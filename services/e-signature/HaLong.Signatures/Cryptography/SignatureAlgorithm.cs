using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaLong.Signatures.Cryptography;

/// <summary>How content is signed: the kind of key and the hash. RSA by PKCS #1 v1.5, elliptic curves in DER.</summary>
/// <param name="Oid">Of key and hash together.</param>
/// <param name="Hash">The hash.</param>
/// <param name="HashOid">Of the hash alone.</param>
/// <param name="IsRsa">RSA, else an elliptic curve.</param>
internal sealed record SignatureAlgorithm(string Oid, HashAlgorithmName Hash, string HashOid, bool IsRsa)
{
    private const string Sha256Oid = "2.16.840.1.101.3.4.2.1";
    private const string Sha384Oid = "2.16.840.1.101.3.4.2.2";
    private const string Sha512Oid = "2.16.840.1.101.3.4.2.3";

    public static readonly SignatureAlgorithm EcdsaSha256 = new("1.2.840.10045.4.3.2", HashAlgorithmName.SHA256, Sha256Oid, false);
    public static readonly SignatureAlgorithm EcdsaSha384 = new("1.2.840.10045.4.3.3", HashAlgorithmName.SHA384, Sha384Oid, false);
    public static readonly SignatureAlgorithm EcdsaSha512 = new("1.2.840.10045.4.3.4", HashAlgorithmName.SHA512, Sha512Oid, false);
    public static readonly SignatureAlgorithm RsaSha256 = new("1.2.840.113549.1.1.11", HashAlgorithmName.SHA256, Sha256Oid, true);
    public static readonly SignatureAlgorithm RsaSha384 = new("1.2.840.113549.1.1.12", HashAlgorithmName.SHA384, Sha384Oid, true);
    public static readonly SignatureAlgorithm RsaSha512 = new("1.2.840.113549.1.1.13", HashAlgorithmName.SHA512, Sha512Oid, true);

    /// <summary>All that this service signs with.</summary>
    public static readonly IReadOnlyList<SignatureAlgorithm> All = [EcdsaSha256, EcdsaSha384, EcdsaSha512, RsaSha256, RsaSha384, RsaSha512];

    /// <summary>By the OID of key and hash together; null when it is none that this service signs with.</summary>
    public static SignatureAlgorithm? ByOid(string oid) => All.FirstOrDefault(a => a.Oid == oid);

    /// <summary>The one for a kind of key and a hash (OID).</summary>
    public static SignatureAlgorithm? ByHash(bool isRsa, string hashOid) => All.FirstOrDefault(a => a.IsRsa == isRsa && a.HashOid == hashOid);

    /// <summary>The usual one for the key of a certificate: a hash as strong as the key.</summary>
    /// <exception cref="ArgumentException">Neither RSA nor an elliptic curve.</exception>
    public static SignatureAlgorithm Of(X509Certificate2 certificate)
    {
        using var elliptic = certificate.GetECDsaPublicKey();
        if (elliptic is not null)
            return OfCurve(elliptic.KeySize);
        using var rsa = certificate.GetRSAPublicKey();
        return rsa is not null ? RsaSha256 : throw new ArgumentException("Neither RSA nor an elliptic curve.", nameof(certificate));
    }

    /// <param name="bits">Size of the curve.</param>
    public static SignatureAlgorithm OfCurve(int bits) => bits switch { <= 256 => EcdsaSha256, <= 384 => EcdsaSha384, _ => EcdsaSha512 };
}
