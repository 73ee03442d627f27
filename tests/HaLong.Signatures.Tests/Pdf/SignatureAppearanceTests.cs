using HaLong.Papers;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.Validation;
using HaLong.TestSupport;
using SkiaSharp;

namespace HaLong.Signatures.Tests.Pdf;

/// <summary>Signatures that show on a page.</summary>
public sealed class SignatureAppearanceTests
{
    private const string Address = "https://halong.example/v/01980000-0000-7000-8000-000000000001";
    private static readonly TestPki Pki = TestPki.Default;
    private static readonly SignatureDetails Details = new("Nguyễn Thị Ánh Tuyết", "Phê duyệt kết quả hồ sơ", "Phường Hạ Long",
        new DateTimeOffset(2026, 7, 24, 10, 15, 0, TimeSpan.FromHours(7)));

    private static byte[] Sign(byte[] pdf, SignatureAppearance? appearance = null, SigningKey? signer = null)
    {
        var key = signer ?? Pki.Signer;
        var prepared = PadesSigner.Prepare(pdf, key.Chain, key.Algorithm, Details, appearance ?? new SignatureAppearance(Address));
        return [.. pdf, .. prepared.Complete(key.SignHash(prepared.HashToSign), null).Value.Bytes];
    }

    private static byte[] Paper(int rotation = 0, string media = "[0 0 595 842]", int pages = 1) => SamplePdfs.Build(
    [
        "<</Type/Catalog/Pages 2 0 R>>",
        $"<</Type/Pages/Count {pages}/MediaBox{media}/Rotate {rotation}/Kids[{string.Join(' ', Enumerable.Range(3, pages).Select(i => $"{i} 0 R"))}]>>",
        .. Enumerable.Repeat("<</Type/Page/Parent 2 0 R/Resources<<>>>>", pages),
    ]);

    private static PdfDictionary Widget(byte[] pdf)
    {
        var file = PdfFile.Open(pdf);
        return file.Dictionary(file.Array(file.Dictionary(file.Catalog["AcroForm"])!["Fields"])!.Items[^1])!;
    }

    private static PdfBox Box(byte[] pdf) => PdfBox.Of(PdfFile.Open(pdf), Widget(pdf)["Rect"])!;

