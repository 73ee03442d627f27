using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Reports.Cube;
using HaLong.Dossiers.Statistics.Reports.Special;
using HaLong.Dossiers.Statistics.Sight;
using HaLong.Dossiers.Statistics.Units;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Reports;

/// <summary>Makes every report: checks what is asked and who asks, and gives the table.</summary>
internal sealed class ReportShelf(
    StatisticsSight sight, UnitBook book, CubeReportMaker cubes, WaitsReport waits, RankingReport ranking, TrendReport trend,
    ReorganisationReport reorganisation, ReportTelemetry telemetry, TimeProvider time)
{
    public static readonly IReadOnlyList<string> Names =
        [.. CubeReports.All.Select(r => r.Name), WaitsReport.Name, RankingReport.Name, TrendReport.Name, ReorganisationReport.Name];

    /// <summary>What rows of a report can be; empty where it has its own.</summary>
    public static IReadOnlyList<string> ByOf(string name) => CubeReports.Named(name)?.By ?? (name == WaitsReport.Name ? WaitsReport.By : []);

    public static (string Vi, string En) TitleOf(string name) => name switch
    {
        WaitsReport.Name => WaitsReport.Title,
        RankingReport.Name => RankingReport.Title,
        TrendReport.Name => TrendReport.Title,
        ReorganisationReport.Name => ReorganisationReport.Title,
        _ => CubeReports.Named(name) is { } report ? (report.TitleVi, report.TitleEn) : (name, name),
    };

    /// <summary>The table; DOS-0825 for a name that is none, DOS-0826 with all defects, 403 for units that are not the caller's.</summary>
    public async Task<Result<ReportTable>> MakeAsync(ReportRequest request, CancellationToken ct)
    {
        if (!Names.Contains(request.Name, StringComparer.Ordinal))
            return ReportErrors.NoSuchReport;
        var today = LocalTime.Date(time.GetUtcNow());
        var defects = new Defects();
        Check(request, today, defects);
        if (defects.Error is { } error)
            return error;
        var units = request.Sight is { } given ? Result.Of(given.Units) : await sight.UnitsAsync(request.Unit, ct);
        if (!units.IsSuccess)
            return units.Error;

        using var activity = DossierTelemetry.Source.StartActivity("statistics.report");
        activity?.SetTag("report.name", request.Name);
        var start = time.GetTimestamp();
        var made = await MakeAsync(new ReportScope(request, await book.OrAllAsync(units.Value, ct), today), ct);
        if (made.IsSuccess)
            telemetry.Made(made.Value, time.GetElapsedTime(start));
        return made;
    }

    /// <summary>Of units that were decided before: a schedule's; null for all.</summary>
    public Task<Result<ReportTable>> MakeAsync(ReportRequest request, IReadOnlyList<string>? units, CancellationToken ct) =>
        MakeAsync(request with { Sight = new ReportSight(units) }, ct);

    /// <summary>What is wrong with a request, but for who asks.</summary>
    public static void Check(ReportRequest request, DateOnly today, Defects defects)
    {
        ReportPeriod.Check(request.From, request.To, today, defects);
        var by = ByOf(request.Name);
        if (request.By is { } asked && !by.Contains(asked, StringComparer.Ordinal))
            defects.Add("by", by.Count > 0 ? $"Một trong: {string.Join(", ", by)}." : "Báo cáo này không nhóm theo lựa chọn.",
                by.Count > 0 ? $"One of: {string.Join(", ", by)}." : "The rows of this report cannot be chosen.");
        CheckMeasure(request, defects);
        Code("unit", request.Unit, 20, defects);
        Code("procedure", request.Procedure, 32, defects);
        Code("field", request.Field, 40, defects);
        OneOf("level", request.Level, ["province", "district", "commune"], defects);
        OneOf("source", request.Source, IntakeSource.All, defects);
        OneOf("hand", request.Hand, CubeReports.Named(request.Name)?.Hand is { } only ? [only] : FilingHand.All, defects);
        Unused(request, defects);
        if (request.Name == ReorganisationReport.Name && (request.On ?? ReorganisationReport.July2025) is var on && request.From < on)
            defects.Add("from", $"Kỳ phải bắt đầu từ ngày sắp xếp {on:dd/MM/yyyy}.",
                $"The period must not begin before the reorganisation on {on:yyyy-MM-dd}.");
    }

    private static void CheckMeasure(ReportRequest request, Defects defects)
    {
        if (request.Measure is null)
            return;
        if (request.Name is not (RankingReport.Name or TrendReport.Name))
            defects.Add("measure", "Chỉ dùng cho báo cáo xếp hạng và diễn biến.", "For ranking and trend only.");
        else if (request.Name == RankingReport.Name ? !MeasureBook.All.ContainsKey(request.Measure) : !IsTrend(TrendReport.MeasuresOf(request.Measure)))
            defects.Add("measure", $"Không có chỉ tiêu này. Các chỉ tiêu: {Known}.", $"No such measure. Measures are: {Known}.");
    }

    private static string Known => string.Join(", ", MeasureBook.All.Keys.Order(StringComparer.Ordinal));

    private static bool IsTrend(string[] measures) =>
        measures.Length is > 0 and <= 10 && measures.Distinct(StringComparer.Ordinal).Count() == measures.Length && measures.All(MeasureBook.All.ContainsKey);

    // A limit that a report does not know would silently count too much.
    private static void Unused(ReportRequest r, Defects defects)
    {
        (string Name, object? Value, bool Known)[] limits =
        [
            ("procedure", r.Procedure, r.Name != ReorganisationReport.Name), ("field", r.Field, Sliced(r)), ("level", r.Level, Sliced(r)),
            ("source", r.Source, Sliced(r)),
            ("hand", r.Hand, Sliced(r)), ("on", r.On, r.Name == ReorganisationReport.Name),
        ];
        foreach (var (name, _, _) in limits.Where(l => l is { Value: not null, Known: false }))
            defects.Add(name, "Báo cáo này không lọc theo mục này.", "This report cannot be limited by this.");
    }

    private static bool Sliced(ReportRequest request) => request.Name is not (WaitsReport.Name or ReorganisationReport.Name);

    private static void Code(string name, string? code, int most, Defects defects)
    {
        if (code is not null && (code.Length == 0 || code.Length > most || !code.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')))
            defects.Add(name, "Mã không hợp lệ.", "Not a code.");
    }

    private static void OneOf(string name, string? value, IReadOnlyList<string> words, Defects defects)
    {
        if (value is not null && !words.Contains(value, StringComparer.Ordinal))
            defects.Add(name, $"Một trong: {string.Join(", ", words)}.", $"One of: {string.Join(", ", words)}.");
    }

    private async Task<Result<ReportTable>> MakeAsync(ReportScope scope, CancellationToken ct) => scope.Request.Name switch
    {
        WaitsReport.Name => await waits.MakeAsync(scope, ct),
        RankingReport.Name => await ranking.MakeAsync(scope, ct),
        TrendReport.Name => await trend.MakeAsync(scope, ct),
        ReorganisationReport.Name => await reorganisation.MakeAsync(scope, ct),
        var name => await cubes.MakeAsync(CubeReports.Named(name)!, scope, ct), // every other name is one of them
    };
}
