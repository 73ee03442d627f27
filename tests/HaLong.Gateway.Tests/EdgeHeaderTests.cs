using System.Net;
using HaLong.Gateway.Edge;

namespace HaLong.Gateway.Tests;

public sealed class EdgeHeaderTests(SharedGateway shared)
{
    [Theory]
    [InlineData("X-User-Id")]
    [InlineData("X-User")]
    [InlineData("X-User-Roles")]
    [InlineData("x-account-id")]
    [InlineData("X-Auth-Request-User")]
    [InlineData("X-Remote-User")]
    [InlineData("X-Original-URL")]
    [InlineData("X-Real-IP")]
    [InlineData("X-Forwarded-User")]
    [InlineData("X-Forwarded-Client-Cert")]
    [InlineData("X-Forwarded-Prefix")]
    [InlineData("Forwarded")]
    public async Task What_a_caller_claims_about_himself_does_not_arrive(string header)
    {
        using var client = shared.Host.Citizen();
        client.DefaultRequestHeaders.TryAddWithoutValidation(header, "administrator");
        Assert.DoesNotContain(header, (await SeenAsync(client)).Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Forwarded_headers_say_what_the_gateway_saw()
    {
        using var client = shared.Host.Citizen();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        client.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "gopher");
        client.DefaultRequestHeaders.Host = "evil.example";
        var headers = (await SeenAsync(client)).Headers;
        Assert.Equal("127.0.0.1", headers["X-Forwarded-For"]);
        Assert.Equal("halong.test", headers["X-Forwarded-Host"]);
        Assert.Equal("https", headers["X-Forwarded-Proto"]);
        Assert.Equal("halong.test", headers["Host"]);
    }

    [Fact]
    public async Task A_named_proxy_in_front_is_believed_about_the_address_only()
    {
        await using var gateway = await GatewayHost.StartedAsync(("TrustedProxies:0", "127.0.0.0/8"));
        using var client = gateway.Citizen();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.1, 203.0.113.9");
        client.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");
        var headers = (await SeenAsync(client, gateway)).Headers;
        Assert.Equal("203.0.113.9", headers["X-Forwarded-For"]);
        Assert.Equal("halong.test", headers["X-Forwarded-Host"]);
    }

    [Fact]
    public async Task What_a_caller_needs_to_send_does_arrive()
    {
        using var client = shared.Host.Citizen();
        client.DefaultRequestHeaders.Add("Idempotency-Key", "k1");
        client.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", "\"5\"");
        client.DefaultRequestHeaders.Add("Accept-Language", "en");
        var headers = (await SeenAsync(client)).Headers;
        Assert.Equal("k1", headers["Idempotency-Key"]);
        Assert.Equal("\"5\"", headers["If-Match"]);
        Assert.Equal("en", headers["Accept-Language"]);
        Assert.StartsWith("Bearer ", headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trace_is_taken_up_carried_on_and_told()
    {
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var answer = await shared.Host.RawAsync("/api/v1/dossiers/trace", "Authorization: Bearer " + shared.Host.Identity.Token(), $"traceparent: 00-{trace}-00f067aa0ba902b7-01");
        Assert.Contains($"{EdgeHeaders.TraceId}: {trace}\r\n", answer, StringComparison.Ordinal);
        Assert.StartsWith($"00-{trace}-", shared.Host["dossier"].Requests.Last(r => r.Path == "/api/v1/dossiers/trace").Headers["traceparent"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/procedures")]
    [InlineData("/api/v1/dossiers")]
    [InlineData("/metrics")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs/")]
    [InlineData("/")]
    public async Task Every_answer_carries_a_trace_and_the_security_headers_and_no_server(string path)
    {
        using var client = shared.Host.Client();
        using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Matches("^[0-9a-f]{32}$", Assert.Single(response.Headers.GetValues(EdgeHeaders.TraceId)));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
        Assert.Contains("frame-ancestors 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.StartsWith("max-age=", Assert.Single(response.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
        Assert.True(response.Headers.Contains("Referrer-Policy"));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task A_page_keeps_the_policy_it_asked_for()
    {
        await using var gateway = await GatewayHost.StartedAsync();
        gateway["portal"].Answer = context =>
        {
            context.Response.Headers.ContentSecurityPolicy = "default-src 'self'";
            return Task.CompletedTask;
        };
        using var client = gateway.Client();
        using var response = await client.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Equal("default-src 'self'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
    }

    [Fact]
    public async Task Without_https_no_strict_transport_is_promised()
    {
        await using var gateway = await GatewayHost.StartedAsync(("PublicUrl", "http://localhost:5080"));
        using var client = gateway.Client();
        using var response = await client.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.False(response.Headers.Contains("Strict-Transport-Security"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private async Task<Backend.Seen> SeenAsync(HttpClient client, GatewayHost? gateway = null)
    {
        var path = "/api/v1/dossiers/" + Guid.CreateVersion7();
        using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (gateway ?? shared.Host)["dossier"].Requests.Single(r => r.Path == path);
    }
}
