using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Watchdog.Rounds;

/// <summary>
/// Looks at intervals who waits too long, warns, and apologises for what is late. Restart-safe: what was done stands in the database in the
/// same transaction; what a crash interrupts is done in the next round.
/// </summary>
internal sealed partial class WatchRounds(
    IServiceScopeFactory scopes, CalendarCache calendars, WatchTelemetry telemetry, IOptions<WatchdogOptions> options, TimeProvider time, ILogger<WatchRounds> log)
    : BackgroundService
{
    private long lastRound = time.GetTimestamp();

    /// <summary>How long ago the last round ended well; the start of the process counts as one.</summary>
    public TimeSpan SinceLastRound => time.GetElapsedTime(Interlocked.Read(ref lastRound));

    /// <summary>One round: all that is to be counted and all whose moment has come. False when another replica is at it.</summary>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        using var span = DossierTelemetry.Source.StartActivity("watchdog round");
        var calendar = await calendars.FreshAsync(ct);
        var (total, leads) = (new Looked(), true);
        var (size, failed) = (options.Value.Batch, new List<Guid>());
        while (leads)
        {
            await using var scope = scopes.CreateAsyncScope();
            var claim = scope.ServiceProvider.GetRequiredService<WatchClaim>();
            try
            {
                var looked = await claim.RunAsync(calendar, size, failed, ct);
                leads = looked is not null;
                if (looked is null or { Dossiers: 0 })
                    break;
                telemetry.Looked(looked);
                total.Dossiers += looked.Dossiers;
                total.Levels.AddRange(looked.Levels);
                total.Apologies += looked.Apologies;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One dossier that cannot be saved must not silence the others: from here on one by one, without it.
                if (size == 1 && claim.First is { } culprit)
                    failed.Add(culprit);
                else if (size == 1)
                    throw;
                size = 1;
                ClaimFailed(log, e, claim.First);
            }
        }
        await CountAsync(ct);
        Interlocked.Exchange(ref lastRound, time.GetTimestamp());
        span?.SetTag("dossiers", total.Dossiers).SetTag("warnings", total.Levels.Count).SetTag("apologies", total.Apologies).SetTag("leads", leads);
        telemetry.RoundEnded(leads);
        if (total.Levels.Count + total.Apologies > 0)
            Warned(log, total.Dossiers, total.Levels.Count, total.Apologies, failed.Count);
        return leads;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(options.Value.Interval, time, RunAsync, e => RoundFailed(log, e), stoppingToken);

    private async Task CountAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        telemetry.Late(await LateWaits.OfAsync(scope.ServiceProvider.GetRequiredService<DossierDbContext>(), time.Now(), ct));
    }

    [LoggerMessage(4090, LogLevel.Information, "Looked at the waits of {Dossiers} dossiers: {Warnings} warnings, {Apologies} apologies, {Failed} dossiers failed")]
    private static partial void Warned(ILogger log, int dossiers, int warnings, int apologies, int failed);

    [LoggerMessage(4091, LogLevel.Warning, "Looking at the waits of a claim failed, beginning with dossier {DossierId}; the dossiers are tried one by one")]
    private static partial void ClaimFailed(ILogger log, Exception e, Guid? dossierId);

    [LoggerMessage(4092, LogLevel.Warning, "Nobody could be warned; tried again in the next round")]
    private static partial void RoundFailed(ILogger log, Exception e);
}
