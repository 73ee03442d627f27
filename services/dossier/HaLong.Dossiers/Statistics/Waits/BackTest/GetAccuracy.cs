using HaLong.Dossiers.Features;
using HaLong.Dossiers.Statistics.Sight;
using HaLong.Dossiers.Statistics.Waits.Expected;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Waits.BackTest;

/// <summary>How well the expected wait held: for leaders, who must know whether people can rely on what they are told.</summary>
internal static class GetAccuracy
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/api/v1/statistics/expected-wait/accuracy", HandleAsync)
        .RequireAuthorization(Policies.Staff)
        .WithTags("Statistics")
        .WithSummary("How often dossiers were ready within what was expected when they were filed, week by week")
        .WithDescription("For leaders, chiefs and approvers of the unit, auditors and administrators. "
            + "`period`: 2026, 2026-Q4 or 2026-11; without one the last twelve months. Of the weeks that begin in it and are over, as of last night (`asOf`).")
        .Answers<Accuracy>(200, 400, 403);

    private static async Task<IResult> HandleAsync(
        string? unit, string? procedure, string? period, StatisticsSight sight, AccuracyReader accuracy, ExpectedWaits waits, TimeProvider time,
        CancellationToken ct)
    {
        if (DaySpan.Parse(period, LocalTime.Date(time.GetUtcNow())) is not { } span)
            return DaySpan.NotAPeriod.ToProblem();
        var units = await sight.UnitsAsync(unit, ct);
        return units.IsSuccess
            ? TypedResults.Ok(await accuracy.ReadAsync(units.Value, procedure, span, waits.PerDay(span.From), ct))
            : units.Error.ToProblem();
    }
}
