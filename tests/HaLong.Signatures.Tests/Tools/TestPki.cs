using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Validation;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Tsp;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Ocsp;
using BouncyCertificate = Org.BouncyCastle.X509.X509Certificate;
using CertificateStatus = HaLong.Signatures.Pki.CertificateStatus;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>A chain of three made with the service's own profiles, without a database.</summary>
internal sealed class TestPki
{
    public static readonly DateTimeOffset Now = new(2026, 7, 24, 3, 15, 0, TimeSpan.Zero);

    private static readonly Lazy<TestPki> Shared = new(() => new TestPki("HaLong test root"));

    private readonly string? places;

    /// <param name="name">Of the root.</param>
    /// <param name="now">When it is made.</param>
    /// <param name="places">Where certificates say that their status is found.</param>
    public TestPki(string name, DateTimeOffset? now = null, string? places = null)
    {
        this.places = places;
        var at = now ?? TimeProvider.System.GetUtcNow();
        RootKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        IssuingKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        SealKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Root = CertificateProfiles.Root(CertificateProfiles.Name(name, null, "Test"), RootKey, at);
        Issuing = CertificateProfiles.Issuing(CertificateProfiles.Name(name + " issuing", null, "Test"), IssuingKey, Root, RootKey, at, places);
        Seal = CertificateProfiles.Seal(CertificateProfiles.Name("Con dấu điện tử", "06658", "UBND phường Hạ Long"), SealKey, Issuing,
            IssuingKey, at);
        Signer = SigningKey.Of(SealKey, Seal, Issuing, Root);
    }

    public static TestPki Default => Shared.Value;

    public ECDsa RootKey { get; }

    public ECDsa IssuingKey { get; }

    public ECDsa SealKey { get; }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Issuing { get; }

    public X509Certificate2 Seal { get; }

    public SigningKey Signer { get; }

    public X509Certificate2Collection Roots => [Root];

    /// <summary>Trusts this root and calls each of its certificates good.</summary>
    public Trust Trust => new(Roots) { Status = _ => CertificateStatus.Good };

    /// <summary>A time-stamp authority under this root, or what pretends to be one.</summary>
    public SigningKey NewStamper(bool purpose = true)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (name, now) = (CertificateProfiles.Name("Dấu thời gian", null, "Test"), TimeProvider.System.GetUtcNow());
        var certificate = purpose
            ? CertificateProfiles.TimeStamp(name, key, Issuing, IssuingKey, now, places)
            : CertificateProfiles.Seal(name, key, Issuing, IssuingKey, now);
        return SigningKey.Of(key, certificate, Issuing, Root);
    }

    /// <summary>A token over a signature value.</summary>
    public static byte[] Stamp(SigningKey stamper, byte[] value, DateTimeOffset at) => StampHash(stamper, SHA256.HashData(value), at);

    /// <summary>A token over a SHA-256.</summary>
    public static byte[] StampHash(SigningKey stamper, byte[] imprint, DateTimeOffset at) => CmsWriter.Enclose("1.2.840.113549.1.9.16.1.4",
        new TstInfo(new DerObjectIdentifier("1.2.3"), new MessageImprint(new AlgorithmIdentifier(new DerObjectIdentifier("2.16.840.1.101.3.4.2.1")),
            imprint), DerInteger.ValueOf(7), new Asn1GeneralizedTime(at.UtcDateTime), null, DerBoolean.False, null, null, null)
            .GetDerEncoded(), stamper, withCertificates: true);

    /// <summary>A status answer about a certificate of the issuing authority.</summary>
    public byte[] Answer(X509Certificate2 about, DateTimeOffset from, DateTimeOffset until, DateTimeOffset? revoked = null, ECDsa? key = null,
        bool purpose = true)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = CertificateProfiles.Name("Trạng thái", null, "Test");
        using var certificate = purpose ? CertificateProfiles.StatusResponder(name, own, Issuing, key ?? IssuingKey, from)
            : CertificateProfiles.Seal(name, own, Issuing, key ?? IssuingKey, from);
        using var signer = SigningKey.Of(own, certificate);
        var generator = new BasicOcspRespGenerator(new RespID(new BouncyCertificate(certificate.RawData).SubjectDN));
        generator.AddResponse(new CertificateID(new AlgorithmIdentifier(new DerObjectIdentifier("2.16.840.1.101.3.4.2.1")),
            new BouncyCertificate(Issuing.RawData), new BouncyCertificate(about.RawData).SerialNumber),
            revoked is { } at ? new RevokedStatus(at.UtcDateTime, 1) : Org.BouncyCastle.Ocsp.CertificateStatus.Good, from.UtcDateTime, until.UtcDateTime, null);
        return new OCSPRespGenerator().Generate(0, generator.Generate(new StatusSignature(signer),
            [new BouncyCertificate(certificate.RawData)], from.UtcDateTime)).GetEncoded();
    }

    /// <summary>A list of the root (nothing revoked) or of the issuing authority.</summary>
    public byte[] List(bool ofRoot, DateTimeOffset from, DateTimeOffset until, X509Certificate2? revoked = null, ECDsa? key = null)
    {
        var builder = new CertificateRevocationListBuilder();
        if (revoked is not null)
            builder.AddEntry(revoked, from, X509RevocationReason.KeyCompromise);
        var issuer = ofRoot ? Root : Issuing;
        return builder.Build(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(key ?? (ofRoot ? RootKey : IssuingKey)), 1, until,
            HashAlgorithmName.SHA384, X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, true, false), from);
    }

    /// <summary>Another unit's seal under the same root.</summary>
    public SigningKey NewSigner(string unit)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var seal = CertificateProfiles.Seal(CertificateProfiles.Name("Con dấu điện tử", unit, "Test"), key, Issuing, IssuingKey,
            TimeProvider.System.GetUtcNow());
        return SigningKey.Of(key, seal, Issuing, Root);
    }

    /// <summary>A person's certificate with an RSA key under the same root.</summary>
    public (RSA Key, X509Certificate2 Certificate) NewPerson(X509KeyUsageFlags usage = X509KeyUsageFlags.DigitalSignature, int bits = 3072,
        byte[]? serial = null)
    {
        var key = RSA.Create(bits);
        var request = new CertificateRequest(CertificateProfiles.Name("Người ký", null, "Test"), key, HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        return (key, request.Create(Issuing.SubjectName, X509SignatureGenerator.CreateForECDsa(IssuingKey), Seal.NotBefore, Seal.NotAfter,
            serial ?? RandomSerial()));
    }

    private static byte[] RandomSerial() => [0x51, .. RandomNumberGenerator.GetBytes(8)];
}
