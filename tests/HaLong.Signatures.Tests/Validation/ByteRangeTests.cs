using System.Globalization;
using System.Text;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Tests.Pdf;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.Validation;

namespace HaLong.Signatures.Tests.Validation;

/// <summary>Attacks on what a signature covers.</summary>
public sealed class ByteRangeTests
{
    private static readonly byte[] Signed = SignatureRevisionTests.Sign(SamplePdfs.Table());

    private static SignatureFinding Finding(byte[] pdf) => PdfValidator.Validate(pdf, TestPki.Default.Trust,
        TimeProvider.System.GetUtcNow()).Signatures[0];

    private static byte[] WithRange(Func<long[], string> change)
    {
        var range = SignatureFields.Find(PdfFile.Open(Signed)).Single().ByteRange!;
        var before = string.Create(CultureInfo.InvariantCulture, $"/ByteRange [{string.Join(' ', range)}]").PadRight(11 + 36);
        return SamplePdfs.Replace(Signed, before, "/ByteRange " + change(range).PadRight(before.Length - 11));
    }

    [Fact]
    public void A_range_other_than_the_whole_file_around_the_signature_is_refused()
    {
        string[] forged =
        [
            .. new Func<long[], string>[]
            {
                r => $"[1 {r[1] - 1} {r[2]} {r[3]}]",
                r => $"[0 {r[1] - 1} {r[2]} {r[3]}]",
                r => $"[0 {r[1]} {r[2] + 1} {r[3] - 1}]",
                r => $"[0 {r[1]} {r[2]} {r[3] + 1}]",
                r => $"[0 1 2 99999999999]",
                r => $"[0 {r[2]} {r[1]} {r[3]}]",
                r => $"[0 {r[1]} {r[2]}]",
                r => $"[0 0 0 0]",
                r => $"[0 -1 {r[2]} {r[3]}]",
                r => $"[(a) 1 2 3]",
                r => $"null",
            }.Select(change => Encoding.Latin1.GetString(WithRange(change))),
        ];

        foreach (var pdf in forged)
        {
            var finding = Finding(Encoding.Latin1.GetBytes(pdf));
            Assert.Equal(Indication.Invalid, finding.Indication);
            Assert.Contains(Reasons.ByteRangeInvalid, finding.Reasons);
        }
    }

    [Fact]
    public void A_range_that_leaves_out_the_end_counts_the_rest_as_a_change() =>
        Assert.Contains(Reasons.ChangedAfterSigning, Finding(WithRange(r => $"[0 {r[1]} {r[2]} {r[3] - 7}]")).Reasons);

    [Theory]
    [InlineData("\n")]
    [InlineData(" ")]
    [InlineData("\0\0\0")]
    public void Blanks_behind_a_signed_file_are_a_change(string tail) =>
        Assert.Equal([Reasons.ChangedAfterSigning], Finding([.. Signed, .. Encoding.Latin1.GetBytes(tail)]).Reasons);

    [Theory]
    [InlineData(4, "<</Length 40>>\nstream\nBT /F1 18 Tf 40 100 Td (Refused      ) Tj ET\nendstream")]
    [InlineData(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 50 0 R/Resources<</Font<</F1 5 0 R>>>>/Annots[7 0 R]>>")]
    [InlineData(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/Annots[7 0 R]>>")]
    [InlineData(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/Annots[7 0 R 50 0 R]>>")]
    [InlineData(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/Annots[]>>")]
    [InlineData(5, "<</Type/Font/Subtype/Type1/BaseFont/Courier>>")]
    [InlineData(2, "<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>")]
    [InlineData(1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[7 0 R]/SigFlags 3>>/OpenAction 50 0 R>>")]
    [InlineData(1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[7 0 R]/SigFlags 3/NeedAppearances true>>>>")]
    [InlineData(1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[7 0 R 51 0 R]/SigFlags 3>>>>")]
    public void A_revision_that_changes_what_is_shown_is_a_change_even_when_signed_again(int number, string value)
    {
        var saved = SamplePdfs.Append(Signed, (number, value), (50, "<</Type/Annot/Subtype/FreeText/Rect[0 0 300 200]>>"),
            (51, "<</Type/Annot/Subtype/Widget/FT/Tx/T(x)/Rect[0 0 300 200]>>"));

        Assert.Contains(Reasons.ChangedAfterSigning, Finding(saved).Reasons);
        Assert.Contains(Reasons.ChangedAfterSigning, Finding(SignatureRevisionTests.Sign(saved)).Reasons);
    }

    [Fact]
    public void An_object_that_the_signed_revision_left_open_must_not_appear_later()
    {
        var shadow = SamplePdfs.Build("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents[4 0 R 60 0 R]>>", SamplePdfs.Text());
        var signed = SignatureRevisionTests.Sign(shadow);
        Assert.Empty(Finding(signed).Reasons);

        var filled = SamplePdfs.Append(signed, (60, SamplePdfs.Text(3)));
        Assert.Equal([Reasons.ChangedAfterSigning], Finding(filled).Reasons);
        Assert.Contains(Reasons.ChangedAfterSigning, Finding(SignatureRevisionTests.Sign(filled)).Reasons);
    }

    [Fact]
    public void A_revision_that_changes_nothing_visible_keeps_the_signature_valid()
    {
        var saved = SamplePdfs.Append(Signed, (5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"), (70, "<</Producer(x)>>"));
        var finding = Finding(saved);

        Assert.Empty(finding.Reasons);
        Assert.False(finding.CoversWholeFile);
    }

    [Fact]
    public void A_signature_moved_into_another_file_is_invalid()
    {
        var other = SignatureRevisionTests.Sign(SamplePdfs.Replace(SamplePdfs.Table(), "Approved: yes", "Approved: not"));
        var (cms, _) = SignedParts.Last(Signed);

        Assert.Equal([Reasons.DigestMismatch], Finding(PdfValidatorTests.Embed(other, cms)).Reasons);
    }

    [Fact]
    public void A_signature_taken_off_leaves_a_trace()
    {
        var report = PdfValidator.Validate(SamplePdfs.Append(Signed, (1, "<</Type/Catalog/Pages 2 0 R>>")), TestPki.Default.Trust,
            TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);

        Assert.Equal([Reasons.SignatureRemoved], report.Reasons);
        Assert.Equal(Indication.Invalid, report.Indication);
    }

    [Fact]
    public void Signatures_of_another_program_under_ours_stay_valid()
    {
        using var judge = new Judge();
        var foreign = judge.SignWithPoppler(SamplePdfs.Of("skia"), TestPki.Default);
        var report = PdfValidator.Validate(SignatureRevisionTests.Sign(foreign), TestPki.Default.Trust, TimeProvider.System.GetUtcNow(),
            TestContext.Current.CancellationToken);

        Assert.Equal(["adbe.pkcs7.detached", "ETSI.CAdES.detached"], report.Signatures.Select(s => s.Format));
        Assert.All(report.Signatures, s => Assert.Empty(s.Reasons));
    }
}
