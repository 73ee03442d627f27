using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Cryptography;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>A chain of three made with the service's own profiles, without a database.</summary>
internal sealed class TestPki
{
    public static readonly DateTimeOffset Now = new(2026, 7, 24, 3, 15, 0, TimeSpan.Zero);

    private static readonly Lazy<TestPki> Shared = new(() => new TestPki("HaLong test root"));

    public TestPki(string name, DateTimeOffset? now = null)
    {
        var at = now ?? TimeProvider.System.GetUtcNow();
        RootKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        IssuingKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        SealKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Root = CertificateProfiles.Root(CertificateProfiles.Name(name, null, "Test"), RootKey, at);
        Issuing = CertificateProfiles.Issuing(CertificateProfiles.Name(name + " issuing", null, "Test"), IssuingKey, Root, RootKey, at);
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
