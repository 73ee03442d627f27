using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Tests.Tools;

namespace HaLong.Signatures.Tests.Credentials;

/// <summary>What stands in a person's certificate, and what does not.</summary>
public sealed class PersonCertificateTests
{
    private static readonly Guid Account = Guid.Parse("01980000-0000-7000-8000-000000000007");
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private static X509Certificate2 Issue(X500DistinguishedName name, DateTimeOffset until, string policy = CertificatePolicies.Citizen, string? pki = null)
    {
        var authority = TestPki.Default;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return CertificateProfiles.Person(name, key, authority.Issuing, authority.IssuingKey, Now, until, policy, pki);
    }

    private static X500DistinguishedName Citizen(string name = "Nguyễn Thị Hạnh") => CertificateProfiles.PersonName(name, Account, null, null, "UBND");

    private static Dictionary<string, string> Attributes(X500DistinguishedName name) =>
        name.EnumerateRelativeDistinguishedNames().ToDictionary(r => r.GetSingleElementType().Value!, r => r.GetSingleElementValue()!);

    [Fact]
    public void A_citizen_is_named_by_name_and_account_alone()
    {
        using var certificate = Issue(Citizen(), Now.AddDays(365));
        Assert.Equal(new Dictionary<string, string> { ["2.5.4.3"] = "Nguyễn Thị Hạnh", ["2.5.4.5"] = Account.ToString(), ["2.5.4.6"] = "VN" },
            Attributes(certificate.SubjectName));
    }

    [Fact]
    public void An_officer_has_a_role_in_a_unit_of_the_organisation()
    {
        var attributes = Attributes(CertificateProfiles.PersonName("Trần Văn Cán", Account, "officer", "06658", "UBND phường Hạ Long"));
        Assert.Equal(("officer", "06658", "UBND phường Hạ Long"), (attributes["2.5.4.12"], attributes["2.5.4.11"], attributes["2.5.4.10"]));
    }

    [Fact]
    public void A_name_is_cut_where_the_standard_ends()
    {
        var name = string.Concat(Enumerable.Repeat("Nguyễn ", 10)).Trim();
        Assert.Equal(name[..64], Attributes(Citizen(name))["2.5.4.3"]);
        Assert.Equal(name[..64], Attributes(Citizen(name[..64]))["2.5.4.3"]);
    }

    [Fact]
    public void It_signs_and_issues_nothing()
    {
        using var certificate = Issue(Citizen(), Now.AddDays(365));
        Assert.False(certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        var usage = certificate.Extensions.OfType<X509KeyUsageExtension>().Single();
        Assert.Equal((true, X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation), (usage.Critical, usage.KeyUsages));
        Assert.Equal(16, certificate.SerialNumberBytes.Length);
    }

    [Fact]
    public void It_says_where_to_ask_for_its_status_where_there_is_a_place()
    {
        using var certificate = Issue(Citizen(), Now.AddDays(365), pki: "http://halong.test/pki");
        var places = certificate.Extensions.OfType<X509AuthorityInformationAccessExtension>().Single();
        Assert.Equal(["http://halong.test/pki/ocsp"], places.EnumerateOcspUris());
        Assert.Equal(["http://halong.test/pki/issuing.der"], places.EnumerateCAIssuersUris());
        Assert.NotNull(certificate.Extensions["2.5.29.31"]);
        using var silent = Issue(Citizen(), Now.AddDays(365));
        Assert.Empty(silent.Extensions.OfType<X509AuthorityInformationAccessExtension>());
    }

    [Fact]
    public void It_does_not_outlive_who_vouches_for_it()
    {
        using var certificate = Issue(Citizen(), Now.AddYears(50));
        Assert.Equal(TestPki.Default.Issuing.NotAfter, certificate.NotAfter);
    }

    [Theory]
    [InlineData(CertificatePolicies.Citizen)]
    [InlineData(CertificatePolicies.Officer)]
    [InlineData(CertificatePolicies.OneTime)]
    [InlineData(CertificatePolicies.OneTimeUnverified)]
    public void Openssl_reads_the_policy_and_the_chain_holds_under_it(string policy)
    {
        using var judge = new Judge();
        using var certificate = Issue(Citizen(), Now.AddDays(1), policy);
        string Save(string name, X509Certificate2 c) => judge.Save(name, System.Text.Encoding.ASCII.GetBytes(c.ExportCertificatePem()));
        judge.Run("openssl", "verify", "-x509_strict", "-CAfile", Save("root.pem", TestPki.Default.Root), "-untrusted",
            Save("issuing.pem", TestPki.Default.Issuing), Save("leaf.pem", certificate)).Succeeded();
        var text = judge.Run("openssl", "x509", "-in", Path.Combine(judge.Folder, "leaf.pem"), "-noout", "-text").Succeeded();
        Assert.Equal(1, text.Count("Policy: " + policy));
    }

    [Fact]
    public void Four_policies_are_four() => Assert.Equal(4,
        new HashSet<string> { CertificatePolicies.Citizen, CertificatePolicies.Officer, CertificatePolicies.OneTime,
            CertificatePolicies.OneTimeUnverified }.Count);

    [Fact]
    public void The_arc_is_a_UUID()
    {
        var number = System.Numerics.BigInteger.Parse(CertificatePolicies.Arc["2.25.".Length..], System.Globalization.CultureInfo.InvariantCulture);
        var uuid = new Guid(number.ToByteArray(isUnsigned: true, isBigEndian: true), bigEndian: true);
        Assert.Equal(4, uuid.Version);
    }
}