    [Theory]
    [InlineData("skia")]
    [InlineData("object-streams")]
    [InlineData("annotations-of-their-own")]
    [InlineData("form")]
    public async Task A_visible_signature_says_who_why_and_when_and_the_judges_accept_it(string sample)
    {
        var signed = Sign(SamplePdfs.Of(sample));
        using var judge = new Judge();
        judge.PdfSig(signed, Pki.Root.ExportCertificatePem()).SaysValid();
        judge.Qpdf(signed).Succeeded();
        judge.OpenSsl(signed, Pki.Root.ExportCertificatePem()).Succeeded();
        var report = PdfValidator.Validate(signed, Pki.Trust, TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
        Assert.Equal(Indication.Valid, report.Indication);

        var text = await PdfTools.TextOfAsync(signed);
        foreach (var word in new[] { "Ký bởi: Nguyễn Thị Ánh Tuyết", "Lý do: Phê duyệt kết quả hồ sơ", "24/07/2026 10:15:00 +07:00" })
            Assert.Contains(word, text.Replace('\n', ' '), StringComparison.Ordinal);
        var widget = Widget(signed);
        Assert.Contains("Nguyễn Thị Ánh Tuyết", SignatureFields.TextOf(widget["TU"]), StringComparison.Ordinal);
        Assert.Equal(SignatureFields.TextOf(widget["TU"]), SignatureFields.TextOf(widget["Contents"]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public async Task However_the_page_is_turned_the_text_is_upright_at_the_lower_left_and_the_code_can_be_read(int rotation)
    {
        Assert.SkipUnless(await Node.HasAsync("jsqr"), Node.Missing);
        var signed = Sign(Paper(rotation));
        using var judge = new Judge();
        var picture = Path.Combine(judge.Folder, "page");
        judge.Run("pdftocairo", "-png", "-r", "200", "-singlefile", judge.Save("signed.pdf", signed), picture).Succeeded();
        using var bitmap = SKBitmap.Decode(picture + ".png");
        // Only the lower left of the page as it is seen holds anything.
        var dark = Enumerable.Range(0, bitmap.Width * bitmap.Height).Select(i => (x: i % bitmap.Width, y: i / bitmap.Width))
            .Where(p => bitmap.GetPixel(p.x, p.y).Red < 128).ToList();
        Assert.True(dark.Count > 1000);
        Assert.All(dark, p => Assert.True(p.x < bitmap.Width * 0.5 && p.y > bitmap.Height * 0.8, $"{p} of {bitmap.Width}×{bitmap.Height}"));
        var (exit, read) = await Node.RunAsync("node", "read-qr.mjs", picture + ".png");
        Assert.Equal((0, Address), (exit, read.Trim()));
    }

    [Fact]
    public async Task Chromium_shows_it_and_its_code_can_be_read()
    {
        Assert.SkipUnless(await Node.HasAsync("jsqr"), Node.Missing);
        Assert.SkipUnless(File.Exists("/usr/bin/chromium"), "Chromium is not installed.");
        var signed = Sign(Paper(media: "[0 0 300 200]"), new SignatureAppearance(Address, Place: new PdfBox(20, 20, 280, 180)));
        using var judge = new Judge();
        var picture = Path.Combine(judge.Folder, "shown.png");
        await using var viewer = await PdfViewer.OpenAsync(judge.Save("signed.pdf", signed), Path.Combine(judge.Folder, "profile"));
        await Eventually.Async(async () =>
        {
            await File.WriteAllBytesAsync(picture, await viewer.PictureAsync(), TestContext.Current.CancellationToken);
            var (exit, read) = await Node.RunAsync("node", "read-qr.mjs", picture);
            return exit == 0 && read.Trim() == Address;
        }, "the code is shown", TimeSpan.FromSeconds(90));
    }

    [Fact]
    public void Each_further_signature_takes_the_next_free_place_of_the_last_page_and_all_stay_valid()
    {
        var signed = Paper(pages: 3);
        var boxes = new List<PdfBox>();
        foreach (var unit in new[] { "06658", "06661", "06664", "06667" })
        {
            using var signer = Pki.NewSigner(unit);
            signed = Sign(signed, signer: signer);
            boxes.Add(Box(signed));
        }

        Assert.All(boxes, a => Assert.All(boxes, b => Assert.True(ReferenceEquals(a, b) || !a.Meets(b))));
        Assert.Equal(boxes[0].Y1, boxes[2].Y1);
        Assert.True(boxes[3].Y1 > boxes[0].Y1);
        Assert.Equal(new PdfReference(5, 0), Widget(signed)["P"]);
        var report = PdfValidator.Validate(signed, Pki.Trust, TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
        Assert.All(report.Signatures, s => Assert.Empty(s.Reasons));
        Assert.Equal(4, report.Signatures.Count);
    }

    [Fact]
    public void A_page_and_a_place_may_be_given_and_one_that_is_none_is_refused()
    {
        var place = new PdfBox(100, 100, 300, 180);
        var signed = Sign(Paper(pages: 2), new SignatureAppearance(Page: 1, Place: place));
        Assert.Equal(place, Box(signed));
        Assert.Equal(new PdfReference(3, 0), Widget(signed)["P"]);

        foreach (var (pdf, wrong) in new[]
        {
            (Paper(), new SignatureAppearance(Page: 2)), (Paper(), new SignatureAppearance(Page: 0)),
            (Paper(), new SignatureAppearance(Place: new PdfBox(500, 0, 700, 60))),
            (Paper(), new SignatureAppearance(Place: new PdfBox(10, 10, 20, 20))), (Paper(media: "[0 0 20 20]"), new SignatureAppearance()),
        })
            Assert.Equal(PdfErrors.NoPlace, PdfErrors.Of(Assert.Throws<PdfException>(() => Sign(pdf, wrong)).Fault));
    }

    [Fact]
    public void A_page_without_room_is_refused()
    {
        var full = SamplePdfs.Build("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[4 0 R]>>", "<</Type/Annot/Subtype/Square/Rect[0 0 595 842]>>");
        Assert.Equal(PdfFault.NoPlace, Assert.Throws<PdfException>(() => Sign(full)).Fault);
    }

    [Fact]
    public void A_page_whose_box_does_not_begin_at_zero_or_is_cropped_has_it_where_it_shows()
    {
        Assert.Equal((124d, 224d), (Box(Sign(Paper(media: "[100 200 695 1042]"))).X1, Box(Sign(Paper(media: "[100 200 695 1042]"))).Y1));
        var cropped = SamplePdfs.Build("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/CropBox[50 60 550 800]>>");
        Assert.Equal((74d, 84d), (Box(Sign(cropped)).X1, Box(Sign(cropped)).Y1));
    }

    [Fact]
    public void Long_texts_are_made_smaller_and_cut_with_an_ellipsis()
    {
        var drawing = new Drawing(176, 56);
        drawing.Text([string.Join(' ', Enumerable.Repeat("Phê duyệt kết quả", 200))], 3, 3, 173, 53);
        var rows = System.Text.Encoding.ASCII.GetString(drawing.Content).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(rows.Length, 5, 9);
        Assert.All(rows, row => Assert.Contains("/F1 4.5 Tf", row, StringComparison.Ordinal));

        var small = new Drawing(176, 56);
        small.Text(["Ngắn"], 3, 3, 173, 53);
        Assert.Contains("/F1 9 Tf", System.Text.Encoding.ASCII.GetString(small.Content), StringComparison.Ordinal);
    }
}
