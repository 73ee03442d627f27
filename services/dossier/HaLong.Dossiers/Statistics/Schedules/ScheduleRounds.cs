using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Files;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Statistics.Schedules;

/// <summary>Makes at intervals the reports that are due, and forgets files that nobody can fetch any more.</summary>
internal sealed partial class ScheduleRounds(
    IServiceScopeFactory scopes, ScheduleTelemetry telemetry, IOptions<ScheduleOptions> options, IOptions<ReportFileOptions> files, TimeProvider time,
        ILogger<ScheduleRounds> log)
    : BackgroundService
{
    private long lastRound = time.GetTimestamp();

    /// <summary>How long ago the last round ended well; the start of the process counts as one.</summary>
    public TimeSpan SinceLastRound => time.GetElapsedTime(Interlocked.Read(ref lastRound));

    /// <summary>One round: all that is due. Gives how many were made or paused.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var (done, failed) = (0, 0);
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            var claim = scope.ServiceProvider.GetRequiredService<ScheduleClaim>();
            try
            {
                if (!await claim.RunAsync(ct))
                    break;
                done++;
            }
            catch (Exception e) when (e is not OperationCanceledException && claim.Taken is not null)
            {
                // One report that cannot be made now must not hold up the others.
                failed++;
                telemetry.Failed();
                ReportFailed(log, e, claim.Taken);
                await using var after = scopes.CreateAsyncScope();
                await after.ServiceProvider.GetRequiredService<ScheduleClaim>().PutOffAsync(claim.Taken.Value, options.Value, ct);
            }
        }

        await LookAroundAsync(ct);
        Interlocked.Exchange(ref lastRound, time.GetTimestamp());
        if (done + failed > 0)
            Made(log, done, failed);
        return done;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(options.Value.Interval, time, RunAsync, e => RoundFailed(log, e), stoppingToken);

    private async Task LookAroundAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        var now = time.Now();
        var forgotten = now.AddDays(-files.Value.RememberDays);
        await db.Set<ReportFileEntry>().Where(f => f.ExpiresAt < forgotten).ExecuteDeleteAsync(ct);
        var late = await db.Set<ReportSchedule>().Where(s => s.DueAt != null && s.NextAt <= now).GroupBy(_ => 1)
            .Select(g => new { Count = g.LongCount(), Oldest = g.Min(s => s.NextAt) }).SingleOrDefaultAsync(ct);
        telemetry.Waiting(late?.Count ?? 0, late is null ? TimeSpan.Zero : now - late.Oldest);
    }

    [LoggerMessage(4450, LogLevel.Information, "Scheduled reports: {Done} made or paused, {Failed} failed and put off")]
    private static partial void Made(ILogger log, int done, int failed);

    [LoggerMessage(4451, LogLevel.Warning, "The report of schedule {ScheduleId} could not be made; it is tried again later")]
    private static partial void ReportFailed(ILogger log, Exception e, Guid? scheduleId);

    [LoggerMessage(4452, LogLevel.Warning, "No scheduled reports could be made; tried again in the next round")]
    private static partial void RoundFailed(ILogger log, Exception e);
}
