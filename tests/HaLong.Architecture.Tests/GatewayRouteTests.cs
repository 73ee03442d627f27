using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;

namespace HaLong.Architecture.Tests;

/// <summary>What a service offers to the public is reachable through the gateway, and only there where it should be.</summary>
public sealed partial class GatewayRouteTests
{
    private static readonly string[] PublicPrefixes = ["/api/", "/connect/", "/account/", "/hooks/", "/pki/", "/tsa/", "/csc/", "/schemas/", "/asyncapi/"];

    public static TheoryData<string, string> Services => new()
    {
        { "HaLong.Identity", "identity" },
        { "HaLong.Dossiers", "dossier" },
        { "HaLong.Payments", "payment" },
        { "HaLong.Notifications", "notification" },
        { "HaLong.Signatures", "e-signature" },
    };

    [Theory]
    [MemberData(nameof(Services))]
    public void Every_public_path_leads_to_its_service_and_no_other_path_does(string service, string cluster)
    {
        var routes = Routes();
        using var booted = Booted.Of(Assembly.Load(service));
        foreach (var endpoint in booted.Endpoints)
        {
            var path = Parameter().Replace("/" + endpoint.RoutePattern.RawText!.TrimStart('/'), "x").TrimEnd('/');
            var route = Best(routes, path);
            if (!PublicPrefixes.Any(p => (path + "/").StartsWith(p, StringComparison.Ordinal)))
            {
                Assert.True(route is null || route.Cluster != cluster, $"{path} of {service} must not be public");
                continue;
            }

            Assert.True(route?.Cluster == cluster, $"{path} of {service} goes to {route?.Cluster ?? "nobody"}");
            // A gateway that wants a token where the service does not would lock people out; the other way round only wastes a hop.
            if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
                Assert.True(route!.Policy == "Anonymous", $"{path} of {service} is open, but the gateway asks for {route.Policy}");
        }
    }

    [Fact]
    public void Every_route_names_a_policy_of_the_platform()
    {
        var known = typeof(Policies).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!).Append("Anonymous");
        Assert.All(Routes(), r => Assert.Contains(r.Policy, known));
    }

    private static Route? Best(IEnumerable<Route> routes, string path) => routes
        .Where(r => new TemplateMatcher(r.Template, []).TryMatch(new PathString(path), []))
        .OrderBy(r => RoutePrecedence.ComputeInbound(r.Template))
        .FirstOrDefault();

    private static List<Route> Routes()
    {
        var settings = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "gateway/HaLong.Gateway/appsettings.json")))!;
        return
        [
            .. settings["ReverseProxy"]!["Routes"]!.AsObject().Select(r => new Route(
                TemplateParser.Parse(r.Value!["Match"]!["Path"]!.GetValue<string>()),
                r.Value["ClusterId"]!.GetValue<string>(),
                r.Value["AuthorizationPolicy"]!.GetValue<string>())),
        ];
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    private sealed record Route(RouteTemplate Template, string Cluster, string Policy);
}
