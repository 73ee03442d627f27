using System.Collections;
using HaLong.Dossiers.Papers.Pdf;
using QRCoder;

namespace HaLong.Dossiers.Papers;

/// <summary>Paper in points (1/72 inch), with its margin.</summary>
internal sealed record Paper(float Width, float Height, float Margin)
{
    public static readonly Paper A4 = new(595.28f, 841.89f, 56);
    public static readonly Paper A5 = new(419.53f, 595.28f, 34);
    public static readonly Paper A4Landscape = new(841.89f, 595.28f, 34);
}

internal enum Align { Left, Center, Right }

/// <summary>
/// A paper form written from top to bottom; begins a new page when the old one is full, and numbers pages when there are several. Text stays
/// text, said to be what it is, so that it can be searched and read aloud.
/// </summary>
internal sealed class PdfSheet
{
    public const float QrSide = 113.4f;
    private const float Leading = 1.4f, NumberSize = 7;

    private readonly TaggedPdf pdf = new();
    private readonly Paper paper;
    private readonly int total;
    private readonly bool numbered;

    private PdfSheet(Paper paper, int total, bool numbered)
    {
        (this.paper, this.total, this.numbered) = (paper, total, numbered);
        NewPage();
    }

    /// <summary>Where the next thing goes.</summary>
    public float Y { get; set; }

    public float Left => paper.Margin;
    public float Right => paper.Width - paper.Margin;
    public float Width => Right - Left;
    public float Bottom => paper.Height - paper.Margin;

    /// <summary>Room of a page for text.</summary>
    public float Body => Bottom - paper.Margin;

    /// <summary>Writes a document; when <paramref name="numbered"/>, a single page has its number too. The same content gives the same bytes.</summary>
    public static byte[] Render(Paper paper, string title, string author, DateTimeOffset at, Action<PdfSheet> write, bool numbered = false)
    {
        // How many pages there are is known when all are written: then once more, with their numbers.
        var sheet = Write(paper, 1, numbered, write);
        if (sheet.pdf.Pages > 1)
            sheet = Write(paper, sheet.pdf.Pages, numbered, write);
        return sheet.pdf.Finish(new PdfInfo(OneLine(title), OneLine(author), at));
    }

    public void Space(float height) => Y += height;

    public void Heading(string text, float size) => Text(text, size, true, Align.Center, tag: "H1");

    /// <summary>Lines of text, wrapped to the width between <paramref name="left"/> and <paramref name="right"/>.</summary>
    public void Text(string text, float size, bool bold = false, Align align = Align.Left, float? left = null, float? right = null, string tag = "P")
    {
        var font = FontOf(bold);
        var (from, to) = (left ?? Left, right ?? Right);
        pdf.Tags.Begin(tag);
        foreach (var row in Lines.Wrap(text, font, size, to - from))
        {
            EnsureRoom(size * Leading);
            Draw(row, font, size, align, from, to);
        }
        pdf.Tags.End();
    }

    /// <summary>Two blocks side by side, e.g. the two heads of a form; goes on below the longer one.</summary>
    public void SideBySide(Action<float, float> first, Action<float, float> second, float share = 0.5f)
    {
        var top = Y;
        var middle = Left + Width * share;
        first(Left, middle - 4);
        var bottom = Y;
        Y = top;
        second(middle + 4, Right);
        Y = Math.Max(Y, bottom);
    }

    /// <summary>A line under the last text, centred between two edges.</summary>
    public void Rule(float from, float to, float length)
    {
        var middle = (from + to) / 2;
        pdf.Line(middle - length / 2, Y + 1, middle + length / 2, Y + 1);
        Y += 4;
    }

    /// <summary>A table with a border around each cell; the heads come again on each new page.</summary>
    public void Table(IReadOnlyList<Column> columns, IReadOnlyList<IReadOnlyList<string>> rows, float size) =>
        new PdfTable(this, pdf, columns, size).Write(rows);

    /// <summary>A QR code as vector squares, upper left corner at the given place.</summary>
    public void Qr(string text, float x, float y, float side)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.L);
        var modules = code.ModuleMatrix;
        var cell = side / modules.Count;
        var box = string.Join(' ', new[] { x, paper.Height - y - side, x + side, paper.Height - y }.Select(PdfObjects.Number));
        pdf.Tags.Begin("Figure", $"/Alt {PdfObjects.Text("Mã QR để tra cứu và kiểm tra giấy này")}/A<</O/Layout/BBox[{box}]>>");
        pdf.Fill(from row in Enumerable.Range(0, modules.Count)
                 from run in Runs(modules[row])
                 select (x + run.From * cell, y + row * cell, run.Length * cell, cell));
        pdf.Tags.End();
    }

    /// <summary>Dark squares beside each other are one: half as many to draw.</summary>
    private static IEnumerable<(int From, int Length)> Runs(BitArray row)
    {
        for (var at = 0; at < row.Count; at++)
        {
            var from = at;
            while (at < row.Count && row[at])
                at++;
            if (at > from)
                yield return (from, at - from);
        }
    }

    /// <summary>Begins a new page unless so much room is left.</summary>
    public void EnsureRoom(float height)
    {
        if (Y + height > Bottom)
            NewPage();
    }

    public void NewPage()
    {
        pdf.AddPage(paper.Width, paper.Height);
        Y = paper.Margin;
        if (total > 1 || numbered)
            pdf.Decorate(() => Place($"Trang {pdf.Pages}/{total}", PdfFont.Regular, NumberSize, Align.Right, Left, Right, paper.Height - paper.Margin * 0.55f));
    }

    /// <summary>A line of cleaned text; goes on below it.</summary>
    public void Draw(string row, PdfFont font, float size, Align align, float from, float to)
    {
        Place(row, font, size, align, from, to, Y + size * 1.05f);
        Y += size * Leading;
    }

    public static PdfFont FontOf(bool bold) => bold ? PdfFont.Bold : PdfFont.Regular;

    private static PdfSheet Write(Paper paper, int total, bool numbered, Action<PdfSheet> write)
    {
        var sheet = new PdfSheet(paper, total, numbered);
        write(sheet);
        return sheet;
    }

    private static string OneLine(string text) => PdfFont.Clean(text).Replace('\n', ' ');

    private void Place(string row, PdfFont font, float size, Align align, float from, float to, float baseLine)
    {
        if (row.Length == 0)
            return;
        var width = font.Measure(row.AsSpan().TrimEnd(), size);
        var x = align switch { Align.Center => (from + to - width) / 2, Align.Right => to - width, _ => from };
        pdf.Text(row, font, size, x, baseLine);
    }
}
