using System.Globalization;
using System.Text;

namespace HaLong.Dossiers.Statistics.Files;

/// <summary>
/// Tables as RFC 4180 says, for programs: figures plain, days as yyyy-MM-dd, nothing where there is nothing. UTF-8 with its mark, because
/// spreadsheets take it for another alphabet else.
/// </summary>
internal static class CsvWriter
{
    /// <summary>What a spreadsheet may take for a formula; also as Asian keyboards write it.</summary>
    private const string Commanding = "=+-@\t\r\n＝＋－＠";

    public static byte[] Write(IEnumerable<string> heads, IEnumerable<IEnumerable<object?>> rows)
    {
        var text = new StringBuilder();
        Line(text, heads);
        foreach (var row in rows)
            Line(text, row.Select(Plain));
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static string Plain(object? value) => value switch
    {
        null => "",
        string words => words.Length > 0 && Commanding.Contains(words[0], StringComparison.Ordinal) ? "'" + words : words,
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        decimal or double => ((IFormattable)value).ToString("0.##", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static void Line(StringBuilder text, IEnumerable<string> cells)
    {
        var first = true;
        foreach (var cell in cells)
        {
            if (!first)
                text.Append(',');
            first = false;
            if (cell.AsSpan().ContainsAny(",\"\r\n") || cell.StartsWith(' ') || cell.EndsWith(' '))
                text.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            else
                text.Append(cell);
        }

        text.Append("\r\n");
    }
}
