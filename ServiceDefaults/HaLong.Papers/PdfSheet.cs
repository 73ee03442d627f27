using System.Collections;
using HaLong.Papers.Pdf;
using QRCoder;

namespace HaLong.Papers;

/// <summary>Paper in points (1/72 inch), with its margin.</summary>
public sealed record Paper(float Width, float Height, float Margin)
{
    /// <summary>210 × 297 mm.</summary>
    public static readonly Paper A4 = new(595.28f, 841.89f, 56);

    /// <summary>148 × 210 mm.</summary>
    public static readonly Paper A5 = new(419.53f, 595.28f, 34);

    /// <summary>297 × 210 mm.</summary>
    public static readonly Paper A4Landscape = new(841.89f, 595.28f, 34);
}

/// <summary>Where a text stands between two edges.</summary>
public enum Align
{
    /// <summary>At the left edge.</summary>
    Left,

    /// <summary>In the middle.</summary>
    Center,

    /// <summary>At the right edge.</summary>
    Right,
}

/// <summary>
/// A paper form written from top to bottom; begins a new page when the old one is full, and numbers pages when there are several. Text stays
/// text, said to be what it is, so that it can be searched and read aloud.
/// </summary>
public sealed class PdfSheet
{
    /// <summary>Usual side of a QR code, points (4 cm).</summary>
    public const float QrSide = 113.4f;

    /// <summary>The language of the sheet; what is said in another names it.</summary>
    public const string Vietnamese = "vi-VN";

    private const float Leading = 1.4f, NumberSize = 7;

    private readonly TaggedPdf pdf = new();
    private readonly Paper paper;
    private readonly int total;
    private readonly bool numbered;
    private readonly string language;

    private PdfSheet(Paper paper, int total, bool numbered, string language)
    {
        (this.paper, this.total, this.numbered, this.language) = (paper, total, numbered, language);
        NewPage();
    }

    /// <summary>Where the next thing goes.</summary>
    public float Y { get; set; }

    /// <summary>Left edge of the text, points.</summary>
    public float Left => paper.Margin;

    /// <summary>Right edge of the text, points.</summary>
    public float Right => paper.Width - paper.Margin;

    /// <summary>From edge to edge, points.</summary>
    public float Width => Right - Left;

    /// <summary>Where a page ends for text, points.</summary>
    public float Bottom => paper.Height - paper.Margin;

    /// <summary>Room of a page for text.</summary>
    public float Body => Bottom - paper.Margin;

    /// <summary>
    /// Writes a document, in Vietnamese unless said; when <paramref name="numbered"/>, a single page has its number too. The same content gives the same bytes.
    /// </summary>
    public static byte[] Render(
        Paper paper, string title, string author, DateTimeOffset at, Action<PdfSheet> write, bool numbered = false, string language = Vietnamese)
    {
        // How many pages there are is known when all are written: then once more, with their numbers.
        var sheet = Write(paper, 1, numbered, language, write);
        if (sheet.pdf.Pages > 1)
            sheet = Write(paper, sheet.pdf.Pages, numbered, language, write);
        return sheet.pdf.Finish(new PdfInfo(OneLine(title), OneLine(author), at) { Language = language });
    }

    /// <summary>Leaves room, points.</summary>
    public void Space(float height) => Y += height;

    /// <summary>The heading of the paper, bold and centred.</summary>
    public void Heading(string text, float size) => Text(text, size, true, Align.Center, tag: "H1");

    /// <summary>Lines of text, wrapped to the width between <paramref name="left"/> and <paramref name="right"/>.</summary>
    /// <param name="text">What is written.</param>
    /// <param name="size">Of the letters, points.</param>
    /// <param name="bold">Bold letters.</param>
    /// <param name="align">Where lines stand between the edges.</param>
    /// <param name="left">Left edge; that of the sheet when left out.</param>
    /// <param name="right">Right edge; that of the sheet when left out.</param>
    /// <param name="tag">What it is for who hears it read: P, H1, H2.</param>
    /// <param name="language">When it is not that of the sheet, e.g. en.</param>
    public void Text(
        string text, float size, bool bold = false, Align align = Align.Left, float? left = null, float? right = null, string tag = "P", string? language = null)
    {
        var font = FontOf(bold);
        var (from, to) = (left ?? Left, right ?? Right);
        pdf.Tags.Begin(tag, language is null || language == this.language ? "" : $"/Lang({language})");
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

    /// <summary>A table with a border around each cell; the heads come again on each new page. Totals are a last row in bold.</summary>
    public void Table(IReadOnlyList<Column> columns, IReadOnlyList<IReadOnlyList<string>> rows, float size, IReadOnlyList<string>? totals = null) =>
        new PdfTable(this, pdf, columns, size).Write(rows, totals);

    /// <summary>A QR code as vector squares, upper left corner at the given place.</summary>
    /// <param name="text">What it holds.</param>
    /// <param name="x">From the left, points.</param>
    /// <param name="y">From the top, points.</param>
    /// <param name="side">With its quiet zone, points.</param>
    /// <param name="says">What it is, for who hears the paper read.</param>
    /// <param name="sturdy">Still reads with a quarter of it lost (level Q): for what hangs on a wall. Without, it holds more (level L).</param>
    public void Qr(string text, float x, float y, float side, string says = "Mã QR để tra cứu và kiểm tra giấy này", bool sturdy = false)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, sturdy ? QRCodeGenerator.ECCLevel.Q : QRCodeGenerator.ECCLevel.L);
        var modules = code.ModuleMatrix;
        var cell = side / modules.Count;
        var box = string.Join(' ', new[] { x, paper.Height - y - side, x + side, paper.Height - y }.Select(PdfObjects.Number));
        pdf.Tags.Begin("Figure", $"/Alt {PdfObjects.Text(says)}/A<</O/Layout/BBox[{box}]>>");
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

    /// <summary>Goes on at the top of a new page.</summary>
    public void NewPage()
    {
        pdf.AddPage(paper.Width, paper.Height);
        Y = paper.Margin;
        if (total > 1 || numbered)
            pdf.Decorate(() => Place($"{(language == Vietnamese ? "Trang" : "Page")} {pdf.Pages}/{total}", PdfFont.Regular, NumberSize, Align.Right, Left, Right, paper.Height - paper.Margin * 0.55f));
    }

    /// <summary>A line of cleaned text; goes on below it.</summary>
    internal void Draw(string row, PdfFont font, float size, Align align, float from, float to)
    {
        Place(row, font, size, align, from, to, Y + size * 1.05f);
        Y += size * Leading;
    }

    internal static PdfFont FontOf(bool bold) => bold ? PdfFont.Bold : PdfFont.Regular;

    private static PdfSheet Write(Paper paper, int total, bool numbered, string language, Action<PdfSheet> write)
    {
        var sheet = new PdfSheet(paper, total, numbered, language);
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
