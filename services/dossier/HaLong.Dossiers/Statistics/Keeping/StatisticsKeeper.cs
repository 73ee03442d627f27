using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HaLong.Dossiers.Statistics.Keeping;

/// <summary>
/// Takes changed dossiers over into facts and cubes. Restart-safe: a mark goes in the transaction that takes its dossier over; what a crash interrupts
/// is marked still. One replica does it at a time.
/// </summary>
internal sealed partial class StatisticsKeeper(
    IServiceScopeFactory scopes, NpgsqlDataSource database, KeepTelemetry telemetry, IOptions<KeepingOptions> options, TimeProvider time,
    ILogger<StatisticsKeeper> log) : BackgroundService
{
    // So many in a row that fail are no broken dossiers but something that all of them need.
    private const int MostFailures = 10;

    private readonly RetryLater later = new(options.Value.Retry, time);

    /// <summary>One round: all that is marked. False when another replica is at it.</summary>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        using var span = DossierTelemetry.Source.StartActivity("statistics keep");
        var (total, failed, size, leads) = (0, 0, options.Value.Batch, true);
        while (failed < MostFailures)
        {
            await using var scope = scopes.CreateAsyncScope();
            var claim = scope.ServiceProvider.GetRequiredService<KeepClaim>();
            try
            {
                var begun = time.GetTimestamp();
                var taken = await claim.RunAsync(size, later.NotYet(), ct);
                leads = taken is not null;
                if (taken is null or 0)
                    break;
                telemetry.Applied(taken.Value, time.GetElapsedTime(begun));
                later.Succeeded(claim.Dossiers);
                total += taken.Value;
                failed = 0;
            }
            catch (Exception e) when (e is not OperationCanceledException && claim.Dossiers.Count > 0)
            {
                // One dossier that cannot be derived must not keep the others waiting: for the rest of the round one by one, without it.
                telemetry.Failed();
                if (claim.Dossiers is [var culprit])
                {
                    later.Failed(culprit);
                    failed++;
                }

                size = 1;
                ClaimFailed(log, e, claim.Dossiers.Count, claim.Dossiers[0]);
            }
        }

        await CountAsync(ct);
        span?.SetTag("dossiers", total).SetTag("leads", leads).SetTag("waiting", telemetry.Waits.Count);
        return leads;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(options.Value.Interval, time, RunAsync, e => RoundFailed(log, e), stoppingToken);

    private async Task CountAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("SELECT count(*), min(changed_at) FROM statistics.changed");
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var oldest = reader.IsDBNull(1) ? TimeSpan.Zero : time.GetUtcNow() - reader.GetFieldValue<DateTimeOffset>(1);
        telemetry.Counted(new KeepTelemetry.Waiting(reader.GetInt64(0), oldest));
    }

    [LoggerMessage(4410, LogLevel.Warning, "Taking over {Dossiers} changed dossiers failed, beginning with {DossierId}; they are tried one by one")]
    private static partial void ClaimFailed(ILogger log, Exception e, int dossiers, Guid dossierId);

    [LoggerMessage(4411, LogLevel.Warning, "Changed dossiers could not be taken over into statistics; tried again in the next round")]
    private static partial void RoundFailed(ILogger log, Exception e);
}
