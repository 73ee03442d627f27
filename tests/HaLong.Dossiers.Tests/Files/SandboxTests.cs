using System.Globalization;
using System.IO.Compression;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Files.Sandbox;
using SkiaSharp;
using UglyToad.PdfPig;

namespace HaLong.Dossiers.Tests.Files;

/// <summary>What is found in files, without the process around it.</summary>
public sealed class SandboxTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dossier-sandbox").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_good_pdf_passes_everything()
    {
        var answer = Look(Samples.Pdf());
        Assert.All(answer.Checks, c => Assert.Equal(CheckOutcome.Passed, c.Outcome));
        Assert.Equal(["opens", "encrypted", "size", "active", "blank", "legible"], answer.Checks.Select(c => c.Code));
        Assert.Equal((1, 0), (answer.Pages, answer.Signatures));
    }

    [Theory]
    [InlineData("/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>", "javascript")]
    [InlineData("/OpenAction<</S/J#61vaScript/J#53(x)>>", "javascript")]
    [InlineData("/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(x)>>]>>>>", "javascript")]
    [InlineData("/OpenAction<</S/Launch/F(cmd.exe)>>", "launch")]
    [InlineData("/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/EF<<>>>>]>>>>", "embedded")]
    [InlineData("/AcroForm<</Fields[]/XFA[(template)(x)]>>", "xfa")]
    [InlineData("/AA<</WC<</S/SubmitForm/F(http://x)>>>>", "send")]
    [InlineData("/A<</Type/Annot/Subtype/RichMedia>>", "media")]
    public void Content_that_runs_is_found_however_it_is_spelled(string catalogue, string reason) =>
        Assert.Equal(("fail", reason), Found(Look(Samples.PdfOf("BT /F1 9 Tf 9 9 Td (x) Tj ET", catalogue)), "active"));

    [Fact]
    public void Content_that_runs_is_found_in_objects_that_nothing_refers_to() =>
        Assert.Equal(("fail", "javascript"), Found(Look(Samples.PdfOf("0 0 m 9 9 l S", more: [Samples.Ascii("<</S/JavaScript/JS(x)>>")])), "active"));

    [Fact]
    public void Words_in_the_text_of_a_page_are_no_content_that_runs() =>
        Assert.Equal(("passed", "ok"), Found(Look(Samples.PdfOf("BT /F1 9 Tf 9 9 Td (/JavaScript /Launch) Tj ET", comment: "/JavaScript")), "active"));

    [Fact]
    public void A_blank_page_is_told_from_a_drawn_one()
    {
        Assert.Equal(("fail", "all"), Found(Look(Samples.PdfOf("")), "blank"));
        Assert.Equal(("fail", "all"), Found(Look(Samples.PdfOf("BT /F1 9 Tf 9 9 Td (   ) Tj ET")), "blank"));
        Assert.Equal(("passed", "ok"), Found(Look(Samples.PdfOf("10 10 m 100 100 l S")), "blank"));
    }

    [Fact]
    public void A_signature_is_counted()
    {
        var signed = Samples.PdfOf("0 0 m 9 9 l S", more: [Samples.Ascii("<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 1 2 3]/Contents<00>>>")]);
        Assert.Equal(1, Look(signed).Signatures);
    }

    [Theory]
    [InlineData("%PDF-1.7\nrubbish\n%%EOF\n")]
    [InlineData("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n")]
    public void A_broken_pdf_does_not_open(string content) => Assert.Equal("fail", Found(Look(Samples.Ascii(content)), "opens").Outcome);

    [Fact]
    public void A_few_kilobytes_that_stand_for_gigabytes_are_told_before_they_are_opened()
    {
        var spaces = new byte[1 << 20];
        Array.Fill(spaces, (byte)' ');
        var bomb = Deflate(Deflate(Enumerable.Repeat(spaces, 300)));
        var pdf = Samples.PdfOf(System.Text.Encoding.Latin1.GetString(bomb), contentDictionary: "/Filter[/FlateDecode/FlateDecode]");
        Assert.True(pdf.Length < 20_000);
        Assert.Equal(("fail", "complex"), Found(Look(pdf), "size"));
        Assert.Equal(("fail", "pixels"), Found(Look(Photos.Bomb(), "image/png"), "size"));

        static byte[] Deflate(params IEnumerable<byte[]> parts)
        {
            using var output = new MemoryStream();
            using (var zlib = new ZLibStream(output, CompressionLevel.Optimal))
                foreach (var part in parts)
                    zlib.Write(part);
            return output.ToArray();
        }
    }

    [Fact]
    public void More_pages_than_anybody_reads_are_refused()
    {
        var kids = string.Concat(Enumerable.Range(6, 501).Select(i => $"{i} 0 R "));
        var pages = Enumerable.Range(6, 501).Select(_ => Samples.Ascii("<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")).ToArray();
        var pdf = System.Text.Encoding.Latin1.GetString(Samples.PdfOf("", more: pages)).Replace("/Kids[3 0 R]/Count 1", $"/Kids[{kids}]/Count 501", StringComparison.Ordinal);
        Assert.Equal(("fail", "pages"), Found(Look(System.Text.Encoding.Latin1.GetBytes(pdf)), "size"));
    }

    [Theory]
    [InlineData(0f, 20, 1754, "passed", "ok")]
    [InlineData(0f, 120, 1754, "passed", "ok")]
    [InlineData(5f, 20, 1754, "warn", "blurred")]
    [InlineData(0f, 225, 1754, "warn", "faint")]
    [InlineData(0f, 20, 700, "warn", "resolution")]
    public void Photos_are_told_by_how_well_they_can_be_read(float blur, byte ink, int height, string outcome, string reason)
    {
        var photo = Photos.Jpeg(Photos.Page(height * 1240 / 1754, height, blur, ink));
        Assert.Equal((outcome, reason), Found(Look(photo, "image/jpeg"), "legible"));
        Assert.Equal(("passed", "ok"), Found(Look(photo, "image/jpeg"), "blank"));
    }

    [Theory]
    [InlineData(0f, 1754, "passed", "ok")]
    [InlineData(5f, 1754, "warn", "blurred")]
    [InlineData(0f, 200, "warn", "resolution")]
    public void A_scanned_page_in_a_pdf_is_measured_like_a_photo(float blur, int height, string outcome, string reason) =>
        Assert.Equal((outcome, reason), Found(Look(Scan(Photos.Page(height * 1240 / 1754, height, blur))), "legible"));

    [Fact]
    public void White_paper_is_blank_in_every_form()
    {
        Assert.Equal(("fail", "all"), Found(Look(Photos.Png(Photos.Page(isBlank: true)), "image/png"), "blank"));
        Assert.Equal(("fail", "all"), Found(Look(Scan(Photos.Page(isBlank: true))), "blank"));
    }

    [Fact]
    public void A_damaged_picture_does_not_open()
    {
        var photo = Photos.Jpeg(Photos.Page(400, 600));
        Assert.Equal("fail", Found(Look(Samples.Jpeg, "image/jpeg"), "opens").Outcome);
        Assert.Equal("fail", Found(Look(photo[..(photo.Length / 2)], "image/jpeg"), "opens").Outcome);
    }

    [Fact]
    public void Photos_become_pages_of_a_pdf_upright_and_without_what_the_camera_wrote_down()
    {
        // The camera was held on its side: the letters run upwards in the file and must not on the page.
        var lying = Photos.WithExif(Photos.Jpeg(Photos.Page(2000, 1000)), orientation: 6);
        var wide = Photos.Jpeg(Photos.Page(3000, 2000));
        var output = Path.Combine(folder, "joined.pdf");
        var answer = SandboxProgram.Answer(new SandboxRequest([Save(lying), Save(wide)], null, output));
        Assert.Equal((2, null), (answer.Pages, answer.BadPhoto));

        using var pdf = PdfDocument.Open(output);
        var pages = pdf.GetPages().ToList();
        Assert.Equal([(595, 842), (842, 595)], pages.Select(p => ((int)p.Width, (int)p.Height)));
        var images = pages.Select(p => Assert.Single(p.GetImages())).ToList();
        Assert.Equal([(1000, 2000), (2339, 1559)], images.Select(i => (i.WidthInSamples, i.HeightInSamples)));
        Assert.DoesNotContain("GPS", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(output)), StringComparison.Ordinal);
        Assert.Equal(("passed", "ok"), Found(Look(File.ReadAllBytes(output)), "legible"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Every_way_to_hold_a_camera_is_put_right(ushort orientation)
    {
        // A red corner at the upper left of the scene, stored as each orientation says it would be.
        using var stored = new SKBitmap(orientation >= 5 ? 80 : 120, orientation >= 5 ? 120 : 80);
        stored.Erase(SKColors.White);
        var (right, bottom) = orientation switch { 1 or 5 => (false, false), 2 or 8 => (true, false), 3 or 7 => (true, true), _ => (false, true) };
        using (var canvas = new SKCanvas(stored))
        using (var red = new SKPaint { Color = SKColors.Red })
            canvas.DrawRect(SKRect.Create(right ? stored.Width - 30 : 0, bottom ? stored.Height - 30 : 0, 30, 30), red);
        using var upright = Picture.Upright(stored, (SKEncodedOrigin)orientation, 500);
        Assert.Equal((120, 80), (upright.Width, upright.Height));
        var corner = upright.GetPixel(10, 10);
        Assert.True(corner is { Red: > 200, Green: < 60 }, $"{orientation.ToString(CultureInfo.InvariantCulture)}: {corner}");
    }

    [Fact]
    public void The_photo_that_cannot_be_read_is_named()
    {
        var answer = SandboxProgram.Answer(new SandboxRequest([Save(Photos.Jpeg(Photos.Page(400, 600))), Save(Samples.Jpeg)], null, Path.Combine(folder, "x.pdf")));
        Assert.Equal(2, answer.BadPhoto);
        Assert.Equal(1, SandboxProgram.Answer(new SandboxRequest([Save(Photos.Bomb())], null, Path.Combine(folder, "y.pdf"))).BadPhoto);
    }

    private static byte[] Scan(SKBitmap page)
    {
        var (width, height) = (page.Width, page.Height);
        var jpeg = Photos.Jpeg(page);
        byte[] image = [.. Samples.Ascii($"<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length {jpeg.Length}>>stream\n"), .. jpeg, .. Samples.Ascii("\nendstream")];
        return Samples.PdfOf("180 0 0 180 10 10 cm /Im Do", more: [image]);
    }

    private static (string Outcome, string Reason) Found(SandboxAnswer answer, string code)
    {
        var check = Assert.Single(answer.Checks, c => c.Code == code);
        return (check.Outcome, check.Reason);
    }

    private SandboxAnswer Look(byte[] content, string mediaType = "application/pdf") => SandboxProgram.Answer(new SandboxRequest([Save(content)], mediaType, null));

    private string Save(byte[] content)
    {
        var path = Path.Combine(folder, Guid.CreateVersion7().ToString("N"));
        File.WriteAllBytes(path, content);
        return path;
    }
}
