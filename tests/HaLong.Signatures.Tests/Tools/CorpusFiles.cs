using System.Globalization;
using System.Text;
using HaLong.Papers;
using HaLong.Signatures.Tests.Pdf;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>
/// Files of many producers and many defects: small ones lie in Data/corpus, the others are made when they are wanted. What is to become of each
/// stands in Data/corpus/expected.json.
/// </summary>
internal static class CorpusFiles
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Data", "corpus");

    private const string Catalog = "<</Type/Catalog/Pages 2 0 R>>";
    private const string Pages = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
    private const string Page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>";

    private static readonly Dictionary<string, Func<byte[]>> Made = new(StringComparer.Ordinal)
    {
        ["own-paper"] = () => PdfSheet.Render(Paper.A4, "Giấy hẹn", "UBND phường Hạ Long", DateTimeOffset.UnixEpoch, s => s.Text("Hẹn trả kết quả", 12)),
        // qpdf: the same content in other structures.
        ["qpdf-linearised"] = () => Qpdf("chromium-b", "--linearize"),
        ["qpdf-linearised-streams"] = () => Qpdf("chromium-b", "--linearize", "--object-streams=generate"),
        ["qpdf-object-streams"] = () => Qpdf("cairo-a", "--object-streams=generate"),
        ["qpdf-no-object-streams"] = () => Qpdf("pdf-lib-form", "--object-streams=disable"),
        ["qpdf-plain"] = () => Qpdf("chromium-a", "--qdf", "--object-streams=disable"),
        ["qpdf-uncompressed"] = () => Qpdf("cairo-a", "--stream-data=uncompress", "--object-streams=generate"),
        ["qpdf-version-2"] = () => Qpdf("chromium-a", "--force-version=2.0"),
        ["qpdf-version-1.3"] = () => Qpdf("pdf-lib-plain", "--force-version=1.3", "--object-streams=disable"),
        ["qpdf-turned"] = () => Qpdf("chromium-b", "--rotate=+90"),
        ["qpdf-empty-pages"] = () => Qpdf("united", "--pages", ".", "1", "--"),
        ["qpdf-deterministic"] = () => Qpdf("chromium-a", "--deterministic-id"),
        // Encrypted in every way.
        ["encrypted-40"] = () => Qpdf("pdf-lib-plain", "--allow-weak-crypto", "--encrypt", "u", "o", "40", "--"),
        ["encrypted-128"] = () => Qpdf("pdf-lib-plain", "--allow-weak-crypto", "--encrypt", "u", "o", "128", "--use-aes=n", "--"),
        ["encrypted-128-aes"] = () => Qpdf("pdf-lib-plain", "--allow-weak-crypto", "--encrypt", "u", "o", "128", "--use-aes=y", "--"),
        ["encrypted-256"] = () => Qpdf("pdf-lib-plain", "--encrypt", "u", "o", "256", "--"),
        ["encrypted-for-owner-only"] = () => Qpdf("pdf-lib-plain", "--encrypt", "", "o", "256", "--"),
        // Signed before.
        ["signed"] = () => SignatureRevisionTests.Sign(SamplePdfs.Of("skia")),
        ["signed-twice"] = () => SignatureRevisionTests.Sign(SignatureRevisionTests.Sign(SamplePdfs.Table())),
        ["signed-and-preserved"] = () => Archive.Preserve(Archive.Sign(data: Archive.Evidence()), Archive.Evidence()),
        ["signed-streams"] = () => SignatureRevisionTests.Sign(SamplePdfs.Of("object-streams")),
        ["certified-1"] = () => Certified(1),
        ["certified-2"] = () => Certified(2),
        ["certified-3"] = () => Certified(3),
        // Forms and what else hangs on a catalogue.
        ["form-empty-signature-field"] = () => SamplePdfs.Build(Catalog[..^2] + "/AcroForm<</Fields[4 0 R]>>>>", Pages, Page[..^2] + "/Annots[4 0 R]>>",
            "<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature1)/Rect[10 10 90 40]/P 3 0 R>>"),
        ["form-nested"] = () => SamplePdfs.Build(Catalog[..^2] + "/AcroForm<</Fields[4 0 R]>>>>", Pages, Page, "<</T(a)/Kids[5 0 R]>>", "<</T(b)/FT/Tx/Parent 4 0 R>>"),
        ["script-and-action"] = () => SamplePdfs.Build(Catalog[..^2] + "/OpenAction<</S/JavaScript/JS(1)>>/Names<<>>>>", Pages, Page),
        ["portfolio"] = () => SamplePdfs.Build(Catalog[..^2] + "/Collection<</View/T>>>>", Pages, Page),
        ["tagged"] = () => SamplePdfs.Build(Catalog[..^2] + "/MarkInfo<</Marked true>>/StructTreeRoot 4 0 R>>", Pages, Page, "<</Type/StructTreeRoot>>"),
        // Structure at its limits.
        ["pages-5000"] = () => Many(5000),
        ["revisions-50"] = () => Enumerable.Range(0, 50).Aggregate(SamplePdfs.Table(), (pdf, i) => SamplePdfs.Append(pdf, (6, $"({i})"))),
        ["hybrid"] = CrossReferencesTests.Hybrid,
        ["page-tree-of-60-levels"] = () => DeepPages(60),
        ["page-tree-of-70-levels"] = () => DeepPages(70),
        ["page-tree-in-a-circle"] = () => SamplePdfs.Build(Catalog, "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Pages/Kids[2 0 R]/Parent 2 0 R/Count 1>>"),
        ["page-tree-empty"] = () => SamplePdfs.Build(Catalog, "<</Type/Pages/Kids[]/Count 0>>"),
        ["arrays-of-90-levels"] = () => SamplePdfs.Build(Catalog, Pages, Page[..^2] + "/A " + new string('[', 90) + new string(']', 90) + ">>"),
        ["arrays-of-50000-levels"] = () => SamplePdfs.Build(Catalog, Pages, Page[..^2] + "/A " + new string('[', 50_000) + ">>"),
        ["object-stream-bomb"] = () => Bombs.ObjectStream(),
        ["objects-inside-each-other"] = () => Bombs.Entangled(),
        ["a-thousand-names-of-one-object"] = () => Bombs.SharedObject(),
        ["key-twice"] = () => SamplePdfs.Build("<</Type/Catalog/Pages 2 0 R/Pages 3 0 R>>", Pages, Page),
        ["null-objects"] = () => SamplePdfs.Build(Catalog, Pages, Page, "null", "null"),
        ["carriage-returns-only"] = () => CarriageReturns(),
        ["comments-everywhere"] = () => SamplePdfs.Build("%one\n<</Type%two\n/Catalog/Pages%three\n2 0 R>>%four", Pages, Page),
        // Broken.
        ["empty"] = () => [],
        ["header-only"] = () => "%PDF-1.7\n"u8.ToArray(),
        ["zeros"] = () => new byte[4096],
        ["word-document"] = () => "PK\u0003\u0004word/document.xml"u8.ToArray(),
        ["junk-before-header"] = () => [.. "junk\n"u8, .. SamplePdfs.Table()],
        ["junk-behind"] = () => [.. SamplePdfs.Table(), .. "<script>"u8],
        ["cut-in-half"] = () => Half(0.5),
        ["cut-at-nine-tenths"] = () => Half(0.9),
        ["cut-before-the-end-mark"] = () => SamplePdfs.Table()[..^6],
        ["cut-in-the-table"] = () => SamplePdfs.Table()[..^120],
        ["cut-in-the-newest-revision"] = () => SamplePdfs.Append(SamplePdfs.Table(), (6, "(new)"))[..^30],
        ["wrong-table-offset"] = () => SamplePdfs.Replace(SamplePdfs.Table(), "startxref\n", "startxref\n1"),
        ["wrong-object-offsets"] = () => SamplePdfs.Replace(SamplePdfs.Table(), "0000000015 00000 n", "0000000019 00000 n"),
        ["no-catalogue"] = () => SamplePdfs.Replace(SamplePdfs.Table(), "/Root 1 0 R", "/Root 9 0 R"),
        ["sections-in-a-circle"] = () => Circle(),
        ["stream-longer-than-the-file"] = () => SamplePdfs.Build(Catalog[..^2] + "/AcroForm 4 0 R>>", Pages, Page, "<</Length 99999>>\nstream\nx\nendstream"),
    };

    /// <summary>Names of all.</summary>
    public static IReadOnlyList<string> Names =>
        [.. Directory.GetFiles(Folder, "*.pdf").Select(f => Path.GetFileNameWithoutExtension(f)), .. Made.Keys, .. SamplePdfs.Names];

    public static string ExpectedJson => File.ReadAllText(Path.Combine(Folder, "expected.json"));

    public static byte[] Of(string name) => Made.TryGetValue(name, out var make) ? make()
        : SamplePdfs.Names.Contains(name) ? SamplePdfs.Of(name) : File.ReadAllBytes(Path.Combine(Folder, name + ".pdf"));

    private static byte[] Qpdf(string name, params string[] options)
    {
        using var judge = new Judge();
        var output = Path.Combine(judge.Folder, "out.pdf");
        // Code 3 is a warning about how the original was made.
        var verdict = judge.Run("qpdf", [.. options, judge.Save("in.pdf", Of(name)), output]);
        Assert.True(verdict.ExitCode is 0 or 3, verdict.Output);
        return File.ReadAllBytes(output);
    }

    private static byte[] Half(double share) => Of("chromium-b") is var pdf ? pdf[..(int)(pdf.Length * share)] : [];

    private static byte[] Certified(int level) => SamplePdfs.Build("<</Type/Catalog/Pages 2 0 R/Perms<</DocMDP 5 0 R>>>>", Pages, Page,
        $"<</Type/TransformParams/P {level}/V/1.2>>", "<</Type/Sig/Reference[<</TransformMethod/DocMDP/TransformParams 4 0 R>>]>>");

    private static byte[] Many(int pages) => SamplePdfs.Build(
    [
        Catalog, $"<</Type/Pages/Count {pages}/MediaBox[0 0 300 200]/Kids[{string.Join(' ', Enumerable.Range(3, pages).Select(i => $"{i} 0 R"))}]>>",
        .. Enumerable.Repeat("<</Type/Page/Parent 2 0 R/Resources<<>>>>", pages),
    ]);

    private static byte[] DeepPages(int levels) => SamplePdfs.Build(
    [
        Catalog, .. Enumerable.Range(3, levels).Select(i => $"<</Type/Pages/Count 1{(i > 3 ? $"/Parent {i - 2} 0 R" : "")}/Kids[{i} 0 R]>>"),
        $"<</Type/Page/Parent {levels + 1} 0 R/MediaBox[0 0 300 200]/Resources<<>>>>",
    ]);

    private static byte[] CarriageReturns()
    {
        // Same length, so that offsets stay; entries of the table keep their two characters.
        var text = Encoding.Latin1.GetString(SamplePdfs.Table()).Replace('\n', '\r');
        return Encoding.Latin1.GetBytes(text.Replace(" n \r", " n\r\n", StringComparison.Ordinal).Replace(" f \r", " f\r\n", StringComparison.Ordinal)
            .Replace("stream\rBT", "stream\nBT", StringComparison.Ordinal));
    }

    private static byte[] Circle()
    {
        var start = Encoding.Latin1.GetString(SamplePdfs.Table()).LastIndexOf("xref\n0", StringComparison.Ordinal);
        return SamplePdfs.Replace(SamplePdfs.Table(), "<</Size", string.Create(CultureInfo.InvariantCulture, $"<</Prev {start}/Size"));
    }
}
