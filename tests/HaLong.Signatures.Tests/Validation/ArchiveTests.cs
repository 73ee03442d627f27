using System.Security.Cryptography;
using System.Text;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Pki;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.TimeStamping;
using HaLong.Signatures.Validation;

namespace HaLong.Signatures.Tests.Validation;

/// <summary>Document time-stamps and the evidence that they keep (PAdES B-LTA).</summary>
public sealed class ArchiveTests
{
    private static readonly TestPki Pki = TestPki.Default;
    private static readonly Trust NobodyToAsk = new(Pki.Roots);
    private static readonly DateTimeOffset Now = Archive.Now;

    private static ValidationReport Validate(byte[] pdf, Trust? trust = null, DateTimeOffset? now = null) =>
        PdfValidator.Validate(pdf, trust ?? NobodyToAsk, now ?? Now, TestContext.Current.CancellationToken);

    private static void IsValid(ValidationReport report, params string[] levels)
    {
        Assert.Empty(report.Reasons);
        Assert.All(report.Signatures, s => Assert.Empty(s.Reasons));
        Assert.Equal(Indication.Valid, report.Indication);
        Assert.Equal(levels, report.Signatures.Select(s => s.Level));
    }

    [Theory]
    [InlineData("table")]
    [InlineData("object-streams")]
    [InlineData("form-of-its-own")]
    [InlineData("annotations-of-their-own")]
    public void A_document_time_stamp_makes_level_b_lta_that_holds_for_ever_and_the_judges_accept_it(string sample)
    {
        var signed = Archive.Sign(SamplePdfs.Of(sample), Archive.Evidence());
        IsValid(Validate(signed), "B-LT");
        var kept = Archive.Preserve(signed, Archive.Evidence());
        var report = Validate(kept, now: Now.AddYears(40));
        IsValid(report, "B-LTA");
        Assert.Equal("TimeStamp1", Assert.Single(report.TimeStamps).Field);
        Assert.Equal(signed, kept[..signed.Length]);

        using var judge = new Judge();
        judge.Qpdf(kept).Succeeded();
        var verdict = judge.PdfSig(kept, Pki.Root.ExportCertificatePem());
        Assert.Equal(1, verdict.Count("Signature Validation: Signature is Valid."));
        // pdfsig 22.12 does not look into document time-stamps; it says so, and that they cover the file.
        Assert.Equal(1, verdict.Count("Total document signed"));
        var field = SignatureFields.Find(PdfFile.Open(kept))[^1];
        var range = SignedRange.Of(PdfFile.Open(kept), field)!;
        judge.Run("openssl", "ts", "-verify", "-in", judge.Save("t.tst", SignedRange.Unpadded(field.Contents!.Bytes)!), "-token_in", "-CAfile",
            judge.Save("root.pem", Encoding.ASCII.GetBytes(Pki.Root.ExportCertificatePem())), "-untrusted",
            judge.Save("i.pem", Encoding.ASCII.GetBytes(Pki.Issuing.ExportCertificatePem())), "-digest",
            Convert.ToHexStringLower(range.Digest(PdfFile.Open(kept), HashAlgorithmName.SHA256))).Succeeded();
    }

    [Fact]
    public void A_second_archive_time_stamp_renews_the_first_and_a_later_signature_harms_neither()
    {
        var once = Archive.Preserve(Archive.Sign(data: Archive.Evidence()), Archive.Evidence());
        var twice = Archive.Preserve(once, Archive.Evidence(Now.AddMinutes(1)), Now.AddMinutes(1));
        IsValid(Validate(twice), "B-LTA");
        Assert.Equal(["TimeStamp1", "TimeStamp2"], Validate(twice).TimeStamps.Select(t => t.Field));

        using var other = Pki.NewSigner("06661");
        var later = Archive.Sign(twice, signer: other);
        var report = Validate(later, Pki.Trust);
        IsValid(report, "B-LTA", "B-T");
        Assert.All(report.TimeStamps, t => Assert.Equal("", t.Failure));
    }

    [Fact]
    public void A_file_without_time_stamp_is_proven_by_the_one_over_the_document()
    {
        var bare = Archive.Sign(stamped: false);
        var kept = Archive.Preserve(bare, Archive.Evidence());
        IsValid(Validate(kept, now: Now.AddYears(4)), "B-LTA");
        Assert.Equal(Now.ToUnixTimeSeconds(), Validate(kept).Signatures[0].TimeStampedAt!.Value.ToUnixTimeSeconds());
        // Without evidence the time is proven and nothing more.
        Assert.Equal("B-T", Validate(Archive.Preserve(bare), Pki.Trust).Signatures[0].Level);
    }

