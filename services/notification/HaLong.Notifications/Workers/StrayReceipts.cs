using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Sending;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Workers;

/// <summary>Tries receipts again that came before the message was known by the name they use.</summary>
internal sealed partial class StrayReceipts(IServiceScopeFactory scopes, TimeProvider clock, ILogger<StrayReceipts> logger) : BackgroundService
{
    private const int Bite = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(Interval, clock, TurnAsync, e => LogFailed(logger, e), stoppingToken);

    internal async Task TurnAsync(CancellationToken ct)
    {
        List<StrayReceipt> known;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<NotificationDbContext>();
            // Only those that would find something now; the older first, so that what was told last stands last.
            known = await db.StrayReceipts.AsNoTracking()
                .Where(s => (s.Reference != "" && (db.Messages.Any(m => m.Provider == s.Provider && m.ProviderReference == s.Reference)
                        || db.DirectSends.Any(d => d.Provider == s.Provider && d.Reference == s.Reference)))
                    || (s.Key != "" && db.DirectSends.Any(d => d.Id == s.Key && d.Provider == s.Provider)))
                .OrderBy(s => s.At).Take(Bite).ToListAsync(ct);
        }

        foreach (var stray in known)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<NotificationDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            // Whoever removes the row applies it: two replicas may have read it.
            if (await db.StrayReceipts.Where(s => s.Id == stray.Id).ExecuteDeleteAsync(ct) == 0
                || !await scope.ServiceProvider.GetRequiredService<Receipts>().ApplyAsync(Receipt(stray), ct))
                continue;
            await transaction.CommitAsync(ct);
        }
    }

    private static DeliveryReceipt Receipt(StrayReceipt stray) => new(
        stray.Provider, stray.Key.Length > 0 ? stray.Key : null, stray.Reference.Length > 0 ? stray.Reference : null, Words.Parse<ReceiptStatus>(stray.Status),
        stray.At, stray.Reason, stray.BadAddress);

    [LoggerMessage(4212, LogLevel.Warning, "Trying early receipts again failed; tried again")]
    private static partial void LogFailed(ILogger logger, Exception e);
}
