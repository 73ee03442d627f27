using System.Globalization;
using HaLong.Dossiers.Statistics.Cubes;

namespace HaLong.Dossiers.Statistics.Reports.Special;

/// <summary>Month by month, beside the same days of the year before.</summary>
internal sealed class TrendReport(CubeReader cubes)
{
    public const string Name = "trend", Default = "received,onlineShare,resolved,inTimeShare";

    public static readonly (string Vi, string En) Title = ("Diễn biến theo tháng, so với cùng kỳ", "Trend by month, with the year before");

    private static readonly (string Vi, string En) Note = (
        "Chênh lệch của tỷ lệ tính bằng điểm phần trăm; tháng chưa hết được so với cùng số ngày của năm trước.",
        "Changes of shares are in percentage points; an unfinished month is compared with the same days of the year before.");

    public async Task<ReportTable> MakeAsync(ReportScope scope, CancellationToken ct)
    {
        var measures = MeasuresOf(scope.Request.Measure).Select(m => MeasureBook.All[m]).ToList();
        var now = await MonthsAsync(scope, scope.From, scope.To, ct);
        var before = await MonthsAsync(scope, YearBefore(scope.From), LastYearBefore(scope.To), ct);
        var rows = new List<IReadOnlyList<object?>>();
        for (var month = scope.From.AddDays(1 - scope.From.Day); month <= scope.To; month = month.AddMonths(1))
        {
            var (figures, earlier) = (now.GetValueOrDefault(KeyOf(month), Figures.None), before.GetValueOrDefault(KeyOf(month.AddYears(-1)), Figures.None));
            rows.Add([KeyOf(month), .. measures.SelectMany(m => Values(m, figures, earlier))]);
        }

        return new ReportTable(
            Name, Title.Vi, Title.En, scope.From, scope.Request.To, [new("month", "Tháng", "Month", ReportFormat.Text), .. measures.SelectMany(Columns)],
            rows, null,
            [Note, .. scope.Unfinished]);
    }

    public static string[] MeasuresOf(string? asked) => (asked ?? Default).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    internal static DateOnly YearBefore(DateOnly day) => day.AddYears(-1);

    /// <summary>The same day a year before; the end of February stays the end.</summary>
    internal static DateOnly LastYearBefore(DateOnly day) => day.AddDays(1).Day == 1 ? day.AddDays(1).AddYears(-1).AddDays(-1) : day.AddYears(-1);

    private static string KeyOf(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private async Task<Dictionary<string, Figures>> MonthsAsync(ReportScope scope, DateOnly from, DateOnly to, CancellationToken ct) =>
        (await cubes.ReadAsync(scope.Slice(from, to, Dimension.Month), ct)).ToDictionary(r => r.Keys[0], r => r.Figures, StringComparer.Ordinal);

    private static IEnumerable<ReportColumn> Columns(NamedMeasure m)
    {
        yield return new(m.Key, m.Vi, m.En, m.Format);
        if (m.Of is not null)
        {
            yield return new(m.Key + "Part", m.Vi + ": tử số", m.En + ": numerator", ReportFormat.Count);
            yield return new(m.Key + "Of", m.Vi + ": mẫu số", m.En + ": denominator", ReportFormat.Count);
        }

        yield return new(m.Key + "YearBefore", m.Vi + ": cùng kỳ năm trước", m.En + ": year before", m.Format);
        if (m.Of is not null)
        {
            yield return new(m.Key + "PartYearBefore", m.Vi + ": tử số cùng kỳ", m.En + ": numerator the year before", ReportFormat.Count);
            yield return new(m.Key + "OfYearBefore", m.Vi + ": mẫu số cùng kỳ", m.En + ": denominator the year before", ReportFormat.Count);
        }

        yield return new(m.Key + "Change", m.Vi + ": chênh lệch", m.En + ": change", m.Format);
    }

    private static object?[] Values(NamedMeasure m, Figures now, Figures before)
    {
        if (m.Of is null)
            return [m.Part(now), m.Part(before), m.Part(now) - m.Part(before)];
        var (value, earlier) = ((decimal?)m.Value(now), (decimal?)m.Value(before));
        return [value, m.Part(now), m.Of(now), earlier, m.Part(before), m.Of(before), value - earlier];
    }
}
