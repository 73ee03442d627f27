using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Planning;

/// <summary>Removes what the rules need no more.</summary>
internal sealed class RuleHousekeeping(NotificationDbContext db, TimeProvider clock)
{
    /// <summary>No channel takes over later than this.</summary>
    private static readonly TimeSpan Reserves = TimeSpan.FromDays(7);

    private static readonly TimeSpan Places = TimeSpan.FromDays(1);

    private static readonly TimeSpan Demands = TimeSpan.FromDays(365);

    public async Task TidyAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.Set<ReserveText>().Where(r => r.CreatedAt < now - Reserves).ExecuteDeleteAsync(ct);
        await db.Set<TelephoneSend>().Where(s => s.At <= now - Places).ExecuteDeleteAsync(ct);
        // That a dossier is over is kept: a late question about it must not find it open again.
        await db.Set<Demand>().Where(d => d.ClosedAt < now - Demands && !d.Key.StartsWith("dossier-open:")).ExecuteDeleteAsync(ct);
    }
}
