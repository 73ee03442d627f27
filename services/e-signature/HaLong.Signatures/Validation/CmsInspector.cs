using System.Formats.Asn1;
using System.Security.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.TimeStamping;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Cms;
using Org.BouncyCastle.Asn1.Ess;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Cms;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;
using BouncyCertificate = Org.BouncyCastle.X509.X509Certificate;

namespace HaLong.Signatures.Validation;

/// <summary>What a CMS says and whether it fits the content.</summary>
/// <param name="Reasons">What speaks against it.</param>
/// <param name="Signer">The signer's certificate, DER.</param>
/// <param name="Others">All certificates enclosed, DER.</param>
/// <param name="Digest">Name of the digest algorithm.</param>
/// <param name="Value">The signature value: what a time-stamp vouches for.</param>
/// <param name="TimeStamps">Tokens that the signature carries.</param>
internal sealed record CmsFinding(IReadOnlyList<string> Reasons, byte[]? Signer = null, IReadOnlyList<byte[]>? Others = null,
    string Digest = "", byte[]? Value = null, IReadOnlyList<byte[]>? TimeStamps = null);

/// <summary>Checks the signature of a detached CMS; the trust in its certificate is checked elsewhere.</summary>
internal static class CmsInspector
{
    private const int MaxCertificates = 32;

    private static readonly Dictionary<string, (HashAlgorithmName Name, bool Weak)> Digests = new(StringComparer.Ordinal)
    {
        ["2.16.840.1.101.3.4.2.1"] = (HashAlgorithmName.SHA256, false),
        ["2.16.840.1.101.3.4.2.2"] = (HashAlgorithmName.SHA384, false),
        ["2.16.840.1.101.3.4.2.3"] = (HashAlgorithmName.SHA512, false),
        ["1.3.14.3.2.26"] = (HashAlgorithmName.SHA1, true),
        ["1.2.840.113549.2.5"] = (HashAlgorithmName.MD5, true),
    };

    /// <param name="contents">The bytes of /Contents: a CMS and, behind it, zeros.</param>
    /// <param name="before">What is signed, up to the gap.</param>
    /// <param name="after">What is signed, behind the gap.</param>
    /// <param name="cades">Whether the attributes of CAdES are required.</param>
    public static CmsFinding Inspect(byte[] contents, ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after, bool cades)
    {
        try
        {
            return Read(contents, before, after, cades);
        }
        // Hostile input makes the parser fail in many ways; whichever it is, this is not a signature.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new CmsFinding([Reasons.MalformedSignature]);
        }
    }

    private static CmsFinding Read(byte[] contents, ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after, bool cades)
    {
        AsnDecoder.ReadEncodedValue(contents, AsnEncodingRules.BER, out _, out _, out var length);
        // Room behind the CMS is no part of what is signed: anything but zeros there was put in later.
        if (contents.AsSpan(length).ContainsAnyExcept((byte)0))
            return new CmsFinding([Reasons.MalformedSignature]);

        var cms = new CmsSignedData(contents[..length]);
        if (cms.SignedContent is not null || cms.GetSignerInfos().GetSigners() is not { Count: 1 } signers)
            return new CmsFinding([Reasons.MalformedSignature]);
        var digestOid = signers[0].DigestAlgorithmID.Algorithm.Id;
        if (!Digests.TryGetValue(digestOid, out var digest))
            return new CmsFinding([Reasons.UnsupportedFormat]);

        var hash = Hash(digest.Name, before.Span, after.Span);
        // Given the hash, the content itself need not be copied together.
        var signer = Single(new CmsSignedData(new Dictionary<string, byte[]> { [digestOid] = hash }, contents[..length]));
        var certificates = cms.GetCertificates().EnumerateMatches(null).Take(MaxCertificates).ToList();
        var certificate = SignerCertificate(signer, certificates);
        if (certificate is null)
            return new CmsFinding([Reasons.CertificateMissing], Digest: digest.Name.Name ?? "");

        var reasons = new List<string>();
        if (digest.Weak || IsWeak(certificate))
            reasons.Add(Reasons.WeakAlgorithm);
        var claimed = DigestAttribute(signer);
        if (claimed is null && (cades || signer.SignedAttributes is not null))
            reasons.Add(Reasons.MalformedSignature);
        else if (claimed is not null && !CryptographicOperations.FixedTimeEquals(claimed, hash))
            reasons.Add(Reasons.DigestMismatch);
        else if (!Verifies(signer, certificate))
            reasons.Add(Reasons.SignatureMismatch);
        if (!FitsSigningCertificate(signer, certificate, required: cades))
            reasons.Add(Reasons.SigningCertificateMismatch);
        return new CmsFinding(reasons, certificate.GetEncoded(), [.. certificates.Select(c => c.GetEncoded())], digest.Name.Name ?? "",
            signer.GetSignature(), SignatureTimeStamp.Of(signer));
    }

    private static SignerInformation Single(CmsSignedData cms) => cms.GetSignerInfos().GetSigners().Single();

    private static byte[] Hash(HashAlgorithmName name, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        using var hash = IncrementalHash.CreateHash(name);
        hash.AppendData(before);
        hash.AppendData(after);
        return hash.GetHashAndReset();
    }

    // Several enclosed certificates can carry the signer's issuer and number; only one carries the signed hash.
    private static BouncyCertificate? SignerCertificate(SignerInformation signer, List<BouncyCertificate> certificates)
    {
        var matching = certificates.FindAll(signer.SignerID.Match);
        return matching.Find(c => FitsSigningCertificate(signer, c, required: true)) ?? matching.FirstOrDefault();
    }

    private static byte[]? DigestAttribute(SignerInformation signer) =>
        signer.SignedAttributes?[CmsAttributes.MessageDigest] is { } attribute && attribute.AttrValues.Count == 1
            ? Asn1OctetString.GetInstance(attribute.AttrValues[0]).GetOctets()
            : null;

    private static bool Verifies(SignerInformation signer, BouncyCertificate certificate)
    {
        try
        {
            return signer.Verify(certificate.GetPublicKey());
        }
        catch (Exception e) when (e is CmsException or GeneralSecurityException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool FitsSigningCertificate(SignerInformation signer, BouncyCertificate certificate, bool required)
    {
        if (signer.SignedAttributes?[PkcsObjectIdentifiers.IdAASigningCertificateV2] is not { } attribute)
            return !required;
        var identifier = SigningCertificateV2.GetInstance(attribute.AttrValues[0]).GetCerts()[0];
        return Digests.TryGetValue(identifier.HashAlgorithm.Algorithm.Id, out var digest)
            && CryptographicOperations.FixedTimeEquals(CryptographicOperations.HashData(digest.Name, certificate.GetEncoded()),
                identifier.GetCertHash());
    }

    private static bool IsWeak(BouncyCertificate certificate) => certificate.GetPublicKey() switch
    {
        RsaKeyParameters rsa => rsa.Modulus.BitLength < 2048,
        ECPublicKeyParameters elliptic => elliptic.Parameters.N.BitLength < 224,
        DsaPublicKeyParameters => true,
        _ => false,
    };
}
