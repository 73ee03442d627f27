using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Sending;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Workers;

/// <summary>
/// Measures the providers by what all replicas tried within the window, moves their balance, and brings this process up to date on balance and mode.
/// One replica moves the balance in each interval: whoever comes first.
/// </summary>
internal sealed partial class ProviderRounds(
    IServiceScopeFactory scopes, ProviderRouter router, SendingMetrics metrics, IOptions<SendingOptions> options, TimeProvider clock,
    ILogger<ProviderRounds> logger) : BackgroundService
{
    private HealthSettings Health => options.Value.Health;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(Health.Interval, clock, TurnAsync, e => LogFailed(logger, e), stoppingToken, atOnce: true);

    internal async Task TurnAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationDbContext>();
        await MeasureAsync(db, ct);
        await router.LearnAsync(db, ct);
        await QueueAsync(db, ct);
    }

    private async Task MeasureAsync(NotificationDbContext db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (since, slow, before) = (now - Health.Window, Health.SlowAfter, now - (Health.Interval * 0.8));
        var measured = await db.Database.SqlQuery<Measure>(
            $"""
            SELECT provider, count(*)::int AS attempts,
                count(*) FILTER (WHERE outcome NOT IN ('accepted', 'refused') OR ended_at - started_at > {slow})::int AS bad
            FROM (
                SELECT provider, outcome, started_at, ended_at FROM message_attempt WHERE started_at > {since} AND ended_at IS NOT NULL
                UNION ALL
                SELECT provider, outcome, started_at, ended_at FROM direct_send WHERE started_at > {since} AND ended_at IS NOT NULL) a
            GROUP BY provider
            """).ToDictionaryAsync(m => m.Provider, ct);
        foreach (var standing in router.All)
        {
            var name = standing.Provider.Name;
            var (attempts, bad) = measured.TryGetValue(name, out var m) ? (m.Attempts, m.Bad) : (0, 0);
            var old = await db.Providers.AsNoTracking().Where(p => p.Name == name).Select(p => (double?)p.Share).SingleOrDefaultAsync(ct) ?? ProviderState.Full;
            var share = ShareAfter(Health, old, attempts, bad);
            var channel = Words.Of(standing.Provider.Channel);
            var moved = await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO message_provider (name, channel, mode, share, attempts, bad, measured_at, revision)
                VALUES ({name}, {channel}, 'enabled', {share}, {attempts}, {bad}, {now}, 0)
                ON CONFLICT (name) DO UPDATE SET share = excluded.share, attempts = excluded.attempts, bad = excluded.bad, measured_at = excluded.measured_at
                WHERE message_provider.measured_at <= {before}
                """, ct) == 1;
            if (moved)
                Tell(standing, old, share, attempts, bad);
        }
    }

    /// <summary>Halved while too many attempts fail or are slow; back by a tenth of the configured balance with each good turn.</summary>
    internal static double ShareAfter(HealthSettings health, double share, int attempts, int bad) =>
        attempts >= health.LeastAttempts && bad >= health.BadShare * attempts
            ? Math.Max(health.Floor, share * health.Cut)
            : Math.Min(ProviderState.Full, share + health.Drift);

    private void Tell(ProviderStanding standing, double old, double share, int attempts, int bad)
    {
        if (share < old)
        {
            metrics.Switched(standing.Provider, "lowered");
            LogLowered(logger, standing.Provider.Name, share, bad, attempts);
        }
        else if (share >= ProviderState.Full && old < ProviderState.Full)
        {
            metrics.Switched(standing.Provider, "balanced");
            LogBalanced(logger, standing.Provider.Name);
        }
    }

    private async Task QueueAsync(NotificationDbContext db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var due = await db.Messages.Where(m => m.State == MessageState.Pending && m.DueAt <= now)
            .GroupBy(m => m.Class).Select(g => new { g.Key, Count = g.LongCount(), Oldest = g.Min(m => m.DueAt) }).ToListAsync(ct);
        foreach (var of in Enum.GetValues<NoticeClass>())
        {
            var row = due.SingleOrDefault(d => d.Key == of);
            metrics.Due(of, row?.Count ?? 0, row is null ? TimeSpan.Zero : now - row.Oldest);
        }
    }

    private sealed record Measure(string Provider, int Attempts, int Bad);

    [LoggerMessage(4208, LogLevel.Warning, "Measuring the providers failed; tried again")]
    private static partial void LogFailed(ILogger logger, Exception e);

    [LoggerMessage(4209, LogLevel.Warning, "Provider {Provider} gets {Share:P0} of its balance: {Bad} of {Attempts} attempts failed or were slow")]
    private static partial void LogLowered(ILogger logger, string provider, double share, int bad, int attempts);

    [LoggerMessage(4210, LogLevel.Information, "Provider {Provider} is back at its balance")]
    private static partial void LogBalanced(ILogger logger, string provider);
}
