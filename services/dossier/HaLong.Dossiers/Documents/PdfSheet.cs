using System.Text;
using QRCoder;
using SkiaSharp;

namespace HaLong.Dossiers.Documents;

/// <summary>Paper in points (1/72 inch), with its margin.</summary>
internal sealed record Paper(float Width, float Height, float Margin)
{
    public static readonly Paper A4 = new(595.28f, 841.89f, 56);
    public static readonly Paper A5 = new(419.53f, 595.28f, 34);
    public static readonly Paper A4Landscape = new(841.89f, 595.28f, 34);
}

/// <summary>A column of a table: title, share of the width, alignment.</summary>
internal sealed record Column(string Title, float Share, SKTextAlign Align = SKTextAlign.Left);

/// <summary>
/// A paper form written from top to bottom; begins a new page when the old one is full. Text stays text, with the
/// embedded Noto Sans, so that it can be searched and read aloud. PDF/A-2b as far as Skia writes it.
/// </summary>
internal sealed partial class PdfSheet : IDisposable
{
    private static readonly SKTypeface Regular = Load("NotoSans-Regular.ttf");
    private static readonly SKTypeface Bold = Load("NotoSans-Bold.ttf");

    private const int LongQr = 300;

    private readonly SKDocument document;
    private readonly Paper paper;
    private readonly SKPaint ink = new() { Color = SKColors.Black, IsAntialias = true };
    private readonly SKPaint line = new() { Color = SKColors.Black, Style = SKPaintStyle.Stroke, StrokeWidth = 0.5f };
    private SKCanvas canvas;

    private PdfSheet(SKDocument document, Paper paper)
    {
        this.document = document;
        this.paper = paper;
        canvas = document.BeginPage(paper.Width, paper.Height);
        Y = paper.Margin;
    }

    /// <summary>Where the next thing goes.</summary>
    public float Y { get; set; }

    public float Left => paper.Margin;
    public float Right => paper.Width - paper.Margin;
    public float Width => Right - Left;

    /// <summary>Writes a document. Each writing has an id of its own, so bytes are made once and kept, never made again.</summary>
    public static byte[] Render(Paper paper, string title, string author, DateTimeOffset at, Action<PdfSheet> write)
    {
        using var buffer = new MemoryStream();
        var metadata = new SKDocumentPdfMetadata
        {
            Title = title,
            Author = author,
            Creator = "HaLongServices",
            Producer = "HaLongServices (Skia)",
            Creation = at.UtcDateTime,
            Modified = at.UtcDateTime,
            PdfA = true,
        };
        using (var document = SKDocument.CreatePdf(buffer, metadata))
        {
            using (var sheet = new PdfSheet(document, paper))
                write(sheet);
            document.EndPage();
            document.Close();
        }
        return buffer.ToArray();
    }

    public void Space(float height) => Y += height;

    /// <summary>Lines of text, wrapped to the width between <paramref name="left"/> and <paramref name="right"/>.</summary>
    public void Text(string text, float size, bool bold = false, SKTextAlign align = SKTextAlign.Left, float? left = null, float? right = null)
    {
        using var font = Font(size, bold);
        var (from, to) = (left ?? Left, right ?? Right);
        foreach (var row in Wrap(text, font, to - from))
        {
            EnsureRoom(size * 1.4f);
            Y += size * 1.05f;
            Draw(row, font, align, from, to);
            Y += size * 0.35f;
        }
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
        canvas.DrawLine(middle - length / 2, Y + 1, middle + length / 2, Y + 1, line);
        Y += 4;
    }

    /// <summary>A table with a border around each cell; the heads come again on each new page.</summary>
    public void Table(IReadOnlyList<Column> columns, IReadOnlyList<IReadOnlyList<string>> rows, float size)
    {
        Row(columns, [.. columns.Select(c => c.Title)], size, bold: true);
        foreach (var row in rows)
        {
            if (Row(columns, row, size, bold: false, probe: true))
            {
                NewPage();
                Row(columns, [.. columns.Select(c => c.Title)], size, bold: true);
            }
            Row(columns, row, size, bold: false);
        }
    }

