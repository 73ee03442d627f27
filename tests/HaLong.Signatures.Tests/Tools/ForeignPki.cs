using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Validation;
using Org.BouncyCastle.Ocsp;
using BouncyCertificate = Org.BouncyCastle.X509.X509Certificate;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>Somebody else's authority, as it stands on a list of trusted roots; its certificates name places to ask.</summary>
internal sealed class ForeignPki
{
    private readonly ECDsa rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    private readonly ECDsa issuingKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);

    /// <param name="name">Stands in its names.</param>
    /// <param name="url">Where lists and status are; null for certificates that name no place.</param>
    public ForeignPki(string name, string? url = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        Root = CertificateProfiles.Root(CertificateProfiles.Name(name, null, "Khác"), rootKey, now);
        Issuing = CertificateProfiles.Issuing(CertificateProfiles.Name(name + " issuing", null, "Khác"), issuingKey, Root, rootKey, now, url);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = CertificateProfiles.Seal(CertificateProfiles.Name("Công ty Khác", null, "Khác"), key, Issuing, issuingKey, now, url);
        Signer = SigningKey.Of(key, certificate, Issuing, Root);
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Issuing { get; }

    public SigningKey Signer { get; }

    /// <summary>A list of the root or of the issuing authority, good for a day.</summary>
    public byte[] List(bool ofRoot, X509Certificate2? revoked = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        var builder = new CertificateRevocationListBuilder();
        if (revoked is not null)
            builder.AddEntry(revoked, now.AddMinutes(-1), X509RevocationReason.KeyCompromise);
        var issuer = ofRoot ? Root : Issuing;
        return builder.Build(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(ofRoot ? rootKey : issuingKey), 1, now.AddDays(1),
            HashAlgorithmName.SHA384,
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, true, false), now.AddMinutes(-2));
    }

    /// <summary>The answer "good" about a certificate of the issuing authority, by the authority itself.</summary>
    public byte[] Answer(X509Certificate2 about)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var issuer = new BouncyCertificate(Issuing.RawData);
        var generator = new BasicOcspRespGenerator(new RespID(issuer.SubjectDN));
        generator.AddResponse(new CertificateID(CertificateID.DigestSha1, issuer, new BouncyCertificate(about.RawData).SerialNumber),
            CertificateStatus.Good, now.AddMinutes(-1), now.AddHours(1), null);
        using var signer = SigningKey.Of(ECDsa.Create(issuingKey.ExportParameters(true)), Issuing);
        return new OCSPRespGenerator().Generate(0, generator.Generate(new StatusSignature(signer), [], now)).GetEncoded();
    }

    /// <summary>An entry of the list of trusted roots.</summary>
    public TrustAnchor Anchor(X509Certificate2? certificate = null, DateOnly? from = null, DateOnly? until = null, bool byThumbprint = false,
        params TrustUse[] uses)
    {
        var of = certificate ?? Root;
        return new TrustAnchor("Khác", TrustKind.Public, Convert.ToHexStringLower(SHA256.HashData(of.RawData)), byThumbprint ? null : of.RawData,
            from ?? new DateOnly(2020, 1, 1), until, uses.Length == 0 ? [TrustUse.Signing] : uses, "Test");
    }

    /// <summary>A time-stamp authority under this root.</summary>
    public SigningKey NewStamper()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return SigningKey.Of(key, CertificateProfiles.TimeStamp(CertificateProfiles.Name("Dấu thời gian khác", null, "Khác"), key, Issuing, issuingKey,
            TimeProvider.System.GetUtcNow()), Issuing, Root);
    }
}
