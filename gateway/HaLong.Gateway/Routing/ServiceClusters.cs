using System.Net;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;

namespace HaLong.Gateway.Routing;

/// <summary>
/// Turns a cluster's <c>http://identity</c> into the addresses of all its replicas (<c>services:identity:http:N</c>; the name itself where
/// the platform's DNS knows it), and gives every cluster the same balancing, probes and protocol.
/// </summary>
internal sealed class ServiceClusters(IConfiguration configuration) : IProxyConfigFilter
{
    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel)
    {
        var destinations = new Dictionary<string, DestinationConfig>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, destination) in cluster.Destinations ?? new Dictionary<string, DestinationConfig>())
        {
            var service = new Uri(destination.Address).Host;
            var replicas = configuration.GetSection($"services:{service}:http").GetChildren().Select(c => c.Value).OfType<string>().Distinct().ToList();
            if (replicas.Count == 0)
            {
                destinations[name] = destination;
            }

            for (var i = 0; i < replicas.Count; i++)
            {
                destinations[$"{name}/{i}"] = destination with { Address = replicas[i] };
            }
        }

        return ValueTask.FromResult(cluster with
        {
            Destinations = destinations,
            LoadBalancingPolicy = cluster.LoadBalancingPolicy ?? LoadBalancingPolicies.PowerOfTwoChoices,
            HealthCheck = cluster.HealthCheck ?? Probes(destinations.Count),
            HttpRequest = cluster.HttpRequest ?? new ForwarderRequestConfig { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact },
        });
    }

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => ValueTask.FromResult(route);

    private static HealthCheckConfig Probes(int destinations) => new()
    {
        // With nobody healthy everybody is asked: probes may be wrong, and an honest 503 of the service is better than ours.
        AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
        Passive = new PassiveHealthCheckConfig { Enabled = true, Policy = ConnectionFailurePolicy.PolicyName, ReactivationPeriod = TimeSpan.FromSeconds(5) },
        Active = new ActiveHealthCheckConfig
        {
            // Probing the only replica would decide nothing.
            Enabled = destinations > 1,
            Path = "/alive",
            Interval = TimeSpan.FromSeconds(3),
            Timeout = TimeSpan.FromSeconds(2),
            Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
        },
    };
}
