using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Statistics.Keeping;

/// <summary>Degraded when changes wait for too long: figures are old, everything else goes on.</summary>
internal sealed class KeepHealth(KeepTelemetry telemetry, IOptions<KeepingOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(telemetry.Waits is var (count, age) && age > options.Value.MostLag
            ? HealthCheckResult.Degraded($"Statistics lag: {count} changed dossiers wait, the first for {age.TotalSeconds:0} s.")
            : HealthCheckResult.Healthy());
}
