using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Watchdog.Rounds;

/// <summary>Waits past their latest date, for one reason.</summary>
internal sealed record LateWait(string Reason, long Count, TimeSpan OldestAge);

/// <summary>Counts them.</summary>
internal static class LateWaits
{
    public static async Task<IReadOnlyList<LateWait>> OfAsync(DossierDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var late = await db.Waits.AsNoTracking().Where(w => w.LatestAt < now && w.Reason != null).GroupBy(w => w.Reason!)
            .Select(g => new { Reason = g.Key, Count = g.LongCount(), Oldest = g.Min(w => w.LatestAt) }).ToListAsync(ct);
        return late.ConvertAll(l => new LateWait(l.Reason, l.Count, now - l.Oldest!.Value));
    }
}
