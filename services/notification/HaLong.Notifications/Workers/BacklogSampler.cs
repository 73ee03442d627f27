using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Workers;

/// <summary>Measures what waits, for the gauges.</summary>
internal sealed partial class BacklogSampler(IServiceScopeFactory scopes, NotificationMetrics metrics, TimeProvider clock, ILogger<BacklogSampler> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await SampleAsync(scope.ServiceProvider.GetRequiredService<NotificationDbContext>(), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogFailed(logger, e);
            }

            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal async Task SampleAsync(NotificationDbContext db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var pending = await db.Messages.Where(m => m.State == MessageState.Pending)
            .GroupBy(m => m.Channel).Select(g => new { g.Key, Count = g.LongCount(), Oldest = g.Min(m => m.CreatedAt) }).ToListAsync(ct);
        foreach (var channel in Enum.GetValues<MessageChannel>())
        {
            var row = pending.SingleOrDefault(p => p.Key == channel);
            metrics.Pending(channel, row?.Count ?? 0, row is null ? TimeSpan.Zero : now - row.Oldest);
        }

        var due = await db.Deliveries
            .Where(d => d.State == DeliveryState.Pending && d.DueAt <= now
                && db.Subscriptions.Any(s => s.Id == d.SubscriptionId && s.State == SubscriptionState.Active))
            .MinAsync(d => (DateTimeOffset?)d.DueAt, ct);
        var waiting = await db.Events.Where(e => e.Position == null)
            .GroupBy(_ => 1).Select(g => new { Count = g.LongCount(), Oldest = g.Min(e => e.ReceivedAt) }).SingleOrDefaultAsync(ct);
        metrics.Backlog(due is null ? TimeSpan.Zero : now - due.Value, waiting?.Count ?? 0, waiting is null ? TimeSpan.Zero : now - waiting.Oldest);
    }

    [LoggerMessage(4105, LogLevel.Warning, "Measuring the backlog failed; tried again")]
    private static partial void LogFailed(ILogger logger, Exception e);
}
