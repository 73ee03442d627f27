using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Watchdog.Rounds;

/// <summary>Degraded when this replica has seen no round end well for too long: then people may wait in silence.</summary>
internal sealed class WatchHealth(WatchRounds rounds, IOptions<WatchdogOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(rounds.SinceLastRound > options.Value.Interval * options.Value.MissedRounds
            ? HealthCheckResult.Degraded("The watchdog of waits has not finished a round for too long.")
            : HealthCheckResult.Healthy());
}
