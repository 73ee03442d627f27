using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Statistics.Schedules;

/// <summary>Degraded when this replica has seen no round of scheduled reports end well for too long.</summary>
internal sealed class ScheduleHealth(ScheduleRounds rounds, IOptions<ScheduleOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(rounds.SinceLastRound > options.Value.Interval * options.Value.MissedRounds
            ? HealthCheckResult.Degraded("Scheduled reports have not been made for too long.")
            : HealthCheckResult.Healthy());
}
