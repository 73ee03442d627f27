using HaLong.Dossiers.Features;
using HaLong.Dossiers.NationalPortal.Comparing;
using HaLong.Dossiers.NationalPortal.Ledger;
using HaLong.Dossiers.NationalPortal.Sending;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Sight;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.NationalPortal.Views;

/// <summary>The dashboard of drift: what waits, what was refused, what differs and for how long, and what is being done about it.</summary>
internal sealed class GetOverview(
    DossierDbContext db, LedgerSight sight, StatisticsSight units, PunctualityReader punctuality, PortalCircuit circuit, IOptions<PortalOptions> options,
        TimeProvider time)
{
    /// <param name="Code">The portal's.</param>
    internal sealed record Rejection(string Code, long Count);

    /// <param name="Kind">missing, status, content or unknown.</param>
    /// <param name="OlderThanADay">Of these, found more than a day ago: they do not heal by themselves.</param>
    internal sealed record DriftKind(string Kind, long Count, DateTimeOffset? Oldest, long OlderThanADay);

    /// <param name="Circuit">closed, halfOpen or open, of the replica that answers.</param>
    /// <param name="CircuitReason">Why it is open.</param>
    /// <param name="SentUnknown">Sent, and nobody knows yet whether it was taken.</param>
    /// <param name="HealedToday">Drifts that came to an end today.</param>
    /// <param name="ThisMonth">By unit: late because of synchronisation apart from late because of us.</param>
    internal sealed record View(
        bool Connected, string Circuit, string? CircuitReason, long Pending, DateTimeOffset? OldestPending, long SentUnknown, long Acknowledged, long Rejected,
        IReadOnlyList<Rejection> RejectedByCode, IReadOnlyList<DriftKind> Drift, long HealedToday, CompareView? LastCompare,
            IReadOnlyList<PortalMonth> ThisMonth);

    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapGet("/overview", (string? unit, GetOverview handler, CancellationToken ct) => handler.HandleAsync(unit, ct))
        .RequireAuthorization(Policies.Staff)
        .WithSummary("The dashboard of drift between the national portal and us")
        .WithDescription("Administrators and auditors see all, leaders, chiefs and approvers their unit and those below. "
            + "What only the portal knows is counted for who sees all.")
        .Answers<View>(200, 403);

    private async Task<IResult> HandleAsync(string? unit, CancellationToken ct)
    {
        var seen = await sight.RowsAsync(unit, ct);
        if (!seen.IsSuccess)
            return seen.Error.ToProblem();
        var (rows, all) = seen.Value;
        var now = time.Now();
        var today = LocalTime.Date(now);
        var states = await rows.GroupBy(l => l.State)
            .Select(g => new { State = g.Key, Count = g.LongCount(), Oldest = g.Min(l => l.PendingSince) }).ToListAsync(ct);
        long Of(string state) => states.Find(s => s.State == state)?.Count ?? 0;
        var rejected = await rows.Where(l => l.State == LedgerState.Rejected).GroupBy(l => l.LastError!)
            .Select(g => new { Code = g.Key, Count = g.LongCount() })
            .OrderByDescending(g => g.Count).ThenBy(g => g.Code).ToListAsync(ct);
        var midnight = LocalTime.Instant(today, TimeOnly.MinValue);
        var healed = await rows.LongCountAsync(l => l.HealedAt >= midnight, ct);
        var last = await db.Set<PortalCompare>().AsNoTracking().OrderByDescending(c => c.RequestedAt).FirstOrDefaultAsync(ct);
        var month = new DateOnly(today.Year, today.Month, 1);
        var codes = await units.UnitsAsync(unit, ct);
        var state = circuit.State;
        return TypedResults.Ok(new View(
            options.Value.Enabled, state switch { CircuitState.Open => "open", CircuitState.HalfOpen => "halfOpen", _ => "closed" }, circuit.Reason,
            Of(LedgerState.Pending) + Of(LedgerState.Sent), states.Where(s => s.State != LedgerState.Rejected).Min(s => s.Oldest), Of(LedgerState.Sent),
            Of(LedgerState.Acknowledged), Of(LedgerState.Rejected), rejected.ConvertAll(r => new Rejection(r.Code, r.Count)), await DriftAsync(rows, all,
                now, ct), healed,
            last is null ? null : CompareView.Of(last), await punctuality.ReadAsync(codes.Value, month, month.AddMonths(1).AddDays(-1), today, ct)));
    }

    private async Task<IReadOnlyList<DriftKind>> DriftAsync(IQueryable<LedgerEntry> rows, bool all, DateTimeOffset now, CancellationToken ct)
    {
        var yesterday = now.AddDays(-1);
        var found = await rows.Where(l => l.Drift != null).GroupBy(l => l.Drift!)
            .Select(g => new DriftKind(g.Key, g.LongCount(), g.Min(l => l.DriftSince), g.LongCount(l => l.DriftSince < yesterday))).ToListAsync(ct);
        if (all && await db.Set<Stranger>().AnyAsync(ct))
        {
            found.Add(await db.Set<Stranger>().GroupBy(_ => 1)
                .Select(g => new DriftKind(LedgerDrift.Unknown, g.LongCount(), g.Min(s => s.Since), g.LongCount(s => s.Since < yesterday))).SingleAsync(ct));
        }

        return [.. LedgerDrift.All.Select(kind => found.Find(f => f.Kind == kind) ?? new DriftKind(kind, 0, null, 0))];
    }
}
