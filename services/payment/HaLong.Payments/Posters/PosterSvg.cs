using System.Globalization;
using System.Security;
using System.Text;
using HaLong.Payments.VietQr;

namespace HaLong.Payments.Posters;

/// <summary>The poster as a drawing of A4 in millimetres, for who lays it out anew; its letters are those of the reader's computer.</summary>
internal static class PosterSvg
{
    private const double Side = 110, Middle = 105;

    public static string Render(PosterText poster)
    {
        var svg = new StringBuilder()
            .Append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"210mm\" height=\"297mm\" viewBox=\"0 0 210 297\" lang=\"vi\" role=\"img\" ")
            .Append(CultureInfo.InvariantCulture, $"aria-label=\"{Safe($"{PosterText.Title}: {poster.Unit}")}\" font-family=\"'Noto Sans', sans-serif\">")
            .Append("<rect width=\"210\" height=\"297\" fill=\"#fff\"/>");
        var y = 24d;
        Line(svg, poster.Unit, 6.5, y, bold: true);
        Line(svg, PosterText.Title, 9, y += 14, bold: true);
        Line(svg, PosterText.TitleEn, 4.6, y += 8, english: true);
        if (poster.Assumed)
            Line(svg, PosterText.Warning, 4.6, y += 7, bold: true);
        svg.Append(CultureInfo.InvariantCulture, $"<svg x=\"{Middle - Side / 2}\" y=\"{y + 3}\" width=\"{Side}\" height=\"{Side}\"{QrImage.Svg(poster.Code)[4..]}");
        y += Side + 6;
        foreach (var (label, english, value) in poster.Lines)
            Line(svg, $"{label} ({english}): {value}", 5, y += 7.5, bold: true);
        y += 4;
        foreach (var (i, step) in PosterText.Steps.Index())
        {
            Line(svg, $"{i + 1}. {step.Vi}", 3.9, y += 8, left: true);
            Line(svg, step.En, 3.3, y += 5, left: true, english: true);
        }
        return svg.Append("</svg>").ToString();
    }

    private static void Line(StringBuilder svg, string text, double size, double y, bool bold = false, bool left = false, bool english = false) => svg.Append(
        CultureInfo.InvariantCulture,
        $"<text x=\"{(left ? 16 : Middle)}\" y=\"{y}\" font-size=\"{size}\"{(left ? "" : " text-anchor=\"middle\"")}{(bold ? " font-weight=\"bold\"" : "")}{(english ? " lang=\"en\"" : "")}>{Safe(text)}</text>");

    private static string Safe(string text) => SecurityElement.Escape(text);
}
