using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Tests.Tools;

namespace HaLong.Signatures.Tests.Cryptography;

public sealed class CmsWriterTests
{
    private static readonly byte[] Content = "Quyết định"u8.ToArray();

    private static SignedCms Decode(byte[] cms)
    {
        var signed = new SignedCms(new ContentInfo(Content), detached: true);
        signed.Decode(cms);
        return signed;
    }

    [Fact]
    public void The_platforms_own_reader_verifies_it_with_the_whole_chain_inside()
    {
        var signed = Decode(CmsWriter.Sign(SHA256.HashData(Content), TestPki.Default.Signer));

        signed.CheckSignature(verifySignatureOnly: true);
        Assert.Equal(3, signed.Certificates.Count);
        Assert.Equal(TestPki.Default.Seal, signed.SignerInfos[0].Certificate);
    }

    [Fact]
    public void It_carries_the_attributes_of_pades_and_no_signing_time()
    {
        var attributes = Decode(CmsWriter.Sign(SHA256.HashData(Content),
            TestPki.Default.Signer)).SignerInfos[0].SignedAttributes.Cast<CryptographicAttributeObject>().Select(a => a.Oid.Value);

        Assert.Equal(["1.2.840.113549.1.9.16.2.47", "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"],
            attributes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Other_content_is_not_covered()
    {
        var cms = CmsWriter.Sign(SHA256.HashData("other"u8), TestPki.Default.Signer);
        Assert.Throws<CryptographicException>(() => Decode(cms).CheckSignature(verifySignatureOnly: true));
    }

    [Fact]
    public void One_key_signs_from_many_threads()
    {
        var hash = SHA256.HashData(Content);
        Parallel.For(0, 64, _ => Decode(CmsWriter.Sign(hash, TestPki.Default.Signer)).CheckSignature(verifySignatureOnly: true));
    }
}

public sealed class CertificateProfilesTests
{
    [Fact]
    public void Openssl_accepts_the_chain_in_its_strictest_mode()
    {
        using var judge = new Judge();
        var pki = TestPki.Default;
        var (root, issuing, seal) = (judge.Save("root.pem", Pem(pki.Root)), judge.Save("issuing.pem", Pem(pki.Issuing)),
            judge.Save("seal.pem", Pem(pki.Seal)));
        judge.Run("openssl", "verify", "-x509_strict", "-CAfile", root, "-untrusted", issuing, seal).Succeeded();
    }

    [Fact]
    public void Profiles_say_what_each_certificate_may_do()
    {
        var pki = TestPki.Default;
        Assert.Equal((true, true, 1), Constraints(pki.Root));
        Assert.Equal((true, true, 0), Constraints(pki.Issuing));
        Assert.Equal((false, false, 0), Constraints(pki.Seal));
        Assert.Equal(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, Usage(pki.Issuing));
        Assert.Equal(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, Usage(pki.Seal));
        Assert.Equal(
            Convert.ToHexString(pki.Issuing.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single().SubjectKeyIdentifierBytes.Span),
            Convert.ToHexString(pki.Seal.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().Single().KeyIdentifier!.Value.Span));
        Assert.DoesNotContain(pki.Seal.Extensions, e => e.Oid?.Value == "2.5.29.31");
    }

    [Fact]
    public void A_certificate_never_outlives_its_issuer()
    {
        var pki = new TestPki("old", TimeProvider.System.GetUtcNow().AddYears(-9));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var seal = CertificateProfiles.Seal(CertificateProfiles.Name("late", null, "Test"), key, pki.Issuing, pki.IssuingKey,
            TimeProvider.System.GetUtcNow());
        Assert.Equal(pki.Issuing.NotAfter, seal.NotAfter);
    }

    private static byte[] Pem(X509Certificate2 certificate) => System.Text.Encoding.ASCII.GetBytes(certificate.ExportCertificatePem());

    private static (bool, bool, int) Constraints(X509Certificate2 certificate)
    {
        var constraints = certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single();
        return (constraints.CertificateAuthority, constraints.HasPathLengthConstraint, constraints.PathLengthConstraint);
    }

    private static X509KeyUsageFlags Usage(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages;
}

public sealed class KeyVaultTests
{
    [Fact]
    public void A_key_comes_back_with_its_password_and_not_without()
    {
        using var key = KeyVault.NewKey(ECCurve.NamedCurves.nistP256);
        var closed = KeyVault.Close(key, "mật khẩu của khóa");

        using var opened = KeyVault.Open(closed, "mật khẩu của khóa");
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), opened.ExportSubjectPublicKeyInfo());
        Assert.ThrowsAny<CryptographicException>(() => KeyVault.Open(closed, "another"));
        closed[^5] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => KeyVault.Open(closed, "mật khẩu của khóa"));
    }
}
