using HaLong.Papers.Pdf;

namespace HaLong.Papers;

/// <summary>Breaks text into lines.</summary>
internal static class Lines
{
    /// <summary>
    /// The cleaned text in lines of at most this width. A line that goes on in the next one ends with a space, for who copies it or hears it read; a
    /// word wider than the line (a code, a link) is cut.
    /// </summary>
    public static List<string> Wrap(string text, PdfFont font, float size, float width)
    {
        var rows = new List<string>();
        foreach (var paragraph in PdfFont.Clean(text).Split('\n'))
        {
            var row = "";
            foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var longer = row.Length == 0 ? word : $"{row} {word}";
                if (row.Length > 0 && font.Measure(longer, size) > width)
                {
                    rows.Add(row + " ");
                    longer = word;
                }
                row = longer;
                while (row.Length > 1 && font.Measure(row, size) > width)
                {
                    var fit = Fit(row, font, size, width);
                    rows.Add(row[..fit]);
                    row = row[fit..];
                }
            }
            rows.Add(row);
        }
        return rows;
    }

    /// <summary>How many letters from the left fit, at least one.</summary>
    private static int Fit(string row, PdfFont font, float size, float width)
    {
        var (fit, used) = (0, 0f);
        while (fit < row.Length - 1 && (used += font.Measure(row.AsSpan(fit, 1), size)) <= width)
            fit++;
        return Math.Max(fit, 1);
    }
}
