using System.Text;

namespace HaLong.Payments.Reconciliation;

/// <summary>Reads CSV line by line: commas, quoted cells with doubled quotes, no line breaks within a cell, strict UTF-8.</summary>
internal static class CsvRows
{
    private const int LongestLine = 4_000;
    // With its mark, so that the reader leaves out that of UTF-8; a mark of another encoding is no UTF-8 and refused as such.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    /// <summary>The lines that are not empty, with their number. A line that cannot be read is a fault and is left out.</summary>
    public static IEnumerable<(int Line, List<string> Cells)> Read(Stream content, Faults faults)
    {
        using var reader = new StreamReader(content, Utf8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        for (var line = 1; ReadLine(reader, line, faults) is { } text; line++)
        {
            if (text.Length == 0)
                continue;
            if (text.Length > LongestLine || Split(text) is not { } cells)
                faults.Add(line, "Dòng không đúng định dạng CSV.", "The line is not CSV.");
            else
                yield return (line, cells);
        }
    }

    private static string? ReadLine(StreamReader reader, int line, Faults faults)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (DecoderFallbackException)
        {
            faults.Add(line, "Tệp không phải UTF-8.", "The file is not UTF-8.");
            return null;
        }
    }

    private static List<string>? Split(string text)
    {
        var (cells, cell, at) = (new List<string>(), new StringBuilder(), 0);
        while (true)
        {
            if (at < text.Length && text[at] == '"')
            {
                for (at++; ; at++)
                {
                    if (at == text.Length)
                        return null;
                    if (text[at] == '"' && (++at == text.Length || text[at] != '"'))
                        break;
                    cell.Append(text[at]);
                }
            }
            else
            {
                for (; at < text.Length && text[at] != ','; at++)
                    cell.Append(text[at]);
            }
            cells.Add(cell.ToString());
            cell.Clear();
            if (at == text.Length)
                return cells;
            if (text[at++] != ',')
                return null;
        }
    }
}
