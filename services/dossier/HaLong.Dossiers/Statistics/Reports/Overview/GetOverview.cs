using System.Globalization;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Reports.Special;
using HaLong.Dossiers.Statistics.Sight;
using HaLong.Dossiers.Statistics.Waits;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Statistics.Cubes.Measure;

namespace HaLong.Dossiers.Statistics.Reports.Overview;

/// <summary>What the first screen of a leader needs, in one answer.</summary>
internal sealed class GetOverview(StatisticsSight sight, CubeReader cubes, WaitReader waits, NameBook names, TimeProvider time)
{
    private const int Slowest = 5, EnoughResults = 5, TrendMonths = 12;

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/overview", (string? unit, string? period, GetOverview handler, HttpContext http, CancellationToken ct) =>
            handler.HandleAsync(unit, period, http, ct))
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Today, this month, what is open and overdue, twelve months, and the slowest procedures (rights as for reports)")
        .WithDescription(
            "`period` is 2026-03, 2026-Q1 or 2026, this month where nothing is said. “Today” is the last day of a period that is over; " +
            "stocks are those at the end of that day; the months end with it. " +
            "The slowest procedures are those of the period with the longest median from filing to the result and at least five results.")
        .Answers<OverviewView>(200, 400, 401, 403);

    private async Task<IResult> HandleAsync(string? unit, string? period, HttpContext http, CancellationToken ct)
    {
        var today = LocalTime.Date(time.GetUtcNow());
        var query = new ReportQuery { Unit = unit, Period = period }.Read(TrendReport.Name, today);
        if (!query.IsSuccess)
            return query.Error.ToProblem();
        var units = await sight.UnitsAsync(unit, ct);
        if (!units.IsSuccess)
            return units.Error.ToProblem();
        http.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Ok(await ReadAsync(new ReportScope(query.Value, units.Value, today), ct));
    }

    private async Task<OverviewView> ReadAsync(ReportScope scope, CancellationToken ct)
    {
        var (day, last) = (scope.To, ReportPeriod.Month(scope.To).From);
        // A period has twelve months at most and ends in the last one: they are all there.
        DateOnly[] twelve = [.. Enumerable.Range(1 - TrendMonths, TrendMonths).Select(last.AddMonths)];
        // Each on a connection of its own.
        var trend = cubes.ReadAsync(scope.Slice(twelve[0], day, Dimension.Month), ct);
        var (today, slowest) = (cubes.ReadAsync(scope.Slice(day, day), ct), SlowestAsync(scope, ct));
        await Task.WhenAll(trend, today, slowest);
        var name = await names.OfAsync(Dimension.Procedure, ct);
        var months = (await trend).ToDictionary(r => r.Keys[0], r => r.Figures, StringComparer.Ordinal);
        Figures Of(DateOnly month) => months.GetValueOrDefault(Key(month), Figures.None);
        var stocks = Of(last);
        return new OverviewView(
            scope.Request.Unit, scope.From, scope.Request.To, day,
            Flow((await today)[0].Figures), Flow(Of(last)), Flow(twelve.Where(m => m >= scope.From).Aggregate(Figures.None, (sum, m) => sum + Of(m))),
            new StockView(stocks[StockNew], stocks[StockInProgress], stocks[StockSupplement], stocks[StockPayment], stocks[StockToHandOver]),
            new OverdueView(stocks[StockOverdue], stocks[StockStatisticallyOverdue], Percent.Of(stocks[StockOverdue], stocks[StockInProgress])),
            [.. twelve.Select(m => new MonthView(Key(m), Flow(Of(m))))],
            [.. (await slowest).Select(s => new SlowView(
                s.Code, name(s.Code), s.Wait.Count, s.Wait.P50Minutes, Percent.Days(s.Wait.P50Minutes), s.Wait.P90Minutes,
                Percent.Days(s.Wait.P90Minutes)))]);
    }

    // The longest median first, then the longest nine of ten.
    private async Task<IEnumerable<GroupWait>> SlowestAsync(ReportScope scope, CancellationToken ct)
    {
        var slice = new WaitSlice(scope.From, scope.To) { Units = scope.Units, Kind = StayKind.Whole, By = Dimension.Procedure };
        return (await waits.GroupsAsync(slice, null, ct)).Where(g => g.Wait.Count >= EnoughResults)
            .OrderByDescending(g => g.Wait.P50Minutes).ThenByDescending(g => g.Wait.P90Minutes).Take(Slowest);
    }

    private static string Key(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static FlowView Flow(Figures f) => new(
        f[Received], f[ReceivedOnline], Percent.Of(f[ReceivedOnline], f[Received]), f[Resolved], f[Early] + f[OnTime], f[Late],
        Percent.Of(f[Early] + f[OnTime], f[Resolved]),
        f[Returned]);
}

/// <param name="Unit">As asked; null: all that the caller sees.</param>
/// <param name="From">First day of the period.</param>
/// <param name="To">Its last day.</param>
/// <param name="Day">The last day that has figures.</param>
/// <param name="Today">Of that day.</param>
/// <param name="Month">From the first of its month.</param>
/// <param name="Period">Of the period.</param>
/// <param name="Stock">Open at the end of the day.</param>
/// <param name="Overdue">Of what is in progress.</param>
/// <param name="Months">Twelve, the last one with the day.</param>
/// <param name="Slowest">The slowest procedures, the slowest first.</param>
internal sealed record OverviewView(
    string? Unit, DateOnly From, DateOnly To, DateOnly Day, FlowView Today, FlowView Month, FlowView Period, StockView Stock, OverdueView Overdue,
    IReadOnlyList<MonthView> Months,
    IReadOnlyList<SlowView> Slowest);

/// <param name="InTime">Early and on time, of the resolved.</param>
internal sealed record FlowView(
    long Received, long ReceivedOnline, decimal? OnlineShare, long Resolved, long InTime, long Late, decimal? InTimeShare, long Returned);

internal sealed record StockView(long New, long InProgress, long Supplement, long Payment, long ToHandOver);

/// <param name="Legal">Past the promised day.</param>
/// <param name="Statistical">Past the day of Decision 766.</param>
/// <param name="Share">Of what is in progress, by the promised day.</param>
internal sealed record OverdueView(long Legal, long Statistical, decimal? Share);

internal sealed record MonthView(string Month, FlowView Figures);

internal sealed record SlowView(string Code, string Name, long Count, int P50Minutes, decimal P50Days, int P90Minutes, decimal P90Days);
