using System.Globalization;
using System.Text;
using HaLong.ServiceDefaults;
using SkiaSharp;

namespace HaLong.Identity.PersonalData;

/// <summary>A plain report on A4: a title, headings, paragraphs and named values, with page numbers. Text stays text, in embedded Noto Sans.</summary>
internal sealed class PdfReport : IDisposable
{
    private const float Width = 595.28f;
    private const float Height = 841.89f;
    private const float Margin = 56;
    private const float Size = 9.5f;
    private const float NameWidth = 150;

    private static readonly SKTypeface Regular = Load("NotoSans-Regular.ttf");
    private static readonly SKTypeface Bold = Load("NotoSans-Bold.ttf");

    private readonly SKDocument _document;
    private readonly SKPaint _ink = new() { Color = SKColors.Black, IsAntialias = true };
    private SKCanvas _canvas;
    private float _y;
    private int _page;

    private PdfReport(SKDocument document)
    {
        _document = document;
        _canvas = NewPage();
    }

    public static byte[] Render(string title, DateTimeOffset at, Action<PdfReport> write)
    {
        using var buffer = new MemoryStream();
        var metadata = new SKDocumentPdfMetadata
        {
            Title = title,
            Creator = "HaLongServices",
            Producer = "HaLongServices (Skia)",
            Creation = at.UtcDateTime,
            Modified = at.UtcDateTime,
            PdfA = true,
        };
        using (var document = SKDocument.CreatePdf(buffer, metadata))
        {
            using (var report = new PdfReport(document))
            {
                report.Lines(title, Bold, 14, Margin, Width - Margin);
                report.Lines(Moment(at), Regular, Size, Margin, Width - Margin);
                write(report);
            }

            document.EndPage();
            document.Close();
        }

        return buffer.ToArray();
    }

    /// <summary>A moment in local time, for people.</summary>
    public static string Moment(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, LocalTime.Zone).ToString("dd/MM/yyyy HH:mm:ss", CultureInfo.InvariantCulture);

    public void Heading(string text)
    {
        _y += 10;
        Lines(text, Bold, 11, Margin, Width - Margin);
        _y += 2;
    }

    public void Paragraph(string text) => Lines(text, Regular, Size, Margin, Width - Margin);

    /// <summary>A name and its value beside it.</summary>
    public void Pair(string name, string value)
    {
        EnsureRoom(Size * 1.4f);
        var (top, page) = (_y, _page);
        Lines(name, Bold, Size, Margin, Margin + NameWidth - 6);
        var bottom = _y;
        // A long name that went over to the next page takes its value there.
        _y = page == _page ? top : Margin;
        page = _page;
        Lines(value, Regular, Size, Margin + NameWidth, Width - Margin);
        _y = page == _page ? Math.Max(_y, bottom) : _y;
    }

    public void Dispose() => _ink.Dispose();

    private void Lines(string text, SKTypeface face, float size, float left, float right)
    {
        using var font = new SKFont(face, size) { Subpixel = true, Hinting = SKFontHinting.None };
        foreach (var line in Wrap(text, font, right - left))
        {
            EnsureRoom(size * 1.4f);
            _y += size * 1.05f;
            if (line.Length > 0)
                _canvas.DrawText(line, left, _y, SKTextAlign.Left, font, _ink);
            _y += size * 0.35f;
        }
    }

    private static List<string> Wrap(string text, SKFont font, float width)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.Normalize(NormalizationForm.FormC).ReplaceLineEndings("\n").Split('\n'))
        {
            var line = new StringBuilder();
            foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(w => Pieces(w, font, width)))
            {
                if (line.Length > 0 && font.MeasureText($"{line} {word}") > width)
                {
                    lines.Add(line.ToString());
                    line.Clear();
                }

                line.Append(line.Length == 0 ? "" : " ").Append(word);
            }

            lines.Add(line.ToString());
        }

        return lines;
    }

    // A word wider than the column, such as a hash, is cut.
    private static IEnumerable<string> Pieces(string word, SKFont font, float width)
    {
        while (font.MeasureText(word) > width && word.Length > 1)
        {
            var fit = Math.Clamp(font.BreakText(word, width), 1, word.Length - 1);
            yield return word[..fit];
            word = word[fit..];
        }

        yield return word;
    }

    private void EnsureRoom(float height)
    {
        if (_y + height <= Height - Margin)
            return;
        _document.EndPage();
        _canvas = NewPage();
    }

    private SKCanvas NewPage()
    {
        _y = Margin;
        var canvas = _document.BeginPage(Width, Height);
        using var font = new SKFont(Regular, 8);
        canvas.DrawText((++_page).ToString(CultureInfo.InvariantCulture), Width / 2, Height - (Margin / 2), SKTextAlign.Center, font, _ink);
        return canvas;
    }

    private static SKTypeface Load(string name)
    {
        using var stream = typeof(PdfReport).Assembly.GetManifestResourceStream("Fonts." + name)
            ?? throw new InvalidOperationException($"The embedded font {name} is missing.");
        return SKTypeface.FromStream(stream);
    }
}
