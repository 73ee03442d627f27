using System.CodeDom.Compiler;
using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace HaLong.Architecture.Tests;

public sealed class EndpointTests
{
    public static TheoryData<string> Names => [.. Repository.ServiceNames, "HaLong.Gateway", "HaLong.Portal"];

    public static TheoryData<string> Services => [.. Repository.ServiceNames];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_endpoint_names_a_policy_or_says_that_it_is_open(string service)
    {
        using var booted = Booted.Of(Assembly.Load(service));
        var endpoints = booted.Endpoints.Where(e => e.DisplayName?.Contains("Unimplemented", StringComparison.Ordinal) != true).ToList();
        Assert.NotEmpty(endpoints);
        foreach (var endpoint in endpoints)
        {
            var named = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(a => !string.IsNullOrEmpty(a.Policy))
                || endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is not null;
            Assert.True(named || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null, $"{service}: {endpoint.DisplayName} has no policy");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Unsafe_public_operations_have_a_summary_for_the_documentation(string service)
    {
        using var booted = Booted.Of(Assembly.Load(service));
        foreach (var endpoint in booted.Endpoints.Where(IsPublicOperation))
        {
            var summary = endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IEndpointSummaryMetadata>()?.Summary;
            Assert.False(string.IsNullOrWhiteSpace(summary), $"{service}: {endpoint.DisplayName} has no summary");
        }
    }

    /// <summary>What the generator cannot see through is compiled at every start instead, and that twice: seconds for a service.</summary>
    [Theory]
    [MemberData(nameof(Services))]
    public void Endpoints_are_compiled_with_the_service_and_not_when_it_starts(string service)
    {
        var assembly = Assembly.Load(service);
        using var booted = Booted.Of(assembly);
        var own = booted.Endpoints.Where(e => e.Metadata.GetMetadata<MethodInfo>()?.DeclaringType?.Assembly == assembly).ToList();
        Assert.NotEmpty(own);
        foreach (var endpoint in own)
            Assert.True(endpoint.Metadata.GetMetadata<GeneratedCodeAttribute>() is not null, $"{service}: {endpoint.DisplayName} is compiled at the start");
    }

    private static bool IsPublicOperation(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText?.TrimStart('/') is { } path
        && (path.StartsWith("api/", StringComparison.Ordinal) || path.StartsWith("hooks/", StringComparison.Ordinal))
        && endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.IHttpMethodMetadata>() is not null
        && endpoint.DisplayName?.Contains("Unimplemented", StringComparison.Ordinal) != true;
}
