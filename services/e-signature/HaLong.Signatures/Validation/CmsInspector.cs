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
    string Digest = "", byte[]? Value = null, IReadOnlyList<byte[]>? TimeStamps = null)
{
    /// <summary>How it was made; null when that cannot be read.</summary>
    public AlgorithmsSeen? Algorithms { get; init; }

    /// <summary>When the signer says that it was; null when he does not.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>Whether the signing certificate is named among what is signed, as CAdES wants it.</summary>
    public bool IsCades { get; init; }
}

/// <summary>Checks the signature of a detached CMS; the trust in its certificate is checked elsewhere.</summary>
internal static class CmsInspector
{
    private const int MaxCertificates = 32;
    private const int MaxSigners = 20;

    // Whether they are secure enough is another question, which depends on the day.
    private static readonly Dictionary<string, HashAlgorithmName> Digests = new(StringComparer.Ordinal)
    {
        ["2.16.840.1.101.3.4.2.1"] = HashAlgorithmName.SHA256,
        ["2.16.840.1.101.3.4.2.2"] = HashAlgorithmName.SHA384,
        ["2.16.840.1.101.3.4.2.3"] = HashAlgorithmName.SHA512,
        ["1.3.14.3.2.26"] = HashAlgorithmName.SHA1,
        ["1.2.840.113549.2.5"] = HashAlgorithmName.MD5,
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
        var hash = Digests.TryGetValue(signers[0].DigestAlgorithmID.Algorithm.Id, out var name) ? Hash(name, before.Span, after.Span) : null;
        return Judge(contents[..length], cms, 0, hash, cades);
    }

    /// <summary>Each signature of a CMS that lies beside a file.</summary>
    /// <param name="der">The CMS.</param>
    /// <param name="digest">Hash of the file by a function; null for one that was not computed.</param>
    public static IReadOnlyList<CmsFinding> InspectDetached(byte[] der, Func<HashAlgorithmName, byte[]?> digest)
    {
        try
        {
            var cms = new CmsSignedData(der);
            var signers = cms.GetSignerInfos().GetSigners();
            // One that encloses what it signs is none that lies beside it.
            if (cms.SignedContent is not null || signers.Count is 0 or > MaxSigners)
                return [new CmsFinding([cms.SignedContent is not null ? Reasons.UnsupportedFormat : Reasons.MalformedSignature])];
            return [.. signers.Select((s, i) => Judge(der, cms, i,
                Digests.TryGetValue(s.DigestAlgorithmID.Algorithm.Id, out var name) ? digest(name) : null, cades: false))];
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return [new CmsFinding([Reasons.MalformedSignature])];
        }
    }

    private static CmsFinding Judge(byte[] der, CmsSignedData cms, int index, byte[]? hash, bool cades)
    {
        var oid = cms.GetSignerInfos().GetSigners()[index].DigestAlgorithmID.Algorithm.Id;
        if (hash is null)
            return new CmsFinding([Digests.ContainsKey(oid) ? Reasons.WeakAlgorithm : Reasons.UnsupportedFormat]);
        // Given the hash, the content itself need not be copied together. Another signer's hash is not asked for.
        var hashes = cms.GetSignerInfos().GetSigners().Select(s => s.DigestAlgorithmID.Algorithm.Id).Distinct().ToDictionary(o => o, _ => hash);
        var signer = new CmsSignedData(hashes, der).GetSignerInfos().GetSigners()[index];
        var certificates = cms.GetCertificates().EnumerateMatches(null).Take(MaxCertificates).ToList();
        var certificate = SignerCertificate(signer, certificates);
        var digest = Digests[oid].Name ?? "";
        if (certificate is null)
            return new CmsFinding([Reasons.CertificateMissing], Digest: digest);

        var reasons = new List<string>();
        var claimed = DigestAttribute(signer);
        if (claimed is null && (cades || signer.SignedAttributes is not null))
            reasons.Add(Reasons.MalformedSignature);
        else if (claimed is not null && !CryptographicOperations.FixedTimeEquals(claimed, hash))
            reasons.Add(Reasons.DigestMismatch);
        else if (!Verifies(signer, certificate))
            reasons.Add(Reasons.SignatureMismatch);
        if (!FitsSigningCertificate(signer, certificate, required: cades))
            reasons.Add(Reasons.SigningCertificateMismatch);
        return new CmsFinding(reasons, certificate.GetEncoded(), [.. certificates.Select(c => c.GetEncoded())], digest, signer.GetSignature(),
            SignatureTimeStamp.Of(signer))
        {
            Algorithms = SeenOf(digest, certificate, signer),
            ClaimedAt = SigningTime(signer),
            IsCades = signer.SignedAttributes?[PkcsObjectIdentifiers.IdAASigningCertificateV2] is not null,
        };
    }

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
            && CryptographicOperations.FixedTimeEquals(CryptographicOperations.HashData(digest, certificate.GetEncoded()),
                identifier.GetCertHash());
    }

    private static DateTimeOffset? SigningTime(SignerInformation signer) =>
        signer.SignedAttributes?[CmsAttributes.SigningTime] is { AttrValues.Count: 1 } attribute
            ? new DateTimeOffset(DateTime.SpecifyKind(Time.GetInstance(attribute.AttrValues[0]).ToDateTime(), DateTimeKind.Utc)) : null;

    private static AlgorithmsSeen SeenOf(string digest, BouncyCertificate certificate, SignerInformation signer)
    {
        var (key, bits) = certificate.GetPublicKey() switch
        {
            RsaKeyParameters rsa => ("RSA", rsa.Modulus.BitLength),
            ECPublicKeyParameters elliptic => ("EC", elliptic.Parameters.N.BitLength),
            DsaPublicKeyParameters dsa => ("DSA", dsa.Parameters.P.BitLength),
            var other => (other.GetType().Name, 0),
        };
        var scheme = key == "EC" ? "ECDSA" : key != "RSA" ? key
            : signer.SignatureAlgorithm.Algorithm.Id == PkcsObjectIdentifiers.IdRsassaPss.Id ? "PSS" : "PKCS1";
        return new AlgorithmsSeen(digest, key, bits, scheme);
    }
}
