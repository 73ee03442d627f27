using System.Globalization;
using System.Text;
using static HaLong.Papers.Pdf.PdfObjects;

namespace HaLong.Papers.Pdf;

/// <summary>
/// A PDF of text, lines and squares in black. Every piece belongs to a part of the tag tree or is marked as decoration. Places are points from
/// the upper left corner; texts are cleaned before.
/// </summary>
internal sealed class TaggedPdf
{
    // Gray that means the same everywhere, so that no profile is needed.
    public const string Gray = "/ColorSpace<</DefaultGray[/CalGray<</WhitePoint[0.9505 1 1.089]/Gamma 2.2>>]>>";

    private readonly List<(float Width, float Height, StringBuilder Content)> pages = [];
    private readonly Dictionary<PdfFont, SortedSet<char>> used = new() { [PdfFont.Regular] = [], [PdfFont.Bold] = [] };
    private int decorating;

    public TagTree Tags { get; } = new();

    public int Pages => pages.Count;

    public void AddPage(float width, float height)
    {
        pages.Add((width, height, new StringBuilder()));
        Tags.AddPage();
    }

    /// <summary>What is drawn meanwhile is not read out: borders, page numbers, repeated heads.</summary>
    public void Decorate(Action draw)
    {
        decorating++;
        draw();
        decorating--;
    }

    /// <summary>A line of text; <paramref name="y"/> is its base line.</summary>
    public void Text(string text, PdfFont font, float size, float x, float y)
    {
        used[font].UnionWith(text);
        Draw($"BT/{font.Key} {Number(size)} Tf 1 0 0 1 {Number(x)} {Up(y)} Tm<{PdfFontWriter.Encode(font, text)}>Tj ET");
    }

    public void Line(float fromX, float fromY, float toX, float toY) =>
        Decorate(() => Draw($"0.5 w {Number(fromX)} {Up(fromY)} m {Number(toX)} {Up(toY)} l S"));

    public void Box(float x, float y, float width, float height) =>
        Decorate(() => Draw($"0.5 w {Number(x)} {Up(y + height)} {Number(width)} {Number(height)} re S"));

    /// <summary>Filled rectangles as one picture.</summary>
    public void Fill(IEnumerable<(float X, float Y, float Width, float Height)> boxes)
    {
        var path = new StringBuilder();
        foreach (var (x, y, width, height) in boxes)
            path.Append(CultureInfo.InvariantCulture, $"{Fine(x)} {Fine(pages[^1].Height - y - height)} {Fine(width)} {Fine(height)} re\n");
        Draw(path.Append('f').ToString());
    }

    public byte[] Finish(PdfInfo info)
    {
        var objects = new PdfObjects();
        var fonts = string.Concat(used.Where(u => u.Value.Count > 0).Select(u => $"/{u.Key.Key} {PdfFontWriter.Write(objects, u.Key, u.Value)} 0 R"));
        var tree = objects.Reserve();
        var ids = pages.ConvertAll(_ => objects.Reserve());
        foreach (var (i, page) in pages.Index())
        {
            var content = objects.AddStream("", Encoding.ASCII.GetBytes(page.Content.ToString()));
            objects.Put(ids[i], $"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {Number(page.Width)} {Number(page.Height)}]/Tabs/S/StructParents {i}"
                + $"/Resources<</Font<<{fonts}>>{Gray}>>/Contents {content} 0 R>>");
        }
        objects.Put(tree, $"<</Type/Pages/Count {ids.Count}/Kids[{string.Join(' ', ids.Select(id => $"{id} 0 R"))}]>>");
        var tags = Tags.Write(objects, ids);
        var metadata = objects.AddStream("/Type/Metadata/Subtype/XML", info.Xmp(), packed: false);
        var catalogue = objects.Add($"<</Type/Catalog/Pages {tree} 0 R/Metadata {metadata} 0 R/StructTreeRoot {tags} 0 R/MarkInfo<</Marked true>>/Lang({info.Language})"
            + "/ViewerPreferences<</DisplayDocTitle true>>>>");
        return objects.Finish(catalogue, objects.Add(info.Dictionary()));
    }

    private void Draw(string operators)
    {
        var mark = decorating > 0 || Tags.Current is null ? "/Artifact BMC" : $"/{Tags.Current}<</MCID {Tags.Mark()}>>BDC";
        pages[^1].Content.Append(CultureInfo.InvariantCulture, $"{mark} {operators} EMC\n");
    }

    private string Up(float y) => Number(pages[^1].Height - y);

    private static string Fine(float value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
