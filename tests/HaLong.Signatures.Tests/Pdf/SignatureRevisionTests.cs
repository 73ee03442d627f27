using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Tests.Tools;
using UglyToad.PdfPig;

namespace HaLong.Signatures.Tests.Pdf;

public sealed class SignatureRevisionTests
{
    internal static readonly SignatureDetails Details = new("Con dấu điện tử", "Phê duyệt kết quả", "Hạ Long",
        new DateTimeOffset(2026, 7, 24, 10, 15, 0, TimeSpan.FromHours(7)));

    public static TheoryData<string> Samples => [.. SamplePdfs.Names];

    internal static byte[] Sign(byte[] pdf, SigningKey? signer = null) =>
        [.. pdf, .. PadesSigner.Sign(pdf, signer ?? TestPki.Default.Signer, Details)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_signed_file_of_any_shape_is_accepted_by_pdfsig_openssl_and_qpdf(string sample)
    {
        var original = SamplePdfs.Of(sample);
        var signed = Sign(original);

        using var judge = new Judge();
        var root = TestPki.Default.Root.ExportCertificatePem();
        judge.PdfSig(signed, root).SaysValid();
        judge.OpenSsl(signed, root).Succeeded();
        judge.Qpdf(signed).Succeeded();
        Assert.Equal(original, signed[..original.Length]);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_second_and_third_signature_keep_the_first_ones_valid(string sample)
    {
        // A unit each: pdfsig 22.12 is confused by one certificate enclosed several times, whoever signed.
        var signed = Sign(Sign(Sign(SamplePdfs.Of(sample)), TestPki.Default.NewSigner("06661")), TestPki.Default.NewSigner("06664"));

        using var judge = new Judge();
        judge.PdfSig(signed, TestPki.Default.Root.ExportCertificatePem()).SaysValid(signatures: 3);
        judge.Qpdf(signed).Succeeded();
        Assert.Equal(3, SignatureFields.Find(PdfFile.Open(signed)).Select(f => f.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Another_library_still_reads_every_page_and_text(string sample)
    {
        var original = SamplePdfs.Of(sample);
        using var before = PdfDocument.Open(original);
        using var after = PdfDocument.Open(Sign(original));

        Assert.Equal(before.GetPages().Select(p => p.Text), after.GetPages().Select(p => p.Text));
    }

    [Fact]
    public void A_file_signed_by_another_program_is_signed_again_without_harm()
    {
        using var judge = new Judge();
        var root = TestPki.Default.Root.ExportCertificatePem();
        var foreign = judge.SignWithPoppler(SamplePdfs.Of("skia"), TestPki.Default);
        var signed = Sign(foreign);

        var verdict = judge.PdfSig(signed, root).Succeeded();
        Assert.Equal(2, verdict.Count("Signature Validation: Signature is Valid."));
        Assert.Equal(2, verdict.Count("Certificate Validation: Certificate is Trusted."));
    }

    [Fact]
    public void The_form_of_cross_references_follows_the_file()
    {
        Assert.False(PdfFile.Open(Sign(SamplePdfs.Of("table"))).UsesStreams);
        Assert.True(PdfFile.Open(Sign(SamplePdfs.Of("object-streams"))).UsesStreams);
    }

    [Fact]
    public void Vietnamese_texts_and_the_local_time_are_shown_as_written()
    {
        var signature = SignatureFields.Find(PdfFile.Open(Sign(SamplePdfs.Table()))).Single().Signature;

        Assert.Equal("Phê duyệt kết quả", SignatureFields.TextOf(signature["Reason"]));
        Assert.Equal("Hạ Long", SignatureFields.TextOf(signature["Location"]));
        Assert.Equal("D:20260724101500+07'00'", SignatureFields.TextOf(signature["M"]));
        Assert.Equal("ETSI.CAdES.detached", signature.Name("SubFilter"));
    }

    [Fact]
    public void A_file_whose_certification_forbids_changes_is_not_signed()
    {
        var pdf = SamplePdfs.Build(
            "<</Type/Catalog/Pages 2 0 R/Perms<</DocMDP 5 0 R>>>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
            "<</Type/TransformParams/P 1/V/1.2>>", "<</Type/Sig/Reference[<</TransformMethod/DocMDP/TransformParams 4 0 R>>]>>");

        Assert.Equal(PdfFault.Locked, Assert.Throws<PdfException>(() => Sign(pdf)).Fault);
        Assert.NotEmpty(Sign(SamplePdfs.Replace(pdf, "/P 1/V", "/P 2/V")));
    }

    [Fact]
    public void Rsa_keys_sign_as_well()
    {
        var pki = TestPki.Default;
        var (key, certificate) = pki.NewPerson();
        using var signer = SigningKey.Of(key, certificate, pki.Issuing, pki.Root);
        var original = SamplePdfs.Table();
        byte[] signed = [.. original, .. PadesSigner.Sign(original, signer, Details)];

        using var judge = new Judge();
        judge.PdfSig(signed, pki.Root.ExportCertificatePem()).SaysValid();
        judge.OpenSsl(signed, pki.Root.ExportCertificatePem()).Succeeded();
    }
}
