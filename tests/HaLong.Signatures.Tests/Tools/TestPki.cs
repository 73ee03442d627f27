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
        Seal = CertificateProfiles.Seal(CertificateProfiles.Name("Con dấu điện tử", "06658", "UBND phường Hạ Long"), SealKey, Issuing, IssuingKey, at);
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
}
