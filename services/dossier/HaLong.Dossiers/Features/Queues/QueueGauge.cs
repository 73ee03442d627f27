using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Features.Queues;

/// <summary>Counts twice a minute how long the queues are. From the index alone, so that it costs little however many dossiers there are.</summary>
internal sealed partial class QueueGauge(IServiceScopeFactory scopes, QueueTelemetry telemetry, IOptions<QueueOptions> options, TimeProvider time, ILogger<QueueGauge> log)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Recurring.RunAsync(options.Value.GaugeInterval, time, async ct =>
        {
            telemetry.Counted(await CountAsync(ct));
        }, e => CountFailed(log, e), stoppingToken, atOnce: true);

    private async Task<QueueLength[]> CountAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        var today = QueueMoment.Of(time.Now(), options.Value).Today;
        return await db.Database.SqlQuery<QueueLength>($"""
            SELECT unit_code, queued_for, count(*) AS queued, count(*) FILTER (WHERE due_order < {today}) AS overdue
            FROM dossier WHERE queued_for IS NOT NULL GROUP BY unit_code, queued_for
            """).ToArrayAsync(ct);
    }

    [LoggerMessage(4080, LogLevel.Warning, "Counting the work queues failed")]
    private static partial void CountFailed(ILogger log, Exception e);
}
