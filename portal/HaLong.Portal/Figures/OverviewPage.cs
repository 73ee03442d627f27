using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Figures;

/// <summary>What the first screen of a leader shows.</summary>
/// <param name="Day">The last day that has figures.</param>
public sealed record Overview(
    DateOnly From, DateOnly To, DateOnly Day, Flow Today, Flow Month, Flow Period, Stock Stock, Overdue Overdue, IReadOnlyList<MonthFlow> Months, IReadOnlyList<Slow> Slowest);

public sealed record Flow(long Received, long ReceivedOnline, decimal? OnlineShare, long Resolved, long InTime, long Late, decimal? InTimeShare, long Returned);

public sealed record Stock(long New, long InProgress, long Supplement, long Payment, long ToHandOver);

public sealed record Overdue(long Legal, long Statistical, decimal? Share);

public sealed record MonthFlow(string Month, Flow Figures);

public sealed record Slow(string Code, string Name, long Count, decimal P50Days, decimal P90Days);

/// <summary>The overview, and when it was read.</summary>
public sealed record OverviewModel(Asked Asked, Answer<Overview> Overview, Answer<IReadOnlyList<IndexMonth>> Index, DateTimeOffset AsOf);

/// <summary><c>/figures</c>: the day, the month, the period, what is open and overdue, twelve months, the slowest procedures.</summary>
internal static class OverviewPage
{
    public static void Map(RouteGroupBuilder group) => group.MapGet("", ShowAsync);

    private static async Task<IResult> ShowAsync(string? unit, string? period, ApiClient api, TimeProvider time, HttpContext context, CancellationToken ct)
    {
        var asking = Asked.ReadAsync(unit, period, api, context, ct);
        var overview = api.GetAsync<Overview>(Query.Of("statistics/overview", ("unit", unit), ("period", period)), ct);
        var index = api.GetAsync<IReadOnlyList<IndexMonth>>(Query.Of("index766/history?months=12", ("unit", unit)), ct);
        var answer = await overview;
        return Otherwise.Of(answer, context) ?? Pages.Of<ShowOverview>(new OverviewModel(await asking, answer, await index, time.GetUtcNow()), (int)answer.Status);
    }

    public static Chart Flows(Overview overview) => new(
        "flows", Text.Bilingual("Tiếp nhận và giải quyết theo tháng", "Received and resolved by month"), Text.Bilingual("Tháng", "Month"), [.. overview.Months.Select(m => m.Month)],
        [
            new(Text.Bilingual("Tiếp nhận", "Received"), [.. overview.Months.Select(m => (decimal?)m.Figures.Received)]),
            new(Text.Bilingual("Giải quyết", "Resolved"), [.. overview.Months.Select(m => (decimal?)m.Figures.Resolved)]),
        ]);

    public static Chart Shares(Overview overview) => new(
        "shares", Text.Bilingual("Đúng hạn và trực tuyến theo tháng", "In time and online by month"), Text.Bilingual("Tháng", "Month"), [.. overview.Months.Select(m => m.Month)],
        [
            new(Text.Bilingual("Trước và đúng hạn", "Early and on time"), [.. overview.Months.Select(m => m.Figures.InTimeShare)]),
            new(Text.Bilingual("Nộp trực tuyến", "Filed online"), [.. overview.Months.Select(m => m.Figures.OnlineShare)]),
        ], Percent: true);

    public static Chart Stocks(Stock stock) => new(
        "stocks", Text.Bilingual("Đang ở đâu", "Where they are"), Text.Bilingual("Trạng thái", "State"),
        [
            Text.Bilingual("Chờ tiếp nhận", "Waiting for acceptance"), Text.Bilingual("Đang giải quyết", "In progress"), Text.Bilingual("Chờ bổ sung", "To be completed"),
            Text.Bilingual("Chờ nộp tiền", "To be paid"), Text.Bilingual("Chờ trả kết quả", "To be handed over"),
        ],
        [new(Text.Bilingual("Hồ sơ", "Dossiers"), [stock.New, stock.InProgress, stock.Supplement, stock.Payment, stock.ToHandOver])]);
}
