using System.Globalization;
using HaLong.Dossiers.Register.Xlsx;
using HaLong.Dossiers.Statistics.Reports;

namespace HaLong.Dossiers.Statistics.Files;

/// <summary>A report as a spreadsheet: figures that can be counted with, totals in bold, notes below.</summary>
internal static class ReportSheet
{
    private const int NameLength = 31, Narrow = 12, Wide = 45, RowsAtOnce = 1000;

    public static async Task<byte[]> WriteAsync(ReportTable table, string unit, ReportWords words, DateTimeOffset now, CancellationToken ct)
    {
        using var target = new MemoryStream();
        var title = words.Title(table);
        var about = new XlsxSheet(
            SheetName(title), title, $"{table.TitleVi} / {table.TitleEn}", "HaLongServices", now,
                [.. table.Columns.Select((c, i) => (words.Head(c), WidthOf(table, i, words)))])
        {
            Subtitle = $"{words.Period(table.From, table.To)} · {unit} · {words.MadeAt(now)}",
        };
        await using (var book = await XlsxWriter.BeginAsync(target, about, ct))
        {
            foreach (var rows in table.Rows.Chunk(RowsAtOnce))
            {
                foreach (var row in rows)
                    book.Row([.. row.Zip(table.Columns, (value, column) => CellOf(value, column.Format, total: false))]);
                await book.FlushAsync(ct);
            }

            if (table.Totals is { } totals)
                book.Row([.. totals.Zip(table.Columns, (value, column) => CellOf(value, column.Format, total: true))]);
            if (table.Notes.Count > 0)
                book.Row();
            foreach (var (vi, en) in table.Notes)
                book.Row(new Cell(words.Say(vi, en), null, CellStyle.Plain));
        }

        return target.ToArray();
    }

    private static Cell CellOf(object? value, ReportFormat format, bool total) => value switch
    {
        null => new Cell("", null, total ? CellStyle.TotalText : CellStyle.Text),
        DateOnly day => Cell.Of(day, total ? CellStyle.TotalDate : CellStyle.Date),
        sbyte or short or int or long or float or double or decimal when format is not (ReportFormat.Text or ReportFormat.Date) =>
            Cell.Of(Convert.ToDouble(value, CultureInfo.InvariantCulture) / (format == ReportFormat.Percent ? 100 : 1), StyleOf(format, total)),
        // What replaces a figure, e.g. that it is too small to be shown, is a text as well.
        _ => Cell.Of(Convert.ToString(value, CultureInfo.InvariantCulture)) is { Style: CellStyle.Text } text && total
            ? text with { Style = CellStyle.TotalText }
            : Cell.Of(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };

    private static CellStyle StyleOf(ReportFormat format, bool total) => format switch
    {
        ReportFormat.Percent => total ? CellStyle.TotalPercent : CellStyle.Percent,
        ReportFormat.Days => total ? CellStyle.TotalDays : CellStyle.Days,
        ReportFormat.Money => total ? CellStyle.TotalMoney : CellStyle.Money,
        _ => total ? CellStyle.TotalCount : CellStyle.Count,
    };

    private static int WidthOf(ReportTable table, int column, ReportWords words) => Math.Clamp(
        table.Rows.Take(RowsAtOnce).Append(table.Totals ?? []).Where(r => r.Count > column).Select(r =>
            words.Show(r[column], table.Columns[column].Format).Length)
            .DefaultIfEmpty(0).Max() + 2,
        Narrow, Wide);

    // Programs refuse longer names and these letters.
    private static string SheetName(string title)
    {
        var clean = new string([.. title.Where(c => !"[]:*?/\\'".Contains(c, StringComparison.Ordinal))]);
        return clean.Length <= NameLength ? clean : clean[..NameLength].TrimEnd();
    }
}
