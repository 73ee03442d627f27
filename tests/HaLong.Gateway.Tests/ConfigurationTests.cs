using HaLong.Gateway.Routing;
using Microsoft.Extensions.Configuration;
using Yarp.ReverseProxy.Configuration;

namespace HaLong.Gateway.Tests;

/// <summary>A mistake in the route table stops the start instead of opening a path.</summary>
public sealed class ConfigurationTests
{
    [Theory]
    [InlineData("ReverseProxy:Routes:dossier-dossiers:AuthorizationPolicy", "SignedIm")]
    [InlineData("ReverseProxy:Routes:dossier-dossiers:RateLimiterPolicy", "appi")]
    public async Task A_policy_or_limit_that_does_not_exist_is_refused_at_start(string setting, string typingError)
    {
        await using var gateway = await GatewayHost.CreateAsync();
        var error = await Assert.ThrowsAnyAsync<Exception>(() => gateway.With(setting, typingError).StartAsync());
        Assert.Contains(typingError, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_route_that_lost_its_policy_is_closed_not_open()
    {
        await using var gateway = await GatewayHost.StartedAsync(("ReverseProxy:Routes:dossier-dossiers:AuthorizationPolicy", ""));
        using var nobody = gateway.Client();
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await nobody.GetAsync("/api/v1/dossiers", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_service_becomes_the_addresses_of_its_replicas()
    {
        var cluster = await ExpandAsync(("services:dossier:http:0", "http://127.0.0.1:1001"), ("services:dossier:http:1", "http://127.0.0.1:1002"), ("services:dossier:grpc:0", "http://127.0.0.1:2001"));
        Assert.Equal(["http://127.0.0.1:1001", "http://127.0.0.1:1002"], cluster.Destinations!.Values.Select(d => d.Address).Order(StringComparer.Ordinal));
        Assert.True(cluster.HealthCheck!.Active!.Enabled);
        Assert.True(cluster.HealthCheck.Passive!.Enabled);
    }

    [Fact]
    public async Task The_same_address_twice_is_one_replica()
    {
        var cluster = await ExpandAsync(("services:dossier:http:0", "http://127.0.0.1:1001"), ("services:dossier:http:1", "http://127.0.0.1:1001"));
        Assert.Single(cluster.Destinations!);
        Assert.False(cluster.HealthCheck!.Active!.Enabled);
    }

    [Fact]
    public async Task A_service_nobody_placed_keeps_its_name() =>
        Assert.Equal("http://dossier", Assert.Single((await ExpandAsync()).Destinations!).Value.Address);

    [Fact]
    public async Task What_a_cluster_says_itself_stays()
    {
        var configuration = new ConfigurationBuilder().Build();
        var cluster = await new ServiceClusters(configuration).ConfigureClusterAsync(
            new ClusterConfig { ClusterId = "dossier", LoadBalancingPolicy = "RoundRobin", HealthCheck = new HealthCheckConfig() }, TestContext.Current.CancellationToken);
        Assert.Equal("RoundRobin", cluster.LoadBalancingPolicy);
        Assert.Null(cluster.HealthCheck!.Passive);
    }

    private static async Task<ClusterConfig> ExpandAsync(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
        return await new ServiceClusters(configuration).ConfigureClusterAsync(
            new ClusterConfig
            {
                ClusterId = "dossier",
                Destinations = new Dictionary<string, DestinationConfig> { ["dossier"] = new() { Address = "http://dossier" } },
            },
            TestContext.Current.CancellationToken);
    }
}
