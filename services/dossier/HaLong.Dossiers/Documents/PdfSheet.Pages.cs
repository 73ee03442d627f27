using SkiaSharp;

namespace HaLong.Dossiers.Documents;

// Pages that say which of how many they are.
internal sealed partial class PdfSheet
{
    private const float FootSize = 9;

    private bool numbered;
    private int page = 1, pages;

    /// <summary>Writes a document with “Trang x/y” at the foot of each page: laid out twice, the first time to count.</summary>
    public static byte[] RenderNumbered(Paper paper, string title, string author, DateTimeOffset at, Action<PdfSheet> write)
    {
        var counted = 0;
        Render(paper, title, author, at, sheet =>
        {
            write(sheet);
            counted = sheet.page;
        });
        return Render(paper, title, author, at, sheet =>
        {
            (sheet.numbered, sheet.pages) = (true, counted);
            write(sheet);
            sheet.Foot();
        });
    }

    private void Foot()
    {
        if (!numbered)
            return;
        using var font = Font(FootSize, bold: false);
        var y = paper.Height - paper.Margin / 2;
        canvas.DrawText($"Trang {page}/{pages}", paper.Width / 2, y, SKTextAlign.Center, font, ink);
    }
}
