using HaLong.Notifications.Persistence;
using HaLong.Notifications.Sending;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Planning;

/// <summary>Messages of which nobody says that they arrived, and those that ran out of time: the next channel takes over, as if they had failed.</summary>
internal sealed class OverdueReceipts(NotificationDbContext db, Fallbacks fallbacks, IOptions<RuleOptions> options, TimeProvider clock)
{
    private const int AtOnce = 100;

    /// <summary>What nobody took over for a day is left alone.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(1);

    /// <summary>How many were looked at.</summary>
    public async Task<int> TakeOverAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (late, old) = (now - options.Value.ReceiptWait, now - Horizon);
        var overdue = await db.Messages.FromSql(
            $"""
            SELECT m.* FROM message m
            WHERE cardinality(fallback) > 0 AND (
                    (state = 'sent' AND channel IN ('sms', 'zalo') AND sent_at <= {late} AND sent_at > {old})
                 OR (state = 'expired' AND expires_at <= {now} AND expires_at > {old}))
              AND NOT EXISTS (
                SELECT 1 FROM message o
                WHERE o.recipient_id = m.recipient_id AND o.kind = m.kind AND o.trigger = m.trigger AND o.channel = ANY (m.fallback))
            LIMIT {AtOnce}
            """).ToListAsync(ct);
        foreach (var message in overdue)
            await fallbacks.TakeOverAsync(message, badAddress: false, ct);
        return overdue.Count;
    }
}
