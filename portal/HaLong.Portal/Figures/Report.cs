using System.Globalization;
using System.Text.Json;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Figures;

/// <summary>A report that there is.</summary>
/// <param name="By">What its rows can be, the usual first.</param>
/// <param name="Measures">What it can be about; empty where there is no choice.</param>
public sealed record ReportKind(string Name, string Title, IReadOnlyList<string> By, IReadOnlyList<ReportMeasure> Measures);

public sealed record ReportMeasure(string Key, string Title, bool Share);

/// <summary>A report: columns, rows with values by the keys of the columns, totals.</summary>
public sealed record Report(
    string Name, string Title, DateOnly From, DateOnly To, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> Rows,
    IReadOnlyDictionary<string, JsonElement>? Totals, IReadOnlyList<string> Notes);

/// <summary>A column.</summary>
/// <param name="Format">text, count, percent, days, money or date.</param>
public sealed record ReportColumn(string Key, string Title, string Format)
{
    public bool IsNumber => Format is "count" or "percent" or "days" or "money";
}

/// <summary>What a report is asked for besides unit and period.</summary>
public sealed record ReportChoice(string? By, string? Measure, string? Procedure, string? Field, string? Level, string? Source)
{
    public (string, string?)[] Query => [("by", By), ("measure", Measure), ("procedure", Procedure), ("field", Field), ("level", Level), ("source", Source)];
}

public sealed record ReportsModel(Asked Asked, Answer<IReadOnlyList<ReportKind>> Kinds);

public sealed record ReportModel(Asked Asked, string Name, ReportKind? Kind, ReportChoice Choice, Answer<Report> Report);

/// <summary>Values and rows of reports as people read them.</summary>
internal static class ReportText
{
    private const int MostBars = 15;

    public static decimal? Number(IReadOnlyDictionary<string, JsonElement> row, string key) =>
        row.TryGetValue(key, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : null;

    public static string Of(IReadOnlyDictionary<string, JsonElement> row, ReportColumn column)
    {
        if (!row.TryGetValue(column.Key, out var value) || value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return "–";
        return (column.Format, value.ValueKind) switch
        {
            ("percent", JsonValueKind.Number) => Numbers.Percent(value.GetDecimal()),
            ("money", JsonValueKind.Number) => Money.Of((long)value.GetDecimal()),
            (_, JsonValueKind.Number) => Numbers.Of(value.GetDecimal()),
            ("date", _) when DateOnly.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var day) => Days.Of(day),
            _ => value.ToString(),
        };
    }

    /// <summary>What a row is called.</summary>
    public static string Label(Report report, IReadOnlyDictionary<string, JsonElement> row) =>
        (report.Columns.FirstOrDefault(c => c.Key is "name" or "month") ?? report.Columns.FirstOrDefault(c => c.Format == "text")) is { } column ? Of(row, column) : "";

    /// <summary>What rows are, in words.</summary>
    public static string By(string by) => by switch
    {
        "unit" => Text.Bilingual("Đơn vị", "Unit"),
        "level" => Text.Bilingual("Cấp", "Level"),
        "procedure" => Text.Bilingual("Thủ tục", "Procedure"),
        "field" => Text.Bilingual("Lĩnh vực", "Field"),
        "source" => Text.Bilingual("Nguồn tiếp nhận", "Source"),
        "hand" => Text.Bilingual("Người nộp", "Filed by"),
        "helper" => Text.Bilingual("Đơn vị hỗ trợ", "Helping unit"),
        "month" => Text.Bilingual("Tháng", "Month"),
        _ => by,
    };

    /// <summary>Months as lines with the year before; everything else as bars of its first share, else of its first count.</summary>
    public static IReadOnlyList<Chart> Charts(Report report) => report.Columns.Any(c => c.Key == "month") && report.Rows.Count > 1 ? [.. Trends(report)] : Bars(report) is { } bars ? [bars] : [];

    private static IEnumerable<Chart> Trends(Report report)
    {
        var months = report.Rows.Select(r => Label(report, r)).ToList();
        foreach (var (column, n) in report.Columns.Where(c => report.Columns.Any(o => o.Key == c.Key + "YearBefore")).Select((c, n) => (c, n)))
        {
            yield return new Chart($"trend-{n}", column.Title, Text.Bilingual("Tháng", "Month"), months,
                [
                    new(Text.Bilingual("Kỳ này", "Now"), [.. report.Rows.Select(r => Number(r, column.Key))]),
                    new(Text.Bilingual("Cùng kỳ năm trước", "The year before"), [.. report.Rows.Select(r => Number(r, column.Key + "YearBefore"))]),
                ], column.Format == "percent");
        }
    }

    private static Chart? Bars(Report report)
    {
        // Before and after stand side by side.
        var after = report.Columns.FirstOrDefault(c => c.Key.EndsWith("After", StringComparison.Ordinal) && c.Format == "percent");
        var before = after is null ? null : report.Columns.FirstOrDefault(c => c.Key == string.Concat(after.Key.AsSpan(0, after.Key.Length - "After".Length), "Before"));
        var main = after ?? report.Columns.FirstOrDefault(c => c.Format == "percent") ?? report.Columns.FirstOrDefault(c => c.Format == "days")
            ?? report.Columns.FirstOrDefault(c => c is { Format: "count", Key: not "rank" });
        if (main is null || report.Rows.Count == 0)
            return null;
        var rows = report.Rows.Take(MostBars).ToList();
        var columns = before is null ? [main] : new[] { main, before };
        return new Chart("bars", rows.Count < report.Rows.Count ? $"{main.Title} ({Text.Bilingual($"{rows.Count} dòng đầu", $"first {rows.Count}")})" : main.Title,
            Text.Bilingual("Dòng", "Row"), [.. rows.Select(r => Label(report, r))],
            [.. columns.Select(c => new ChartSeries(c.Title, [.. rows.Select(r => Number(r, c.Key))]))], main.Format == "percent");
    }
}
