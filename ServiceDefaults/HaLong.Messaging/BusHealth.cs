using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HaLong.Messaging;

/// <summary>
/// Not ready until the bus was connected once, with every queue declared; so nobody publishes to a neighbour whose queues do not exist yet.
/// Later, or after half a minute without a broker, only degraded: requests are served and facts wait in the outbox.
/// </summary>
internal sealed class BusHealth(IBusControl bus, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private volatile bool _wasHealthy;

    /// <summary>True while connected with every queue of this service declared.</summary>
    public bool IsHealthy
    {
        get
        {
            var healthy = bus.CheckHealth().Status == BusHealthStatus.Healthy;
            _wasHealthy |= healthy;
            return healthy;
        }
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (IsHealthy)
        {
            return Task.FromResult(HealthCheckResult.Healthy());
        }

        var starting = !_wasHealthy && time.GetUtcNow() - _start < Patience;
        return Task.FromResult(starting ? HealthCheckResult.Unhealthy("The bus is starting.") : HealthCheckResult.Degraded("The broker is out of reach."));
    }
}
