using System.Text.Json;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Reports;

/// <summary>A report in JSON; each row has its values by the keys of the columns.</summary>
/// <param name="Name">Which report.</param>
/// <param name="Title">In the language of the request.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Columns">In order.</param>
/// <param name="Rows">Values by column; null is a dash.</param>
/// <param name="Totals">Of all rows; null where the report has none.</param>
/// <param name="Notes">In the language of the request.</param>
internal sealed record ReportView(
    string Name, string Title, DateOnly From, DateOnly To, IReadOnlyList<ReportView.ColumnView> Columns, IReadOnlyList<IReadOnlyDictionary<string,
    object?>> Rows,
    IReadOnlyDictionary<string, object?>? Totals, IReadOnlyList<string> Notes)
{
    /// <param name="Key">Of the values.</param>
    /// <param name="Title">In the language of the request.</param>
    /// <param name="Format">text, count, percent, days, money or date.</param>
    internal sealed record ColumnView(string Key, string Title, string Format);

    public static ReportView Of(ReportTable table) => new(
        table.Name, Text.Bilingual(table.TitleVi, table.TitleEn), table.From, table.To,
        [.. table.Columns.Select(c => new ColumnView(c.Key, Text.Bilingual(c.Vi, c.En), JsonNamingPolicy.CamelCase.ConvertName(c.Format.ToString())))],
        [.. table.Rows.Select(r => Named(table, r))], table.Totals is { } totals ? Named(table, totals) : null,
        [.. table.Notes.Select(n => Text.Bilingual(n.Vi, n.En))]);

    private static Dictionary<string, object?> Named(ReportTable table, IReadOnlyList<object?> values) =>
        table.Columns.Zip(values).ToDictionary(p => p.First.Key, p => p.Second, StringComparer.Ordinal);
}
