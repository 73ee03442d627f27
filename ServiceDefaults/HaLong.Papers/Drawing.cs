using System.Globalization;
using System.Text;
using HaLong.Papers.Pdf;
using QRCoder;

namespace HaLong.Papers;

/// <summary>
/// Text and a QR code in a box, to be put into a file that somebody else made: operators and fonts, as a form XObject wants them. Places are
/// points from the upper left corner.
/// </summary>
public sealed class Drawing(float width, float height)
{
    private const float Leading = 1.3f;

    private readonly StringBuilder content = new();
    private readonly SortedSet<char> used = [];

    /// <summary>Width of the box, points.</summary>
    public float Width => width;

    /// <summary>Height of the box, points.</summary>
    public float Height => height;

    /// <summary>What draws it; ASCII.</summary>
    public byte[] Content => Encoding.ASCII.GetBytes(content.ToString());

    /// <summary>A thin line around the box.</summary>
    public void Frame() => content.Append(CultureInfo.InvariantCulture,
        $"0 G 0.5 w 0.25 0.25 {PdfObjects.Number(width - 0.5f)} {PdfObjects.Number(height - 0.5f)} re S\n");

    /// <summary>
    /// Lines of text, each wrapped, in letters as large as fit; what does not fit in the smallest ones is left out, and an ellipsis says so.
    /// </summary>
    /// <param name="lines">What is written.</param>
    /// <param name="x">Left edge.</param>
    /// <param name="y">Upper edge.</param>
    /// <param name="right">Right edge.</param>
    /// <param name="bottom">Lower edge.</param>
    /// <param name="largest">Size of letters where there is room.</param>
    /// <param name="smallest">Size below which nobody reads them.</param>
    public void Text(IReadOnlyList<string> lines, float x, float y, float right, float bottom, float largest = 9, float smallest = 4.5f)
    {
        var size = largest;
        List<string> rows;
        while ((rows = Wrap(size)).Count * size * Leading > bottom - y && size > smallest)
            size -= 0.25f;
        var fit = Math.Max(1, (int)((bottom - y) / (size * Leading)));
        if (rows.Count > fit)
            rows = [.. rows.Take(fit - 1), Shorten(rows[fit - 1], size)];
        foreach (var row in rows.Select(r => r.TrimEnd()))
        {
            used.UnionWith(row);
            content.Append(CultureInfo.InvariantCulture, $"BT 0 g/{PdfFont.Regular.Key} {PdfObjects.Number(size)} Tf 1 0 0 1 {PdfObjects.Number(x)} ")
                .Append(CultureInfo.InvariantCulture, $"{PdfObjects.Number(height - y - size)} Tm<{PdfFontWriter.Encode(PdfFont.Regular, row)}>Tj ET\n");
            y += size * Leading;
        }

        List<string> Wrap(float at) => [.. lines.SelectMany(line => Lines.Wrap(line, PdfFont.Regular, at, right - x))];

        string Shorten(string row, float at)
        {
            row = row.TrimEnd();
            while (row.Length > 0 && PdfFont.Regular.Measure(row + "…", at) > right - x)
                row = row[..^1];
            return row + "…";
        }
    }

    /// <summary>A QR code as vector squares, with its quiet zone.</summary>
    public void Qr(string text, float x, float y, float side)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var modules = code.ModuleMatrix;
        var cell = side / modules.Count;
        content.Append("0 g\n");
        for (var row = 0; row < modules.Count; row++)
            for (var from = 0; from < modules.Count; from++)
            {
                var to = from;
                while (to < modules.Count && modules[row][to])
                    to++;
                if (to > from)
                    content.Append(CultureInfo.InvariantCulture, $"{x + from * cell:0.###} {height - y - (row + 1) * cell:0.###} {(to - from) * cell:0.###} {cell:0.###} re\n");
                from = to;
            }
        content.Append("f\n");
    }

    /// <summary>Writes what the drawing needs; gives its resources.</summary>
    /// <param name="add">Writes an object, gives its number; generations are 0.</param>
    /// <param name="addPacked">Writes a stream by the entries of its dictionary, without length and filter, and its compressed content.</param>
    public string Resources(Func<string, int> add, Func<string, byte[], int> addPacked)
    {
        var fonts = used.Count == 0 ? "" : $"/Font<</{PdfFont.Regular.Key} {PdfFontWriter.Write(add, addPacked, PdfFont.Regular, used)} 0 R>>";
        return $"<<{fonts}{TaggedPdf.Gray}>>";
    }

    /// <summary>Compresses as <see cref="Resources"/> does.</summary>
    public static byte[] Pack(byte[] bytes) => PdfObjects.Pack(bytes);
}
