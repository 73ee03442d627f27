using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HaLong.Signatures.Cades;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.TimeStamping;
using HaLong.Signatures.Validation;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tsp;
using Org.BouncyCastle.Utilities.Collections;

namespace HaLong.Signatures.Tests.Validation;

public sealed class FileValidatorTests
{
    private static readonly TestPki Pki = TestPki.Default;
    private static readonly byte[] Content = "hợp đồng thuê đất"u8.ToArray();

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static SignatureFinding Find(byte[] signature, byte[]? content = null, Trust? trust = null, DateTimeOffset? now = null) =>
        Report(signature, content, trust, now).Signatures.Single();

    private static ValidationReport Report(byte[] signature, byte[]? content = null, Trust? trust = null, DateTimeOffset? now = null)
    {
        using var digests = new ContentDigests();
        digests.Append(content ?? Content);
        return FileValidator.Validate(signature, digests.Of, trust ?? Pki.Trust, now ?? Now);
    }

    internal static async Task<byte[]> SignAsync(SigningKey? signer = null, SigningKey? stamper = null, ValidationData? data = null, byte[]? content = null)
    {
        var key = signer ?? Pki.Signer;
        var draft = CadesSigner.Prepare(CryptographicOperations.HashData(key.Algorithm.Hash, content ?? Content), key.Chain, key.Algorithm, Now);
        return (await draft.CompleteAsync(key.SignHash(draft.HashToSign),
            value => Task.FromResult(stamper is null ? null : new ObtainedTimeStamp(TestPki.Stamp(stamper, value, Now), Now, IsOwn: true)),
            data ?? ValidationData.None)).Der;
    }

    private static byte[] BySignedCms(Action<CmsSigner>? change = null, bool detached = true, RSASignaturePadding? padding = null)
    {
        var certificate = KeyMatrix.Certificate("RSA-2048").CopyWithPrivateKey((RSA)KeyMatrix.Key("RSA-2048"));
        var cms = new SignedCms(new ContentInfo(Content), detached);
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate, null, padding ?? RSASignaturePadding.Pkcs1)
        { IncludeOption = X509IncludeOption.EndCertOnly, DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1") };
        signer.Certificates.Add(Pki.Issuing);
        change?.Invoke(signer);
        cms.ComputeSignature(signer);
        return cms.Encode();
    }

    [Fact]
    public async Task A_file_and_its_signature_are_valid_together_in_DER_and_in_PEM()
    {
        var der = await SignAsync();
        foreach (var label in new[] { "", "CMS", "PKCS7", "PKCS #7 SIGNED DATA" })
        {
            var found = Find(label.Length == 0 ? der : Encoding.ASCII.GetBytes("\n" + PemEncoding.WriteString(label, der) + "\n"));
            Assert.Equal((Indication.Valid, "CAdES.detached", "B-B", true), (found.Indication, found.Format, found.Level, found.CoversWholeFile));
            Assert.Equal("CN=Con dấu điện tử,OU=06658,O=UBND phường Hạ Long,C=VN", found.SignerSubject);
            Assert.Equal(Now, found.ClaimedAt!.Value, TimeSpan.FromMinutes(5));
            Assert.Equal([Reasons.NoTimeStamp], found.Notes);
        }
    }

    [Fact]
    public async Task Another_file_is_a_digest_mismatch()
    {
        var found = Find(await SignAsync(), "another"u8.ToArray());
        Assert.Equal([Reasons.DigestMismatch], found.Reasons);
        Assert.Equal((Indication.Invalid, false), (found.Indication, found.CoversWholeFile));
    }

