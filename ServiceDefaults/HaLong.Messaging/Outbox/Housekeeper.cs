using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaLong.Messaging;

/// <summary>Measures the outbox every few seconds and removes inbox rows and idempotency keys past their retention.</summary>
internal sealed partial class Housekeeper<TContext>(
    IServiceScopeFactory scopes, OutboxMetrics metrics, IOptions<OutboxOptions> options, TimeProvider time, ILogger<Housekeeper<TContext>> log)
    : BackgroundService
    where TContext : DbContext
{
    private static readonly TimeSpan MeasureInterval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lastCleanUp = DateTimeOffset.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<TContext>();
                await MeasureAsync(db, stoppingToken);
                if (time.GetUtcNow() - lastCleanUp >= options.Value.CleanUpInterval)
                {
                    await CleanUpAsync(db, stoppingToken);
                    lastCleanUp = time.GetUtcNow();
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Failed(log, e);
            }

            var pause = options.Value.CleanUpInterval < MeasureInterval ? options.Value.CleanUpInterval : MeasureInterval;
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task MeasureAsync(TContext db, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var due = db.Set<OutboxMessage>().Where(m => m.AvailableAt <= now || m.Attempts > 0);
        var backlog = await due.GroupBy(_ => 1).Select(g => new { Pending = g.LongCount(), Oldest = g.Min(m => m.OccurredAt) }).SingleOrDefaultAsync(ct);
        metrics.Backlog(backlog?.Pending ?? 0, backlog is null ? TimeSpan.Zero : now - backlog.Oldest);
    }

    private async Task CleanUpAsync(TContext db, CancellationToken ct)
    {
        var before = time.GetUtcNow() - options.Value.Retention;
        await db.Set<InboxMessage>().Where(m => m.ReceivedAt < before).ExecuteDeleteAsync(ct);
        await db.Set<IdempotencyKey>().Where(k => k.CreatedAt < before).ExecuteDeleteAsync(ct);
    }

    [LoggerMessage(1203, LogLevel.Warning, "Messaging housekeeping failed; tried again later")]
    private static partial void Failed(ILogger log, Exception e);
}
