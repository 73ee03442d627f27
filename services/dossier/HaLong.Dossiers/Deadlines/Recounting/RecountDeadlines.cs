using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Deadlines.Recounting;

/// <summary>
/// Counts the due dates of open dossiers again after a change of the calendar, in claims that several replicas can share. Each claim is one
/// transaction: what a crash interrupts is claimed again, and nothing is told twice.
/// </summary>
internal sealed partial class RecountDeadlines(
    IServiceScopeFactory scopes, CalendarCache calendars, DeadlineTelemetry telemetry, IOptions<DeadlineOptions> options, TimeProvider time, ILogger<RecountDeadlines> log)
    : BackgroundService
{
    /// <summary>One round: all that was counted by an older calendar. Gives the number of dossiers looked at.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var calendar = await calendars.FreshAsync(ct);
        var (total, moved, failed, size) = (0, 0, new List<Guid>(), options.Value.RecountBatch);
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            var claim = scope.ServiceProvider.GetRequiredService<RecountClaim>();
            try
            {
                var counted = await claim.RunAsync(calendar, size, failed, ct);
                if (counted.Looked == 0)
                    break;
                total += counted.Looked;
                moved += counted.Moved;
                telemetry.Recounted(counted.Looked, counted.Moved);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One dossier that cannot be saved must not keep the others waiting: from here on one by one, without it.
                if (size == 1 && claim.First is { } culprit)
                    failed.Add(culprit);
                else if (size == 1)
                    throw;
                size = 1;
                ClaimFailed(log, e, claim.First);
            }
        }
        if (total > 0)
            Recounted(log, total, moved, calendar.Version, failed.Count);
        return total;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(options.Value.RecountInterval, time, RunAsync, e => RoundFailed(log, e), stoppingToken);

    [LoggerMessage(4040, LogLevel.Information, "Counted {Dossiers} dossiers by calendar {Calendar}: {Moved} due dates moved, {Failed} dossiers failed")]
    private static partial void Recounted(ILogger log, int dossiers, int moved, long calendar, int failed);

    [LoggerMessage(4041, LogLevel.Warning, "Counting a claim of due dates failed, beginning with dossier {DossierId}; the dossiers are tried one by one")]
    private static partial void ClaimFailed(ILogger log, Exception e, Guid? dossierId);

    [LoggerMessage(4042, LogLevel.Warning, "Due dates could not be counted again; tried again later")]
    private static partial void RoundFailed(ILogger log, Exception e);
}
