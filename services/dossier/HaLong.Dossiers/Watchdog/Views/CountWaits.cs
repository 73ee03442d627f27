using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Watchdog.Views;

/// <summary>How many dossiers wait too long, or soon will: by reason, by whose move it is, by unit.</summary>
internal sealed class CountWaits(WaitSight sight, TimeProvider time)
{
    /// <param name="Key">The reason, the party or the unit.</param>
    /// <param name="Late">Past their latest date.</param>
    /// <param name="Near">Not yet, but soon.</param>
    internal sealed record Group(string Key, long Late, long Near);

    /// <param name="OldestLatest">The latest date that passed first; null when none has.</param>
    internal sealed record View(
        long Late, long Near, DateTimeOffset? OldestLatest, IReadOnlyList<Group> ByReason, IReadOnlyList<Group> ByWho, IReadOnlyList<Group> ByUnit);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/counts", (string? unit, string? reason, string? who, bool? late, CountWaits handler, CancellationToken ct) =>
            handler.HandleAsync(new WaitFilter(unit, reason, who, late), ct))
        .RequireAuthorization(Policies.Staff)
        .WithSummary("How many waits are past or near their latest date")
        .Answers<View>(200, 400, 403);

    private async Task<IResult> HandleAsync(WaitFilter filter, CancellationToken ct)
    {
        var now = time.Now();
        var seen = sight.Of(filter, now);
        if (!seen.IsSuccess)
            return seen.Error.ToProblem();
        var cells = (await seen.Value.GroupBy(w => new { w.Reason, w.Who, w.UnitCode, Late = w.LatestAt < now })
                .Select(g => new { g.Key.Reason, g.Key.Who, g.Key.UnitCode, g.Key.Late, Count = g.LongCount(), Oldest = g.Min(w => w.LatestAt) }).ToListAsync(ct))
            .ConvertAll(c => new Cell(c.Reason!, c.Who!, c.UnitCode!, c.Late, c.Count, c.Oldest));
        return TypedResults.Ok(new View(
            cells.Where(c => c.Late).Sum(c => c.Count), cells.Where(c => !c.Late).Sum(c => c.Count), cells.Where(c => c.Late).Min(c => c.Oldest),
            By(cells, c => c.Reason), By(cells, c => c.Who), By(cells, c => c.Unit)));
    }

    private static List<Group> By(List<Cell> cells, Func<Cell, string> key) =>
        [.. cells.GroupBy(key).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new Group(g.Key, g.Where(c => c.Late).Sum(c => c.Count), g.Where(c => !c.Late).Sum(c => c.Count)))];

    private sealed record Cell(string Reason, string Who, string Unit, bool Late, long Count, DateTimeOffset? Oldest);
}
