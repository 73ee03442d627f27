using HaLong.Dossiers.Statistics.Reports;
using HaLong.Papers;

namespace HaLong.Dossiers.Statistics.Files;

/// <summary>A report on A4, across: heads on every page, pages numbered, tagged so that it can be read aloud.</summary>
internal static class ReportPaper
{
    private const int Longest = 40, Shortest = 7, Sampled = 1000;

    public static byte[] Write(ReportTable table, string unit, ReportWords words, DateTimeOffset now)
    {
        var title = words.Title(table);
        var language = words.Language == ReportWords.En ? "en" : PdfSheet.Vietnamese;
        var rows = table.Rows.Select(r => Cells(r, table, words)).ToList();
        var totals = table.Totals is { } t ? Cells(t, table, words) : null;
        return PdfSheet.Render(
            Paper.A4Landscape, $"{title}, {words.Period(table.From, table.To)}", unit, now,
            sheet =>
            {
                sheet.Text(unit, 10, true, Align.Center);
                sheet.Space(2);
                sheet.Heading(title, 15);
                sheet.Text(words.Period(table.From, table.To), 11, align: Align.Center);
                sheet.Text(words.MadeAt(now), 8, align: Align.Center);
                sheet.Space(8);
                sheet.Table(ColumnsOf(table, rows, totals, words), rows, SizeFor(table.Columns.Count), totals);
                if (rows.Count == 0)
                    sheet.Text(words.Say("Không có số liệu trong kỳ.", "There are no figures in this period."), 9);
                sheet.Space(6);
                foreach (var (vi, en) in table.Notes)
                    sheet.Text(words.Say(vi, en), 8);
            },
            numbered: true, language);
    }

    private static string[] Cells(IReadOnlyList<object?> row, ReportTable table, ReportWords words) =>
        [.. row.Zip(table.Columns, (value, column) => words.Show(value, column.Format))];

    private static float SizeFor(int columns) => columns switch
    {
        <= 8 => 9,
        <= 12 => 8,
        <= 16 => 7,
        _ => 6,
    };

    // Each column gets as much as its longest text wants, within reason.
    private static Column[] ColumnsOf(ReportTable table, List<string[]> rows, string[]? totals, ReportWords words)
    {
        var wants = table.Columns.Select((column, i) => Math.Clamp(
            rows.Take(Sampled).Append(totals ?? []).Where(r => r.Length > i).Select(r => r[i].Length).Append(words.Head(column).Split(' ').Max(w =>
                w.Length)).Max(),
            Shortest, Longest)).ToList();
        return [.. table.Columns.Zip(wants, (column, wanted) =>
            new Column(words.Head(column), (float)wanted / wants.Sum(), column.Format is ReportFormat.Text ? Align.Left : Align.Right))];
    }
}