    [Fact]
    public void A_time_stamp_that_came_late_is_kept_in_the_evidence_and_counts_from_its_own_time()
    {
        var bare = Archive.Sign(stamped: false);
        var value = SignatureTimeStamp.ValueOf(PreparedRevision.CmsOf(bare[SamplePdfs.Table().Length..]));
        var late = TestPki.Stamp(Archive.Stamper, value, Now);
        ValidationData With(byte[] token, string key) => Archive.Evidence() with { Signatures = [new SignatureEvidence(key, [], [], []) { TimeStamp = token }] };

        var kept = Archive.Preserve(bare, With(late, Archive.KeyOfFirst(bare)), Now.AddHours(5));
        var revokedBetween = new Trust(Pki.Roots)
        {
            Status = c => c.SerialNumber == Pki.Seal.SerialNumber ? new CertificateStatus(true, Now.AddHours(2), RevocationReason.KeyCompromise) : CertificateStatus.Good,
        };
        var report = Validate(kept, revokedBetween, Now.AddHours(6));
        IsValid(report, "B-LTA");
        Assert.Equal(late, report.Signatures[0].LateTimeStamp);

        // Under another signature's name, or over something else, it proves nothing: the document's time-stamp is after the revocation.
        foreach (var wrong in new[] { With(late, new string('A', 40)), With(TestPki.Stamp(Archive.Stamper, [1], Now), Archive.KeyOfFirst(bare)) })
            Assert.Equal([Reasons.CertificateRevoked], Validate(Archive.Preserve(bare, wrong, Now.AddHours(5)), revokedBetween, Now.AddHours(6)).Signatures[0].Reasons);
    }

    [Fact]
    public void The_store_holds_everything_once_and_names_each_signature()
    {
        var data = Archive.Evidence();
        var signed = Archive.Sign(data: data);
        var key = Archive.KeyOfFirst(signed);
        var kept = Archive.Preserve(signed, data with { Signatures = [new SignatureEvidence(key, data.Certificates, data.Answers, data.Lists)] });

        var store = ValidationData.Of(PdfFile.Open(kept));
        Assert.Equal((1, 2, 1), (store.Certificates.Count, store.Answers.Count, store.Lists.Count));
        var entry = Assert.Single(store.Signatures);
        Assert.Equal((key, 1, 2, 1), (entry.Key, entry.Certificates.Count, entry.Answers.Count, entry.Lists.Count));
        // No stream is written again.
        Assert.DoesNotContain("stream", Encoding.Latin1.GetString(kept[signed.Length..]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_changed_under_the_document_time_stamp_makes_the_file_invalid()
    {
        var kept = Archive.Preserve(Archive.Sign(data: Archive.Evidence()), Archive.Evidence());
        var token = SignatureFields.Find(PdfFile.Open(kept))[^1].Contents!.Start;
        foreach (var place in new[] { 60, token - 120, kept.Length - 20 })
        {
            var changed = (byte[])kept.Clone();
            changed[place] ^= 1;
            Assert.Equal(Indication.Invalid, Validate(changed).Indication);
        }

        // The end of a token is its signature value.
        var end = token + 1 + (2 * (SignedRange.Unpadded(SignatureFields.Find(PdfFile.Open(kept))[^1].Contents!.Bytes)!.Length - 10));
        kept[end] = (byte)(kept[end] == '1' ? '2' : '1');
        Assert.NotEqual("", Validate(kept).TimeStamps.Single().Failure);
        Assert.NotEqual("B-LTA", Validate(kept).Signatures.Single().Level);
    }

    [Fact]
    public void A_stranger_s_document_time_stamp_counts_as_none_and_one_of_the_future_is_invalid()
    {
        using var stranger = new TestPki("HaLong test root").NewStamper();
        var signed = Archive.Sign(data: Archive.Evidence());
        var report = Validate(Archive.Preserve(signed, stamper: stranger));
        IsValid(report, "B-LT");
        Assert.Equal(Reasons.TimeStampUntrusted, report.TimeStamps.Single().Failure);

        Assert.Equal([Reasons.TimeStampInvalid], Validate(Archive.Preserve(signed, at: Now.AddHours(1))).Reasons);
    }

    [Fact]
    public void A_time_stamp_of_an_authority_that_was_revoked_before_counts_as_none()
    {
        var kept = Archive.Preserve(Archive.Sign(stamped: false), Archive.Evidence());
        var trust = new Trust(Pki.Roots)
        {
            Status = c => c.SerialNumber == Archive.Stamper.Certificate.SerialNumber
                ? new CertificateStatus(true, Now.AddDays(-1), RevocationReason.KeyCompromise) : CertificateStatus.Good,
        };
        var report = Validate(kept, trust);
        Assert.Equal(Reasons.TimeStampUntrusted, report.TimeStamps.Single().Failure);
        Assert.Null(report.Signatures.Single().TimeStampedAt);
    }

    [Fact]
    public void A_file_with_nothing_but_a_time_stamp_has_no_signature()
    {
        var report = Validate(Archive.Preserve(SamplePdfs.Table()), Pki.Trust);
        Assert.Equal([Reasons.NoSignature], report.Reasons);
        Assert.Equal("", report.TimeStamps.Single().Failure);
    }

    [Fact]
    public void A_file_that_its_certification_locks_may_still_be_preserved()
    {
        var locked = SamplePdfs.Build("<</Type/Catalog/Pages 2 0 R/Perms<</DocMDP 5 0 R>>>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>", "<</Type/TransformParams/P 1/V/1.2>>",
            "<</Type/Sig/Reference[<</TransformMethod/DocMDP/TransformParams 4 0 R>>]>>");
        Assert.Equal("", Validate(Archive.Preserve(locked), Pki.Trust).TimeStamps.Single().Failure);
    }
}
