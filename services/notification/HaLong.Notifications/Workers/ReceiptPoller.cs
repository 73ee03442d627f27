using HaLong.Notifications.Persistence;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Sending.Carriers;
using HaLong.Notifications.Sending.Sms;
using HaLong.Notifications.Sending.Zalo;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Workers;

/// <summary>
/// Asks the provider that tells nothing by itself what became of its messages, and closes what no provider has told of in 72 hours. Any number of replicas: a
/// message is asked about by the one that moved its time forward.
/// </summary>
internal sealed partial class ReceiptPoller(
    IServiceScopeFactory scopes, SmsSoapProvider provider, IOptions<SmsSoapOptions> options, CarrierMetrics metrics, TimeProvider clock, ILogger<ReceiptPoller> logger)
    : BackgroundService
{
    /// <summary>Networks give up long before; who has told nothing by then never will.</summary>
    public static readonly TimeSpan GivesUpAfter = TimeSpan.FromHours(72);

    private const int MostClosed = 1000;
    private static readonly string[] Tellers = [SmsProvider.ProviderName, SmsSoapProvider.ProviderName, ZaloProvider.ProviderName];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(options.Value.PollInterval, clock, TurnAsync, e => LogFailed(logger, e), stoppingToken);

    /// <summary>Asks about everything that is due, batch by batch.</summary>
    public async Task TurnAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationDbContext>();
        await CloseAsync(db, ct);
        if (!provider.IsOn || !options.Value.CanBeAsked)
            return;
        while (await ClaimAsync(db, ct) is { Count: > 0 } keys && await AskAsync(keys, ct))
        {
        }

        metrics.Waiting(await db.Messages.LongCountAsync(m => m.Provider == SmsSoapProvider.ProviderName && m.State == Domain.MessageState.Sent && m.LastError == null, ct));
    }

    private async Task<List<Guid>> ClaimAsync(NotificationDbContext db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (first, longest, batch) = (options.Value.PollDelay, options.Value.LongestPollDelay, options.Value.PollBatch);
        return await db.Database.SqlQuery<Guid>(
            $"""
            INSERT INTO receipt_poll AS p (message_id, asked, due_at)
            SELECT m.id, 1, {now} + {first}
            FROM message m LEFT JOIN receipt_poll earlier ON earlier.message_id = m.id
            WHERE m.provider = {SmsSoapProvider.ProviderName} AND m.state = 'sent' AND m.last_error IS NULL AND m.sent_at > {now - GivesUpAfter}
                AND (earlier.due_at IS NULL OR earlier.due_at <= {now})
            ORDER BY m.sent_at
            LIMIT {batch}
            ON CONFLICT (message_id) DO UPDATE
                SET asked = p.asked + 1, due_at = {now} + least({longest}, {first} * power(2, least(p.asked, 20))::float8)
                WHERE p.due_at <= {now}
            RETURNING message_id AS "Value"
            """).ToListAsync(ct);
    }

    /// <summary>False when it cannot be asked: then the next turn does.</summary>
    private async Task<bool> AskAsync(List<Guid> messages, CancellationToken ct)
    {
        var keys = messages.ConvertAll(m => m.ToString("N"));
        if (await provider.AskAsync(keys, ct) is not { } states)
            return false;
        foreach (var state in states.Where(s => s.Code is 2 or 3 && keys.Contains(s.RequestId)))
        {
            var now = clock.GetUtcNow();
            var at = state.At is { } told && told < now ? told : now;
            var (reason, badAddress) = SmsFailures.Of(state.Reason);
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ReceiptDesk>().TakeAsync(
                state.Code == 2
                    ? new DeliveryReceipt(SmsSoapProvider.ProviderName, state.RequestId, null, ReceiptStatus.Delivered, at)
                    : new DeliveryReceipt(SmsSoapProvider.ProviderName, state.RequestId, null, ReceiptStatus.Failed, at, reason, badAddress), ct);
        }

        return true;
    }

    // The state stays "sent", for that is what is known; a receipt that comes all the same is still taken.
    private async Task CloseAsync(NotificationDbContext db, CancellationToken ct)
    {
        var closed = await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE message SET last_error = 'noReceipt'
            WHERE id IN (
                SELECT id FROM message
                WHERE provider = ANY ({Tellers}) AND state = 'sent' AND last_error IS NULL AND sent_at <= {clock.GetUtcNow() - GivesUpAfter}
                ORDER BY sent_at
                LIMIT {MostClosed}
                FOR UPDATE SKIP LOCKED)
            """, ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM receipt_poll p USING message m WHERE m.id = p.message_id AND (m.state <> 'sent' OR m.last_error IS NOT NULL)", ct);
        if (closed == 0)
            return;
        metrics.Missing(closed);
        LogClosed(logger, closed);
    }

    [LoggerMessage(4232, LogLevel.Warning, "Receipts could not be asked for; tried again")]
    private static partial void LogFailed(ILogger logger, Exception e);

    [LoggerMessage(4233, LogLevel.Information, "{Count} messages were closed without a receipt after 72 hours")]
    private static partial void LogClosed(ILogger logger, int count);
}
