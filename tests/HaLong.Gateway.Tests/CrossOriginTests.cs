using System.Net;

namespace HaLong.Gateway.Tests;

public sealed class CrossOriginTests(SharedGateway shared)
{
    private const string Origin = "https://app.example";

    [Fact]
    public async Task By_default_no_other_site_may_call()
    {
        using var client = shared.Host.Client();
        using var response = await client.SendAsync(Preflight(Origin), TestContext.Current.CancellationToken);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_named_origin_may_call_without_a_token_for_the_preflight()
    {
        await using var gateway = await GatewayHost.StartedAsync(("Cors:AllowedOrigins:0", Origin));
        using var client = gateway.Client();
        using var response = await client.SendAsync(Preflight(Origin), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(Origin, Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task A_named_origin_can_read_the_headers_it_needs()
    {
        await using var gateway = await GatewayHost.StartedAsync(("Cors:AllowedOrigins:0", Origin));
        using var client = gateway.Citizen();
        client.DefaultRequestHeaders.Add("Origin", Origin);
        using var response = await client.GetAsync("/api/v1/dossiers", TestContext.Current.CancellationToken);
        Assert.Contains("ETag", string.Join(',', response.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_origins_still_may_not()
    {
        await using var gateway = await GatewayHost.StartedAsync(("Cors:AllowedOrigins:0", Origin));
        using var client = gateway.Client();
        using var response = await client.SendAsync(Preflight("https://evil.example"), TestContext.Current.CancellationToken);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static HttpRequestMessage Preflight(string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, "/api/v1/dossiers");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,idempotency-key");
        return request;
    }
}
