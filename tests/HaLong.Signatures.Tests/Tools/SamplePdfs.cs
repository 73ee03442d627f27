using System.Globalization;
using System.Text;
using SkiaSharp;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>Unsigned files of several producers and shapes.</summary>
internal static class SamplePdfs
{
    private const string Catalog = "<</Type/Catalog/Pages 2 0 R>>";
    private const string Pages = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
    private const string Page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>";
    private const string Font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";

    public static readonly string[] Names =
    [
        "table", "no-end-of-line", "page-with-annotations", "annotations-of-their-own", "form", "form-of-its-own", "fields-of-their-own",
        "size-that-lies", "no-identifier", "junk-free-generations", "object-streams", "uncompressed-streams", "linearised", "skia",
            "skia-object-streams",
    ];

    public static byte[] Of(string name) => name switch
    {
        "table" => Table(),
        "no-end-of-line" => Table()[..^1],
        "page-with-annotations" => Build(Catalog, Pages, Page[..^2] + "/Annots[6 0 R]>>", Text(), Font, Note),
        "annotations-of-their-own" => Build(Catalog, Pages, Page[..^2] + "/Annots 7 0 R>>", Text(), Font, Note, "[6 0 R]"),
        "form" => Build(Catalog[..^2] + "/AcroForm<</Fields[6 0 R]/DA(/F1 0 Tf)>>>>", Pages, Page[..^2] + "/Annots[6 0 R]>>", Text(), Font,
            Box),
        "form-of-its-own" => Build(Catalog[..^2] + "/AcroForm 7 0 R>>", Pages, Page[..^2] + "/Annots[6 0 R]>>", Text(), Font, Box,
            "<</Fields[6 0 R]>>"),
        "fields-of-their-own" => Build(Catalog[..^2] + "/AcroForm<</Fields 7 0 R>>>>", Pages, Page[..^2] + "/Annots[6 0 R]>>", Text(),
            Font, Box, "[6 0 R]"),
        "size-that-lies" => Replace(Table(), "/Size 6", "/Size 2"),
        "no-identifier" => Replace(Table(), "/ID[<0102030405060708090a0b0c0d0e0f10><0102030405060708090a0b0c0d0e0f10>]", ""),
        "junk-free-generations" => Build(Catalog, Pages, Page, Text(), Font, "null", "(đ \\(nested (text)\\) \\101)"),
        "object-streams" => Qpdf(Table(), "--object-streams=generate"),
        "uncompressed-streams" => Qpdf(Table(), "--object-streams=generate", "--compress-streams=n"),
        "linearised" => Qpdf(Skia(3), "--linearize"),
        "skia" => Skia(2),
        "skia-object-streams" => Qpdf(Skia(2), "--object-streams=generate"),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private const string Note = "<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/Contents(note)>>";
    private const string Box = "<</Type/Annot/Subtype/Widget/FT/Tx/T(Signature1)/V(value)/Rect[10 10 90 30]/F 4/P 3 0 R>>";

    public static byte[] Table(int padding = 0) => Build(Catalog, Pages, Page, Text(padding), Font);

    public static byte[] Encrypted() => Qpdf(Table(), "--encrypt", "user", "owner", "256", "--");

    /// <summary>As the result document of a dossier is made.</summary>
    public static byte[] Skia(int pages)
    {
        using var stream = new MemoryStream();
        using (var document = SKDocument.CreatePdf(stream, new SKDocumentPdfMetadata { Title = "Kết quả", PdfA = true }))
        {
            using var paint = new SKPaint { Color = SKColors.Black, IsAntialias = true };
            using var font = new SKFont(SKTypeface.Default, 14);
            for (var i = 1; i <= pages; i++)
            {
                document.BeginPage(595, 842).DrawText(string.Create(CultureInfo.InvariantCulture, $"Page {i}"), 60, 80, font, paint);
                document.EndPage();
            }
        }

        return stream.ToArray();
    }

    /// <summary>Objects 1, 2, 3… with a cross-reference table.</summary>
    public static byte[] Build(params string[] objects)
    {
        var file = new StringBuilder("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
        var offsets = new List<int>();
        for (var i = 0; i < objects.Length; i++)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        offsets.ForEach(offset => file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        file.Append(CultureInfo.InvariantCulture,
            $"trailer\n<</Size {objects.Length + 1}/Root 1 0 R/ID[<0102030405060708090a0b0c0d0e0f10><0102030405060708090a0b0c0d0e0f10>]>>\nstartxref\n{start}\n%%EOF\n");
        // Latin-1: one character is one byte, so lengths are offsets; the Vietnamese letter of one sample is replaced on purpose.
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    /// <summary>Appends a revision that replaces or adds objects, as any editor does.</summary>
    public static byte[] Append(byte[] pdf, params (int Number, string Value)[] objects)
    {
        var before = Encoding.Latin1.GetString(pdf);
        var previous = before[(before.LastIndexOf("startxref", StringComparison.Ordinal) + 9)..].Split('\n',
            StringSplitOptions.RemoveEmptyEntries)[0].Trim();
        var file = new StringBuilder(before);
        var table = new StringBuilder("xref\n");
        foreach (var (number, value) in objects)
        {
            table.Append(CultureInfo.InvariantCulture, $"{number} 1\n{file.Length:D10} 00000 n \n");
            file.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{value}\nendobj\n");
        }

        var start = file.Length;
        file.Append(table).Append(CultureInfo.InvariantCulture,
            $"trailer\n<</Size 100/Root 1 0 R/Prev {previous}>>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    public static byte[] Replace(byte[] pdf, string what, string with)
    {
        var text = Encoding.Latin1.GetString(pdf);
        Assert.Contains(what, text, StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(text.Replace(what, with, StringComparison.Ordinal));
    }

    public static byte[] Qpdf(byte[] pdf, params string[] options)
    {
        using var judge = new Judge();
        var output = Path.Combine(judge.Folder, "out.pdf");
        judge.Run("qpdf", [.. options, judge.Save("in.pdf", pdf), output]).Succeeded();
        return File.ReadAllBytes(output);
    }

    public static string Text(int padding = 0)
    {
        var content = "BT /F1 18 Tf 40 100 Td (Approved: yes) Tj ET" + new string(' ', padding);
        return string.Create(CultureInfo.InvariantCulture, $"<</Length {content.Length}>>\nstream\n{content}\nendstream");
    }
}
