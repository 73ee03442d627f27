using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace HaLong.Gateway.Routing;

/// <summary>
/// Leaves a replica out as soon as one request could not reach it. YARP's own rate policy wants ten failures first, which is nine citizens too many.
/// </summary>
internal sealed class ConnectionFailurePolicy(IDestinationHealthUpdater health) : IPassiveHealthCheckPolicy
{
    public const string PolicyName = "ConnectionFailure";

    public string Name => PolicyName;

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        if (context.Features.Get<IForwarderErrorFeature>()?.Error is ForwarderError.Request)
        {
            var pause = cluster.Model.Config.HealthCheck?.Passive?.ReactivationPeriod ?? TimeSpan.FromSeconds(5);
            health.SetPassive(cluster, destination, DestinationHealth.Unhealthy, pause);
        }
    }
}
