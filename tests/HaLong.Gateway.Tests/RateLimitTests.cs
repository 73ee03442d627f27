using System.Globalization;
using System.Net;
using HaLong.Gateway.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Gateway.Tests;

public sealed class RateLimitTests(SharedGateway shared)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_say_the_limit_what_remains_and_when_it_is_whole_again()
    {
        using var client = shared.Host.Citizen();
        using var first = await client.GetAsync("/api/v1/dossiers", Ct);
        using var second = await client.GetAsync("/api/v1/dossiers", Ct);
        Assert.Equal(3000, Number(first, "RateLimit-Limit"));
        Assert.InRange(Number(first, "RateLimit-Reset"), 1, 60);
        Assert.Equal(2999, Number(first, "RateLimit-Remaining"));
        Assert.InRange(Number(second, "RateLimit-Remaining"), 2998, 2999);
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_when_to_come_back()
    {
        await using var gateway = await StartAsync("Api", 3);
        using var client = gateway.Citizen();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/dossiers", Ct)).StatusCode);
        }

        using var refused = await client.GetAsync("/api/v1/dossiers", Ct);
        await Problem.AssertAsync(refused, HttpStatusCode.TooManyRequests, "CMN-0429");
        Assert.Equal(0, Number(refused, "RateLimit-Remaining"));
        Assert.Equal(3, Number(refused, "RateLimit-Limit"));
        Assert.Equal(Number(refused, "RateLimit-Reset"), (int)refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Equal(3, gateway["dossier"].Count);
    }

    [Fact]
    public async Task A_new_window_lets_the_caller_in_again()
    {
        var clock = new Clock();
        await using var gateway = await GatewayHost.CreateAsync();
        await gateway.With("RateLimits:Api:Permits", "1").WithServices(s => s.AddSingleton<TimeProvider>(clock)).StartAsync();
        using var client = gateway.Citizen();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/dossiers", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await client.GetAsync("/api/v1/dossiers", Ct)).StatusCode);
        clock.Ahead += TimeSpan.FromMinutes(1);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/dossiers", Ct)).StatusCode);
    }

    [Fact]
    public async Task One_callers_haste_does_not_cost_another()
    {
        await using var gateway = await StartAsync("Api", 1);
        using var one = gateway.Citizen();
        using var other = gateway.Citizen();
        await one.GetAsync("/api/v1/dossiers", Ct);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await one.GetAsync("/api/v1/dossiers", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/api/v1/dossiers", Ct)).StatusCode);
    }

    [Fact]
    public async Task Limits_are_counted_apart()
    {
        await using var gateway = await StartAsync("Tracking", 1);
        using var client = gateway.Client();
        await client.GetAsync("/api/v1/tracking/x", Ct);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await client.GetAsync("/api/v1/tracking/x", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/procedures", Ct)).StatusCode);
    }

    [Fact]
    public async Task Papers_are_looked_up_as_rarely_as_dossiers_and_files_are_checked_apart()
    {
        await using var gateway = await StartAsync("Tracking", 2);
        using var client = gateway.Client();
        await client.GetAsync("/api/v1/tracking/x", Ct);
        await client.GetAsync("/api/v1/verification/x", Ct);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await client.GetAsync("/api/v1/verification/y", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/verification", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/verification-keys", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_forged_address_does_not_buy_a_new_allowance()
    {
        await using var gateway = await StartAsync("Tracking", 1);
        using var client = gateway.Client();
        await client.GetAsync("/api/v1/tracking/x", Ct);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.77");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await client.GetAsync("/api/v1/tracking/x", Ct)).StatusCode);
    }

    [Fact]
    public async Task Probes_are_not_counted()
    {
        using var client = shared.Host.Client();
        using var response = await client.GetAsync("/alive", Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("RateLimit-Limit"));
    }

    [Fact]
    public async Task A_limit_of_nothing_is_refused_at_start()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync("Api", 0));
        Assert.Contains("RateLimits", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2::9", "2001:db8:1:2::/64")]
    public void A_caller_without_a_token_is_his_network(string address, string caller)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        Assert.Equal(caller, CallerLimits.CallerOf(context));
    }

    private static Task<GatewayHost> StartAsync(string limit, int permits) => GatewayHost.StartedAsync(
        ($"RateLimits:{limit}:Permits", permits.ToString(CultureInfo.InvariantCulture)), ($"RateLimits:{limit}:WindowSeconds", "3600"));

    private static int Number(HttpResponseMessage response, string header) => int.Parse(Assert.Single(response.Headers.GetValues(header)), CultureInfo.InvariantCulture);

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
