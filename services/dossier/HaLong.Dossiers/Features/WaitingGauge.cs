using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features;

/// <summary>Counts twice a minute how many dossiers wait in each open state.</summary>
internal sealed partial class WaitingGauge(IServiceScopeFactory scopes, DossierTelemetry telemetry, TimeProvider time, ILogger<WaitingGauge> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Recurring.RunAsync(Interval, time, async ct =>
        {
            telemetry.Waiting(await CountAsync(ct));
        }, e => CountFailed(log, e), stoppingToken, atOnce: true);

    private async Task<IEnumerable<KeyValuePair<string, long>>> CountAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        var counts = await db.Dossiers.Where(d => DossierStatus.Open.Contains(d.Status))
            .GroupBy(d => d.Status).Select(g => new { g.Key, Count = g.LongCount() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return DossierStatus.Open.Select(state => KeyValuePair.Create(state, counts.GetValueOrDefault(state)));
    }

    [LoggerMessage(4020, LogLevel.Warning, "Counting the waiting dossiers failed")]
    private static partial void CountFailed(ILogger log, Exception e);
}
