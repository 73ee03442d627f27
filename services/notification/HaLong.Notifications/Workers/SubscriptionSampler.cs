using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Webhooks;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Workers;

/// <summary>Measures whose deliveries wait longest: a few subscriptions, so that there are never more time series than that.</summary>
internal sealed partial class SubscriptionSampler(IServiceScopeFactory scopes, WebhookMetrics metrics, TimeProvider clock, ILogger<SubscriptionSampler> logger)
    : BackgroundService
{
    private const int Shown = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Recurring.RunAsync(
        Interval, clock,
        async ct =>
        {
            await using var scope = scopes.CreateAsyncScope();
            await SampleAsync(scope.ServiceProvider.GetRequiredService<NotificationDbContext>(), ct);
        },
        e => LogFailed(logger, e), stoppingToken, atOnce: true);

    internal async Task SampleAsync(NotificationDbContext db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var longest = await db.Deliveries.Where(d => d.State == DeliveryState.Pending)
            .GroupBy(d => d.SubscriptionId).Select(g => new { g.Key, Count = g.LongCount(), Oldest = g.Min(d => d.CreatedAt) })
            .OrderBy(g => g.Oldest).Take(Shown).ToListAsync(ct);
        metrics.Wait([.. longest.Select(l => new WebhookMetrics.Waiting(l.Key, l.Count, Math.Max(0, (now - l.Oldest).TotalSeconds)))]);
    }

    [LoggerMessage(4358, LogLevel.Warning, "Measuring what waits for subscriptions failed; tried again")]
    private static partial void LogFailed(ILogger logger, Exception e);
}
