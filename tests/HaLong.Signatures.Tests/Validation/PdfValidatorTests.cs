using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Tests.Pdf;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.Validation;

namespace HaLong.Signatures.Tests.Validation;

public sealed class PdfValidatorTests
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static TheoryData<string> Samples => [.. SamplePdfs.Names];

    private static ValidationReport Validate(byte[] pdf, TestPki? pki = null, DateTimeOffset? now = null) =>
        PdfValidator.Validate(pdf, (pki ?? TestPki.Default).Trust, now ?? Now);

    private static byte[] Sign(byte[] pdf, SigningKey? signer = null) => SignatureRevisionTests.Sign(pdf, signer);

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_signed_file_is_valid(string sample)
    {
        var report = Validate(Sign(SamplePdfs.Of(sample)));

        Assert.Equal(Indication.Valid, report.Indication);
        var signature = Assert.Single(report.Signatures);
        Assert.Empty(signature.Reasons);
        Assert.True(signature.CoversWholeFile);
        Assert.Equal("CN=Con dấu điện tử,OU=06658,O=UBND phường Hạ Long,C=VN", signature.SignerSubject);
        Assert.Equal(SignatureRevisionTests.Details.ClaimedAt, signature.ClaimedAt);
        Assert.Equal("ETSI.CAdES.detached", signature.Format);
        Assert.Equal("SHA256", signature.DigestAlgorithm);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Several_signatures_are_all_valid_and_only_the_last_covers_the_whole_file(string sample)
    {
        var report = Validate(Sign(Sign(Sign(SamplePdfs.Of(sample)))));

        Assert.Equal(Indication.Valid, report.Indication);
        Assert.Equal([false, false, true], report.Signatures.Select(s => s.CoversWholeFile));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_file_without_signature_says_so(string sample)
    {
        var report = Validate(SamplePdfs.Of(sample));

        Assert.Equal(Indication.Unknown, report.Indication);
        Assert.Equal([Reasons.NoSignature], report.Reasons);
        Assert.Contains("không có chữ ký", Reasons.Summary(report).Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void One_byte_changed_anywhere_in_what_is_signed_makes_it_invalid()
    {
        var signed = Sign(SamplePdfs.Table());
        var gap = SignatureFields.Find(PdfFile.Open(signed)).Single().Contents!;
        for (var i = 5; i < signed.Length; i++)
        {
            if (i > gap.Start && i < gap.End - 1)
                continue;
            var tampered = (byte[])signed.Clone();
            tampered[i] ^= 1;
            Assert.True(Validate(tampered).Indication == Indication.Invalid,
                $"A change at {i} went unnoticed: {Encoding.Latin1.GetString(tampered, i - 5, Math.Min(40, tampered.Length - i + 5))}");
        }
    }

    [Fact]
    public void One_byte_changed_in_the_signature_value_or_its_padding_makes_it_invalid()
    {
        var signed = Sign(SamplePdfs.Table());
        var gap = SignatureFields.Find(PdfFile.Open(signed)).Single().Contents!;
        var (cms, _) = SignedParts.Last(signed);
        // The last bytes of the CMS are the signature value; behind it stand the zeros that fill the room.
        for (var i = gap.Start + 1 + (2 * cms.Length) - 120; i < gap.Start + 1 + (2 * cms.Length) + 200; i++)
        {
            var tampered = (byte[])signed.Clone();
            tampered[i] = (byte)(tampered[i] == '7' ? '8' : '7');
            Assert.Equal(Indication.Invalid, Validate(tampered).Indication);
        }
    }

    [Fact]
    public void Bytes_changed_at_random_never_crash_the_validator()
    {
        var random = new Random(20260724);
        foreach (var signed in new[] { Sign(SamplePdfs.Table()), Sign(SamplePdfs.Of("object-streams")), Sign(Sign(SamplePdfs.Of("form"))) })
        {
            var gap = SignatureFields.Find(PdfFile.Open(signed))[^1].Contents!;
            for (var i = 0; i < 600; i++)
            {
                var mutant = (byte[])signed.Clone();
                var inside = i % 2 == 0;
                for (var n = random.Next(1, 5); n > 0; n--)
                    mutant[inside ? random.Next(gap.Start, gap.Start + 4000) : random.Next(5, mutant.Length)] ^= (byte)random.Next(1, 256);
                Validate(mutant);
            }
        }
    }

    [Fact]
    public void Text_changed_after_signing_is_a_digest_mismatch()
    {
        var report = Validate(SamplePdfs.Replace(Sign(SamplePdfs.Table()), "Approved: yes", "Approved: not"));

        Assert.Equal(Indication.Invalid, report.Indication);
        Assert.Equal([Reasons.DigestMismatch], Assert.Single(report.Signatures).Reasons);
    }

    [Fact]
    public void A_stranger_s_root_is_unknown()
    {
        var report = Validate(Sign(SamplePdfs.Table(), new TestPki("stranger").Signer));

        Assert.Equal(Indication.Unknown, report.Indication);
        Assert.Equal([Reasons.UntrustedChain], Assert.Single(report.Signatures).Reasons);
    }

    [Fact]
    public void A_root_with_the_same_name_as_ours_is_unknown_all_the_same()
    {
        var report = Validate(Sign(SamplePdfs.Table(), new TestPki("HaLong test root").Signer));

        Assert.Equal(Indication.Unknown, report.Indication);
        Assert.Contains(Reasons.UntrustedChain, Assert.Single(report.Signatures).Reasons);
    }

    [Fact]
    public void An_expired_certificate_is_expired_and_one_not_yet_valid_unknown()
    {
        var signed = Sign(SamplePdfs.Table());

        Assert.Equal([Reasons.CertificateExpired], Validate(signed, now: Now.AddYears(4)).Signatures.Single().Reasons);
        Assert.Equal([Reasons.CertificateNotYetValid], Validate(signed, now: Now.AddYears(-1)).Signatures.Single().Reasons);
        Assert.Equal(Indication.Expired, Validate(signed, now: Now.AddYears(4)).Indication);
        Assert.Equal(Indication.Unknown, Validate(signed, now: Now.AddYears(-1)).Indication);
    }

    [Theory]
    [InlineData(X509KeyUsageFlags.KeyEncipherment, 3072, Reasons.KeyUsageForbidden, Indication.Invalid)]
    [InlineData(X509KeyUsageFlags.DigitalSignature, 1024, Reasons.WeakAlgorithm, Indication.Unknown)]
    public void A_certificate_that_must_not_sign_is_not_accepted(X509KeyUsageFlags usage, int bits, string reason, object indication)
    {
        var pki = TestPki.Default;
        var (key, certificate) = pki.NewPerson(usage, bits);
        var report = Validate(Sign(SamplePdfs.Table(), SigningKey.Of(key, certificate, pki.Issuing, pki.Root)));

        Assert.Equal(indication, report.Indication);
        Assert.Contains(reason, report.Signatures.Single().Reasons);
    }

    [Fact]
    public void A_certificate_swapped_for_one_with_the_same_number_and_key_is_noticed()
    {
        var pki = TestPki.Default;
        byte[] serial = [0x52, 9, 9, 9];
        var (key, certificate) = pki.NewPerson(serial: serial);
        var request = new CertificateRequest(certificate.SubjectName, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var swapped = request.Create(pki.Issuing.SubjectName, X509SignatureGenerator.CreateForECDsa(pki.IssuingKey),
            pki.Seal.NotBefore, pki.Seal.NotAfter, serial);
        var signed = Sign(SamplePdfs.Table(), new MisleadingKey(SigningKey.Of(key, certificate), [certificate], [swapped, pki.Issuing]));

        var report = Validate(signed);
        Assert.Equal(Indication.Invalid, report.Indication);
        Assert.Contains(Reasons.SigningCertificateMismatch, report.Signatures.Single().Reasons);
    }

    [Fact]
    public void A_signature_by_another_key_than_the_certificate_s_is_invalid()
    {
        var pki = TestPki.Default;
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var report = Validate(Sign(SamplePdfs.Table(), SigningKey.Of(other, pki.Seal, pki.Issuing, pki.Root)));
        Assert.Equal([Reasons.SignatureMismatch], report.Signatures.Single().Reasons);
    }

    [Theory]
    [InlineData("SHA1", Indication.Unknown)]
    [InlineData("SHA384", Indication.Valid)]
    [InlineData("SHA512", Indication.Valid)]
    public void The_older_format_is_checked_too_and_old_digests_are_called_weak(string digest, object indication)
    {
        var pki = TestPki.Default;
        var (key, certificate) = pki.NewPerson();
        var signed = SamplePdfs.Replace(Sign(SamplePdfs.Table()), "ETSI.CAdES.detached", "adbe.pkcs7.detached");
        var (_, content) = SignedParts.Last(signed);
        using var withKey = certificate.CopyWithPrivateKey(key);
        var cms = new SignedCms(new ContentInfo(content), detached: true);
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber,
            withKey)
        { DigestAlgorithm = new Oid(CryptoConfig.MapNameToOID(digest)!), IncludeOption = X509IncludeOption.EndCertOnly };
        signer.Certificates.Add(pki.Issuing);
        signer.SignedAttributes.Add(new Pkcs9SigningTime());
        cms.ComputeSignature(signer);

        var report = Validate(Embed(signed, cms.Encode()));
        Assert.Equal(indication, report.Indication);
        Assert.Equal(digest, report.Signatures.Single().DigestAlgorithm);
    }

    [Fact]
    public void The_attributes_of_pades_are_required_where_the_file_claims_pades()
    {
        var pki = TestPki.Default;
        var signed = Sign(SamplePdfs.Table());
        var (_, content) = SignedParts.Last(signed);
        using var withKey = pki.Seal.CopyWithPrivateKey(pki.SealKey);
        var cms = new SignedCms(new ContentInfo(content), detached: true);
        cms.ComputeSignature(new CmsSigner(withKey) { IncludeOption = X509IncludeOption.EndCertOnly });

        Assert.Contains(Reasons.SigningCertificateMismatch, Validate(Embed(signed, cms.Encode())).Signatures.Single().Reasons);
    }

    [Fact]
    public void A_format_that_is_not_known_is_unknown_and_invalid_when_the_file_was_changed_too()
    {
        var renamed = SamplePdfs.Replace(Sign(SamplePdfs.Table()), "ETSI.CAdES.detached", "ETSI.CAdES.detachee");
        Assert.Equal(Indication.Invalid, Validate(renamed).Indication);

        var resigned = Embed(renamed, CmsWriter.Sign(SHA256.HashData(SignedParts.Last(renamed).Content), TestPki.Default.Signer));
        Assert.Equal([Reasons.UnsupportedFormat], Validate(resigned).Signatures.Single().Reasons);
        Assert.Equal(Indication.Unknown, Validate(resigned).Indication);
    }

    [Fact]
    public void Encrypted_and_damaged_files_have_words_of_their_own()
    {
        Assert.Equal([Reasons.EncryptedDocument], Validate(SamplePdfs.Encrypted()).Reasons);
        Assert.Equal([Reasons.UnreadableDocument], Validate(SamplePdfs.Table()[..300]).Reasons);
        var cut = Validate(Sign(SamplePdfs.Table())[..^200]);
        Assert.Equal([Reasons.DamagedDocument], cut.Reasons);
        Assert.Equal(Indication.Invalid, cut.Indication);
    }

    [Fact]
    public void Every_word_has_a_sentence_in_both_languages()
    {
        foreach (var word in typeof(Reasons).GetFields().Where(f => f.IsLiteral).Select(f =>
            (string)f.GetRawConstantValue()!).Except([Reasons.TimeStampUntrusted, Reasons.NoTimeStamp]))
        {
            var (vi, en) = Reasons.Summary(new ValidationReport(Reasons.IndicationOf([word]), [word], []));
            Assert.NotEqual(vi, en);
            Assert.NotEqual(Indication.Valid, Reasons.IndicationOf([word]));
        }
    }

    internal static byte[] Embed(byte[] signed, byte[] cms)
    {
        var gap = SignatureFields.Find(PdfFile.Open(signed)).Single().Contents!;
        var result = (byte[])signed.Clone();
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(cms).PadRight(gap.End - gap.Start - 2, '0')).CopyTo(result, gap.Start + 1);
        return result;
    }

    /// <summary>Signs for one certificate and encloses another.</summary>
    private sealed class MisleadingKey(SigningKey key, IReadOnlyList<X509Certificate2> real, IReadOnlyList<X509Certificate2> enclosed)
        : SigningKey(new Changing(real, enclosed), key.Algorithm)
    {
        public override byte[] SignHash(ReadOnlySpan<byte> hash) => key.SignHash(hash);

        private sealed class Changing(IReadOnlyList<X509Certificate2> real, IReadOnlyList<X509Certificate2> enclosed)
            : IReadOnlyList<X509Certificate2>
        {
            public int Count => enclosed.Count;

            public X509Certificate2 this[int index] => real[index];

            public IEnumerator<X509Certificate2> GetEnumerator() => enclosed.GetEnumerator();

            System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
        }
    }
}