    [Fact]
    public async Task One_byte_changed_in_the_signature_is_never_valid_as_signed_and_never_a_crash()
    {
        var der = await SignAsync();
        for (var i = 0; i < der.Length; i += 19)
        {
            var tampered = (byte[])der.Clone();
            tampered[i] ^= 1;
            var report = Report(tampered);
            // Certificates that are enclosed beyond the chain, and time-stamps, are not signed: what they say is checked for itself.
            Assert.True(report.Indication != Indication.Valid
                || report.Signatures[0].SignerSubject == "CN=Con dấu điện tử,OU=06658,O=UBND phường Hạ Long,C=VN");
        }

        der[^1] ^= 1;
        Assert.Equal(Indication.Invalid, Report(der).Indication);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("-----BEGIN CMS-----\nnot base64!\n-----END CMS-----")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----")]
    [InlineData("-----BEGIN CMS-----\nMAA=\n-----END CMS-----")]
    public void What_is_no_signature_is_malformed(string text)
    {
        Assert.Null(CmsFile.Read(Encoding.ASCII.GetBytes(text)));
        Assert.Equal([Reasons.MalformedSignature], Find(Encoding.ASCII.GetBytes(text)).Reasons);
    }

    [Fact]
    public async Task Bytes_behind_a_signature_make_it_none()
    {
        Assert.Equal([Reasons.MalformedSignature], Find([.. await SignAsync(), 0]).Reasons);
        Assert.Null(CmsFile.Read(new byte[CmsFile.MaxBytes + 1]));
    }

    [Fact]
    public async Task A_signature_by_openssl_is_checked_with_and_without_the_attributes_of_CAdES()
    {
        using var judge = new Judge();
        var (key, certificate, issuing) = (judge.Save("key.pem", Encoding.ASCII.GetBytes(KeyMatrix.Pem("RSA-2048"))),
            judge.Save("signer.pem", Encoding.ASCII.GetBytes(KeyMatrix.Certificate("RSA-2048").ExportCertificatePem())),
            judge.Save("issuing.pem", Encoding.ASCII.GetBytes(Pki.Issuing.ExportCertificatePem())));
        SignatureFinding Sign(params string[] more)
        {
            judge.Run("openssl", ["cms", "-sign", "-binary", "-in", judge.Save("content", Content), "-signer", certificate, "-inkey", key, "-certfile",
                issuing,
                "-outform", "PEM", "-out", Path.Combine(judge.Folder, "x.p7s"), .. more]).Succeeded();
            return Find(File.ReadAllBytes(Path.Combine(judge.Folder, "x.p7s")));
        }

        Assert.Equal((Indication.Valid, "CMS.detached", ""), (Sign().Indication, Sign().Format, Sign().Level));
        Assert.Equal((Indication.Valid, "CAdES.detached", "B-B"), (Sign("-cades").Indication, Sign("-cades").Format, Sign("-cades").Level));
        Assert.Equal(Indication.Valid, Sign("-noattr").Indication);
        var pss = Sign("-keyopt", "rsa_padding_mode:pss", "-md", "sha384");
        Assert.Equal((Indication.Valid, "PSS", "SHA384"), (pss.Indication, pss.Detail.Algorithms!.Scheme, pss.DigestAlgorithm));
        Assert.Equal([Reasons.WeakAlgorithm], Sign("-md", "sha1").Reasons);
        Assert.Equal([Reasons.CertificateMissing], Sign("-nocerts").Reasons);
        await Task.CompletedTask;
    }

    [Fact]
    public void PSS_by_the_platform_is_accepted_and_a_signature_that_encloses_its_content_is_another_format()
    {
        var pss = Find(BySignedCms(padding: RSASignaturePadding.Pss));
        Assert.Equal((Indication.Valid, "PSS"), (pss.Indication, pss.Detail.Algorithms!.Scheme));
        Assert.Equal([Reasons.UnsupportedFormat], Find(BySignedCms(detached: false)).Reasons);
    }

    [Fact]
    public void MD5_is_weak_even_before_anything_is_hashed_by_it()
    {
        Assert.Equal([Reasons.WeakAlgorithm], Find(BySignedCms(s => s.DigestAlgorithm = new Oid("1.2.840.113549.2.5"))).Reasons);
    }

    [Fact]
    public void Two_signatures_over_one_file_are_both_told()
    {
        var cms = new SignedCms(new ContentInfo(Content), detached: true);
        foreach (var name in new[] { "RSA-2048", "RSA-3072" })
        {
            using var certificate = KeyMatrix.Certificate(name).CopyWithPrivateKey((RSA)KeyMatrix.Key(name));
            var signer = new CmsSigner(certificate)
            {
                IncludeOption = X509IncludeOption.EndCertOnly,
                DigestAlgorithm = new Oid(name == "RSA-2048"
                ? "2.16.840.1.101.3.4.2.1" : "2.16.840.1.101.3.4.2.3")
            };
            signer.Certificates.Add(Pki.Issuing);
            cms.ComputeSignature(signer);
        }

        var report = Report(cms.Encode());
        Assert.Equal(Indication.Valid, report.Indication);
        Assert.Equal(["SHA256", "SHA512"], report.Signatures.Select(s => s.DigestAlgorithm).Order(StringComparer.Ordinal));
        Assert.Equal(Indication.Invalid, Report(cms.Encode(), "another"u8.ToArray()).Indication);
    }

    [Fact]
    public async Task Revoked_expired_and_unknown_say_so_and_a_time_stamp_from_before_saves_it()
    {
        var (stamper, revoked) = (Pki.NewStamper(), Now.AddDays(10));
        var trust = new Trust(Pki.Roots)
        {
            Status = c => c.SerialNumber == Pki.Seal.SerialNumber ? new HaLong.Signatures.Pki.CertificateStatus(true, revoked, RevocationReason.KeyCompromise)
                : HaLong.Signatures.Pki.CertificateStatus.Good,
        };
        Assert.Equal([Reasons.CertificateRevoked], Find(await SignAsync(), trust: trust, now: Now.AddDays(20)).Reasons);
        var proven = Find(await SignAsync(stamper: stamper), trust: trust, now: Now.AddDays(20));
        Assert.Equal((Indication.Valid, "B-T"), (proven.Indication, proven.Level));
        Assert.Equal(Indication.Expired, Find(await SignAsync(), now: Now.AddYears(4)).Indication);
        Assert.Equal([Reasons.UntrustedChain], Find(await SignAsync(new ForeignPki("stranger").Signer)).Reasons);
    }

    [Fact]
    public async Task A_time_stamp_that_is_itself_signed_by_a_weak_digest_counts_as_none()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = CertificateProfiles.TimeStamp(CertificateProfiles.Name("Dấu thời gian cũ", null, "Test"), key, Pki.Issuing,
            Pki.IssuingKey, Now);
        byte[] Stamp(byte[] value, string digest)
        {
            var generator = new TimeStampTokenGenerator(PrivateKeyFactory.CreateKey(key.ExportPkcs8PrivateKey()),
                new Org.BouncyCastle.X509.X509Certificate(certificate.RawData), digest, "1.2.3");
            generator.SetCertificates(CollectionUtilities.CreateStore([new Org.BouncyCastle.X509.X509Certificate(certificate.RawData),
                new Org.BouncyCastle.X509.X509Certificate(Pki.Issuing.RawData)]));
            var asking = new TimeStampRequestGenerator();
            asking.SetCertReq(true);
            return generator.Generate(asking.Generate(TspAlgorithms.Sha256, SHA256.HashData(value)), Org.BouncyCastle.Math.BigInteger.One,
                Now.UtcDateTime).GetEncoded();
        }

        foreach (var (digest, counts) in new[] { (TspAlgorithms.Sha256, true), (TspAlgorithms.Sha1, false) })
        {
            var draft = CadesSigner.Prepare(SHA256.HashData(Content), Pki.Signer.Chain, Pki.Signer.Algorithm, Now);
            var signed = await draft.CompleteAsync(Pki.Signer.SignHash(draft.HashToSign), value => Task.FromResult<ObtainedTimeStamp?>(new(Stamp(value,
                digest), Now, false)), ValidationData.None);
            Assert.Equal(counts, Find(signed.Der).TimeStampedAt is not null);
            Assert.NotEqual("", Find(signed.Der).Detail.TimeStamps.Single().Authority);
        }
    }

    [Fact]
    public async Task Bytes_changed_at_random_never_crash_the_validator()
    {
        var random = new Random(20261130);
        var der = await SignAsync(stamper: Pki.NewStamper(), data: new([], [Pki.Answer(Pki.Seal, Now, Now.AddHours(1))], [Pki.List(true, Now,
            Now.AddDays(1))]));
        for (var i = 0; i < 400; i++)
        {
            var mutant = (byte[])der.Clone();
            for (var n = random.Next(1, 5); n > 0; n--)
                mutant[random.Next(mutant.Length)] ^= (byte)random.Next(1, 256);
            Report(mutant, trust: new Trust(Pki.Roots));
            FileValidator.DataOf(mutant);
        }
    }
}
