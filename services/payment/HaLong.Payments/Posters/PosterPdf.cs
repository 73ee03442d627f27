using HaLong.Papers;

namespace HaLong.Payments.Posters;

/// <summary>The poster as a page of A4 for the printer.</summary>
internal static class PosterPdf
{
    /// <summary>Wide enough to be read from the other side of a counter (11 cm).</summary>
    private const float Side = 312;

    public static byte[] Render(PosterText poster, DateTimeOffset at) => PdfSheet.Render(Paper.A4, $"{PosterText.Title}: {poster.Unit}", poster.Unit, at, sheet => Write(sheet, poster));

    private static void Write(PdfSheet sheet, PosterText poster)
    {
        sheet.Text(poster.Unit, 18, true, Align.Center);
        sheet.Space(6);
        sheet.Heading(PosterText.Title, 24);
        sheet.Text(PosterText.TitleEn, 13, align: Align.Center, language: "en");
        if (poster.Assumed)
            sheet.Text(PosterText.Warning, 13, true, Align.Center);
        sheet.Qr(poster.Code, sheet.Left + (sheet.Width - Side) / 2, sheet.Y, Side, "Mã VietQR của tài khoản thu", sturdy: true);
        sheet.Space(Side);
        foreach (var (label, english, value) in poster.Lines)
            sheet.Text($"{label} ({english}): {value}", 14, true, Align.Center);
        sheet.Space(10);
        foreach (var (i, step) in PosterText.Steps.Index())
        {
            sheet.Text($"{i + 1}. {step.Vi}", 12);
            sheet.Text(step.En, 10, left: sheet.Left + 16, language: "en");
        }
    }
}
