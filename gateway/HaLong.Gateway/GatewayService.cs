using HaLong.Gateway.Docs;
using HaLong.Gateway.Edge;
using HaLong.Gateway.Limits;
using HaLong.Gateway.Routing;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.HttpOverrides;
using Yarp.ReverseProxy.Health;

namespace HaLong.Gateway;

/// <summary>The gateway's table of contents.</summary>
internal static class GatewayService
{
    public static void AddGateway(this WebApplicationBuilder builder)
    {
        builder.AddManagementPort();
        builder.AddBasicDefaults("gateway");
        builder.AddTokenValidation();
        builder.Services.AddOptions<GatewayOptions>().BindConfiguration("").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddRequestTimeouts();
        builder.AddCallerLimits();
        builder.AddCrossOrigin();
        builder.Services.AddReverseProxy()
            .LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"))
            .AddConfigFilter<ServiceClusters>()
            .AddTransforms<EdgeTransforms>()
            .ConfigureHttpClient((_, handler) =>
            {
                // A replica on a dead machine must not hold a request for YARP's 15 s.
                handler.ConnectTimeout = TimeSpan.FromSeconds(2);
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
            });
        builder.Services.AddSingleton<IPassiveHealthCheckPolicy, ConnectionFailurePolicy>();
        builder.AddApiDocument();
    }

    public static void MapGateway(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.UseEdgeHeaders();
        app.UseBasicDefaults();
        app.UseClosedPaths();
        app.UseRouting();
        app.Use(ForwardingOutcome.InvokeAsync);
        app.UseRequestTimeouts();
        app.UseCrossOrigin();
        app.UseAuthentication();
        app.UseCallerLimits();
        app.UseAuthorization();
        app.Use(BodyLimit.InvokeAsync);

        app.MapHealth();
        app.MapApiDocument();
        app.MapErrorPages();
        app.MapReverseProxy();

        // Without these an unknown address of the API would be asked of the portal.
        foreach (var path in new[] { "/api/{**rest}", "/hooks/{**rest}" })
        {
            app.Map(path, () => CommonErrors.NotFound.ToProblem()).WithOrder(1).OpenToAnyone();
        }
    }

    /// <summary>Open to anyone, limited like other public reads, and never slow.</summary>
    public static void OpenToAnyone(this IEndpointConventionBuilder builder) =>
        builder.AllowAnonymous().RequireRateLimiting(LimitNames.Public).WithRequestTimeout(TimeSpan.FromSeconds(30));

    private static void UseTrustedProxies(this WebApplication app)
    {
        var networks = app.Configuration.GetSection(nameof(GatewayOptions.TrustedProxies)).Get<string[]>() ?? [];
        if (networks.Length == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = networks.Length };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var network in networks)
        {
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        }

        app.UseForwardedHeaders(options);
    }
}
