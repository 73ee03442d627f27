using HaLong.Notifications.Persistence;
using HaLong.Notifications.Sending;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Workers;

/// <summary>Removes what need not be kept any longer, in small bites: texts of what has left, attempts, records of codes, receipts that found nothing.</summary>
internal sealed partial class SendingKeeper(
    IServiceScopeFactory scopes, IOptions<SendingOptions> options, TimeProvider clock, ILogger<SendingKeeper> logger) : BackgroundService
{
    private const int Bite = 2000;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(options.Value.Retention.Interval, clock, TurnAsync, e => LogFailed(logger, e), stoppingToken);

    internal async Task TurnAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationDbContext>();
        var (now, keep) = (clock.GetUtcNow(), options.Value.Retention);
        var (texts, attempts, directs, strays) = (now - keep.Texts, now - keep.Attempts, now - keep.DirectSends, now - keep.StrayReceipts);
        await BiteAsync(db, $"""
            UPDATE message SET body = '', html = NULL, data = NULL WHERE id IN (
                SELECT id FROM message
                WHERE channel <> 'inApp' AND state <> 'pending' AND body <> '' AND created_at < {texts} LIMIT {Bite} FOR UPDATE SKIP LOCKED)
            """, ct);
        // Of what still waits nothing is removed: what became of an attempt without an answer must still be asked.
        await BiteAsync(db, $"""
            DELETE FROM message_attempt a WHERE (a.message_id, a.number) IN (
                SELECT o.message_id, o.number FROM message_attempt o JOIN message m ON m.id = o.message_id
                WHERE o.started_at < {attempts} AND m.state <> 'pending' LIMIT {Bite})
            """, ct);
        await BiteAsync(db, $"DELETE FROM direct_send WHERE id IN (SELECT id FROM direct_send WHERE created_at < {directs} LIMIT {Bite})", ct);
        await BiteAsync(db, $"DELETE FROM stray_receipt WHERE id IN (SELECT id FROM stray_receipt WHERE received_at < {strays} LIMIT {Bite})", ct);
    }

    private static async Task BiteAsync(NotificationDbContext db, FormattableString sql, CancellationToken ct)
    {
        while (await db.Database.ExecuteSqlAsync(sql, ct) == Bite)
            ct.ThrowIfCancellationRequested();
    }

    [LoggerMessage(4211, LogLevel.Warning, "Removing what need not be kept failed; tried again")]
    private static partial void LogFailed(ILogger logger, Exception e);
}
