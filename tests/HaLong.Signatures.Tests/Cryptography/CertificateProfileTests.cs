using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Tests.Tools;

namespace HaLong.Signatures.Tests.Cryptography;

/// <summary>The profiles of authorities, seals, time-stamps and status answers, as openssl reads them.</summary>
public sealed class CertificateProfileTests : IDisposable
{
    private const string Places = "http://halong.test/pki";
    private static readonly TestPki Pki = new("Hồ sơ chứng thư", places: Places);
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly Judge judge = new();

    public void Dispose() => judge.Dispose();

    private static X509Certificate2 Make(string profile, string? places = Places)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = CertificateProfiles.Name("Thử " + profile, null, "Test");
        return profile switch
        {
            "root" => X509CertificateLoader.LoadCertificate(Pki.Root.RawData),
            "issuing" => CertificateProfiles.Issuing(name, Pki.IssuingKey, Pki.Root, Pki.RootKey, Now, places),
            "seal" => CertificateProfiles.Seal(name, key, Pki.Issuing, Pki.IssuingKey, Now, places),
            "time-stamp" => CertificateProfiles.TimeStamp(name, key, Pki.Issuing, Pki.IssuingKey, Now, places),
            _ => CertificateProfiles.StatusResponder(name, key, Pki.Issuing, Pki.IssuingKey, Now),
        };
    }

    private string Save(string name, X509Certificate2 certificate) => judge.Save(name, Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()));

    private string Text(X509Certificate2 certificate) =>
        judge.Run("openssl", "x509", "-in", Save("read.pem", certificate), "-noout", "-text", "-nameopt", "utf8").Succeeded().Output;

    public static TheoryData<string, string[], string[]> Profiles => new()
    {
        { "root", ["Key Usage: critical", "Certificate Sign, CRL Sign", "CA:TRUE, pathlen:1", "ecdsa-with-SHA384"],
            ["Authority Information Access", "Digital Signature"] },
        { "issuing", ["Key Usage: critical", "Certificate Sign, CRL Sign", "CA:TRUE, pathlen:0", "URI:http://halong.test/pki/root.crl",
            "CA Issuers - URI:http://halong.test/pki/root.der"],
            ["OCSP - URI", "Digital Signature"] },
        { "seal", ["Digital Signature, Non Repudiation", "CA:FALSE", "OCSP - URI:http://halong.test/pki/ocsp",
            "URI:http://halong.test/pki/issuing.crl"], ["Certificate Sign", "Extended Key Usage", "pathlen"] },
        { "time-stamp", ["Extended Key Usage: critical", "Time Stamping", "CA:FALSE", "OCSP - URI:http://halong.test/pki/ocsp"],
            ["Non Repudiation", "OCSP Signing", "Certificate Sign"] },
        { "status", ["OCSP Signing", "OCSP No Check", "CA:FALSE"],
            ["Authority Information Access", "CRL Distribution", "Time Stamping", "Extended Key Usage: critical"] },
    };

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Openssl_finds_what_a_profile_needs_and_nothing_that_it_must_not_have(string profile, string[] has, string[] hasNot)
    {
        using var certificate = Make(profile);
        var text = Text(certificate);
        Assert.All(has, part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.All(hasNot, part => Assert.DoesNotContain(part, text, StringComparison.Ordinal));
        Assert.Contains("X509v3 Subject Key Identifier", text, StringComparison.Ordinal);
        Assert.Contains("X509v3 Basic Constraints: critical", text, StringComparison.Ordinal);
        Assert.Equal(profile != "root", text.Contains("X509v3 Authority Key Identifier", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("seal", "smimesign", true)]
    [InlineData("seal", "timestampsign", false)]
    [InlineData("seal", "crlsign", false)]
    [InlineData("time-stamp", "timestampsign", true)]
    [InlineData("time-stamp", "smimesign", false)]
    [InlineData("status", "timestampsign", false)]
    [InlineData("status", "any", true)]
    public void Openssl_takes_each_for_its_purpose_alone(string profile, string purpose, bool good)
    {
        using var certificate = Make(profile);
        var verdict = judge.Run("openssl", "verify", "-x509_strict", "-purpose", purpose, "-CAfile", Save("root.pem", Pki.Root), "-untrusted",
            Save("issuing.pem", Pki.Issuing),
            Save("leaf.pem", certificate));
        Assert.Equal(good, verdict.ExitCode == 0);
    }

    [Fact]
    public void Nobody_issues_under_an_issuing_authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var below = CertificateProfiles.Issuing(CertificateProfiles.Name("Bên dưới", null, "Test"), key, Pki.Issuing, Pki.IssuingKey, Now);
        using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var leaf = CertificateProfiles.Seal(CertificateProfiles.Name("Dưới nữa", null, "Test"), leafKey, below, key, Now);
        var chain = judge.Save("chain.pem", Encoding.ASCII.GetBytes(Pki.Issuing.ExportCertificatePem() + "\n" + below.ExportCertificatePem()));
        var verdict = judge.Run("openssl", "verify", "-CAfile", Save("root.pem", Pki.Root), "-untrusted", chain, Save("leaf.pem", leaf));
        Assert.NotEqual(0, verdict.ExitCode);
    }

    [Theory]
    [InlineData("issuing", 3652)]
    [InlineData("seal", 1095)]
    [InlineData("time-stamp", 1825)]
    [InlineData("status", 90)]
    public void Each_has_its_life_and_begins_a_little_earlier(string profile, int days)
    {
        using var certificate = Make(profile);
        var until = new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
        Assert.InRange((until - Now).TotalDays, days - 1, days + 2);
        Assert.True(certificate.NotBefore.ToUniversalTime() < Now.UtcDateTime);
        Assert.True(certificate.NotBefore.ToUniversalTime() >= Now.UtcDateTime.AddMinutes(-6));
        Assert.True(certificate.NotAfter <= Pki.Root.NotAfter);
    }

    [Fact]
    public void Who_is_certified_near_the_end_of_an_authority_ends_with_it()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var seal = CertificateProfiles.Seal(CertificateProfiles.Name("Cuối", null, "Test"), key, Pki.Issuing, Pki.IssuingKey,
            new DateTimeOffset(Pki.Issuing.NotAfter).AddDays(-10));
        Assert.Equal(Pki.Issuing.NotAfter, seal.NotAfter);
        // And none begins before its authority.
        using var early = CertificateProfiles.Seal(CertificateProfiles.Name("Đầu", null, "Test"), key, Pki.Issuing, Pki.IssuingKey,
            new DateTimeOffset(Pki.Issuing.NotBefore));
        Assert.Equal(Pki.Issuing.NotBefore, early.NotBefore);
    }

    [Fact]
    public void Serial_numbers_are_sixteen_octets_positive_and_different()
    {
        var serials = Enumerable.Range(0, 20).Select(_ =>
        {
            using var certificate = Make("status");
            var serial = certificate.SerialNumberBytes.ToArray();
            Assert.Equal(16, serial.Length);
            Assert.InRange(serial[0], (byte)0x40, (byte)0x7F);
            return Convert.ToHexString(serial);
        }).ToList();
        Assert.Equal(20, serials.Distinct().Count());
    }

    [Fact]
    public void Without_a_public_address_no_place_is_named()
    {
        foreach (var profile in new[] { "issuing", "seal", "time-stamp" })
        {
            using var certificate = Make(profile, places: null);
            Assert.DoesNotContain(certificate.Extensions, e => e.Oid?.Value is "2.5.29.31" or "1.3.6.1.5.5.7.1.1");
        }
    }

    [Fact]
    public void Names_are_written_most_specific_first_with_their_special_characters_escaped()
    {
        Assert.Equal("CN=Con dấu,OU=06658,O=UBND phường Hạ Long,C=VN",
            DistinguishedName.Write(CertificateProfiles.Name("Con dấu", "06658", "UBND phường Hạ Long")));
        Assert.Equal("CN=x\\+y,O=A\\, B,C=VN", DistinguishedName.Write(CertificateProfiles.Name("x+y", null, "A, B")));
    }
}