    /// <summary>A QR code as vector squares, upper left corner at the given place.</summary>
    public void Qr(string text, float x, float y, float side)
    {
        using var generator = new QRCodeGenerator();
        // A signed statement is long: fewer spare bits, larger squares.
        using var code = generator.CreateQrCode(text, text.Length > LongQr ? QRCodeGenerator.ECCLevel.L : QRCodeGenerator.ECCLevel.M);
        var modules = code.ModuleMatrix;
        var cell = side / modules.Count;
        using var path = new SKPath();
        for (var row = 0; row < modules.Count; row++)
            for (var column = 0; column < modules.Count; column++)
                if (modules[row][column])
                    path.AddRect(SKRect.Create(x + column * cell, y + row * cell, cell, cell));
        canvas.DrawPath(path, ink);
    }

    /// <summary>Begins a new page unless so much room is left.</summary>
    public void EnsureRoom(float height)
    {
        if (Y + height > paper.Height - paper.Margin)
            NewPage();
    }

    public void Dispose()
    {
        ink.Dispose();
        line.Dispose();
    }

    private static SKFont Font(float size, bool bold) => new(bold ? Bold : Regular, size) { Subpixel = true, Hinting = SKFontHinting.None };

    private static SKTypeface Load(string name)
    {
        using var stream = typeof(PdfSheet).Assembly.GetManifestResourceStream($"Fonts.{name}")
            ?? throw new InvalidOperationException($"The embedded font {name} is missing.");
        return SKTypeface.FromStream(stream);
    }

    private static List<string> Wrap(string text, SKFont font, float width)
    {
        var rows = new List<string>();
        foreach (var paragraph in text.Normalize(NormalizationForm.FormC).ReplaceLineEndings("\n").Split('\n'))
        {
            var row = "";
            foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var longer = row.Length == 0 ? word : $"{row} {word}";
                if (row.Length > 0 && font.MeasureText(longer) > width)
                {
                    rows.Add(row);
                    longer = word;
                }
                row = longer;
                // A word wider than the column (a code, a URL) is cut.
                while (font.MeasureText(row) > width && row.Length > 1)
                {
                    var fit = row.Length - 1;
                    while (fit > 1 && font.MeasureText(row[..fit]) > width)
                        fit--;
                    rows.Add(row[..fit]);
                    row = row[fit..];
                }
            }
            rows.Add(row);
        }
        return rows;
    }

    private bool Row(IReadOnlyList<Column> columns, IReadOnlyList<string> cells, float size, bool bold, bool probe = false)
    {
        using var font = Font(size, bold);
        var wrapped = cells.Select((cell, i) => Wrap(cell, font, Width * columns[i].Share - 6)).ToList();
        var height = wrapped.Max(c => c.Count) * size * 1.4f + 5;
        if (probe)
            return Y + height > paper.Height - paper.Margin;
        var (x, top) = (Left, Y);
        for (var i = 0; i < columns.Count; i++)
        {
            var width = Width * columns[i].Share;
            canvas.DrawRect(SKRect.Create(x, top, width, height), line);
            Y = top + 2;
            foreach (var row in wrapped[i])
            {
                Y += size * 1.05f;
                Draw(row, font, bold ? SKTextAlign.Center : columns[i].Align, x + 3, x + width - 3);
                Y += size * 0.35f;
            }
            x += width;
        }
        Y = top + height;
        return false;
    }

    private void Draw(string row, SKFont font, SKTextAlign align, float from, float to)
    {
        if (row.Length == 0)
            return;
        var x = align switch { SKTextAlign.Center => (from + to) / 2, SKTextAlign.Right => to, _ => from };
        canvas.DrawText(row, x, Y, align, font, ink);
    }

    private void NewPage()
    {
        Foot();
        page++;
        document.EndPage();
        canvas = document.BeginPage(paper.Width, paper.Height);
        Y = paper.Margin;
    }
}
