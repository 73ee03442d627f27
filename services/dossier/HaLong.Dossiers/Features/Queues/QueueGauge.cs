using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Features.Queues;

/// <summary>Counts twice a minute how long the queues are. From the index alone, so that it costs little however many dossiers there are.</summary>
internal sealed partial class QueueGauge(IServiceScopeFactory scopes, QueueTelemetry telemetry, IOptions<QueueOptions> options, TimeProvider time, ILogger<QueueGauge> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.GaugeInterval, time);
        do
        {
            try
            {
                telemetry.Counted(await CountAsync(stoppingToken));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                CountFailed(log, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

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
