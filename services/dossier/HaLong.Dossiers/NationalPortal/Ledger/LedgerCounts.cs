using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.NationalPortal.Ledger;

/// <summary>Counts what waits and differs.</summary>
internal static class LedgerCounts
{
    public static async Task<LedgerGauge> GaugeAsync(DossierDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var ledger = db.Set<LedgerEntry>().AsNoTracking();
        var states = await ledger.Where(l => l.State != LedgerState.Acknowledged).GroupBy(l => l.State)
            .Select(g => new { State = g.Key, Count = g.LongCount(), Oldest = g.Min(l => l.PendingSince) }).ToListAsync(ct);
        var drift = await ledger.Where(l => l.Drift != null).GroupBy(l => l.Drift!).Select(g => new { Kind = g.Key, Count = g.LongCount() }).ToListAsync(ct);
        var strangers = await db.Set<Stranger>().LongCountAsync(ct);
        var kinds = LedgerDrift.All.Select(kind => KeyValuePair.Create(kind,
            kind == LedgerDrift.Unknown ? strangers : drift.Find(d => d.Kind == kind)?.Count ?? 0));
        long Of(string state) => states.Find(s => s.State == state)?.Count ?? 0;
        var oldest = states.Where(s => s.State != LedgerState.Rejected).Min(s => s.Oldest);
        return new LedgerGauge(
            Of(LedgerState.Pending) + Of(LedgerState.Sent), Of(LedgerState.Sent), Of(LedgerState.Rejected),
                oldest is { } since ? now - since : TimeSpan.Zero, [.. kinds]);
    }
}
