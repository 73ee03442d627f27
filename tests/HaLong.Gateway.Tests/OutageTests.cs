using System.Net;
using HaLong.TestSupport;
using Microsoft.AspNetCore.Http;

namespace HaLong.Gateway.Tests;

public sealed class OutageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("dossier", "/api/v1/dossiers")]
    [InlineData("identity", "/api/v1/units")]
    [InlineData("portal", "/")]
    public async Task A_service_that_is_down_answers_503_with_a_time_to_try_again(string service, string path)
    {
        await using var gateway = await GatewayHost.StartedAsync();
        using var client = gateway.Citizen();
        await gateway[service].StopAsync();
        for (var i = 0; i < 3; i++)
        {
            using var response = await client.GetAsync(path, Ct);
            await Problem.AssertAsync(response, HttpStatusCode.ServiceUnavailable, "CMN-0503");
            Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }
    }

    [Fact]
    public async Task A_service_that_comes_back_is_used_again_at_once()
    {
        await using var gateway = await GatewayHost.StartedAsync();
        using var client = gateway.Citizen();
        var url = gateway["dossier"].Url;
        await gateway["dossier"].DisposeAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/api/v1/dossiers", Ct)).StatusCode);
        gateway.Backends["dossier"] = await Backend.StartAsync("dossier", url);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/dossiers", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_in_time_answers_504()
    {
        await using var gateway = await GatewayHost.StartedAsync(("ReverseProxy:Routes:dossier-dossiers:Timeout", "00:00:00.5"));
        gateway["dossier"].Answer = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        using var client = gateway.Citizen();
        using var response = await client.GetAsync("/api/v1/dossiers", Ct);
        await Problem.AssertAsync(response, HttpStatusCode.GatewayTimeout, "CMN-0504");
    }

    [Fact]
    public async Task A_service_that_hangs_up_answers_503()
    {
        await using var gateway = await GatewayHost.StartedAsync();
        gateway["dossier"].Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        using var client = gateway.Citizen();
        using var content = new StringContent("{}");
        using var response = await client.PostAsync("/api/v1/dossiers", content, Ct);
        await Problem.AssertAsync(response, HttpStatusCode.ServiceUnavailable, "CMN-0503");
    }

    [Theory]
    [InlineData(404, "CMN-0404")]
    [InlineData(500, "CMN-0500")]
    [InlineData(502, "CMN-0503")]
    [InlineData(504, "CMN-0504")]
    public async Task A_wordless_refusal_of_a_service_gets_words(int status, string code)
    {
        await using var gateway = await GatewayHost.StartedAsync();
        gateway["dossier"].Answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentLength = 0;
            return Task.CompletedTask;
        };
        using var client = gateway.Citizen();
        using var response = await client.GetAsync("/api/v1/dossiers", Ct);
        await Problem.AssertAsync(response, status == 502 ? HttpStatusCode.ServiceUnavailable : (HttpStatusCode)status, code);
    }

    [Fact]
    public async Task A_services_own_problem_passes_as_it_is()
    {
        await using var gateway = await GatewayHost.StartedAsync();
        gateway["dossier"].Answer = async context =>
        {
            context.Response.StatusCode = 409;
            await context.Response.WriteAsJsonAsync(new { code = "DOS-0007" }, options: null, contentType: "application/problem+json");
        };
        using var client = gateway.Citizen();
        using var response = await client.GetAsync("/api/v1/dossiers", Ct);
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("""{"code":"DOS-0007"}""", await response.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task All_replicas_are_used_and_a_dead_one_is_left_out()
    {
        await using var second = await Backend.StartAsync("dossier-2");
        await using var third = await Backend.StartAsync("dossier-3");
        await using var gateway = await GatewayHost.StartedAsync(("services:dossier:http:1", second.Url), ("services:dossier:http:2", third.Url));
        using var client = gateway.Citizen();
        Assert.Equal(0, await FailuresAsync(client, 60));
        Assert.All([gateway["dossier"].Count, second.Count, third.Count], count => Assert.True(count > 0));

        await second.StopAsync();
        Assert.True(await FailuresAsync(client, 60) <= 1, "A dead replica must be noticed by the first request that meets it.");
        Assert.Equal(0, await FailuresAsync(client, 60));
    }

    [Fact]
    public async Task A_replica_that_returns_is_used_again()
    {
        await using var second = await Backend.StartAsync("dossier-2");
        await using var gateway = await GatewayHost.StartedAsync(("services:dossier:http:1", second.Url));
        using var client = gateway.Citizen();
        var url = second.Url;
        await second.DisposeAsync();
        await FailuresAsync(client, 20);
        await using var returned = await Backend.StartAsync("dossier-2", url);
        await Eventually.Async(
            async () =>
            {
                Assert.Equal(0, await FailuresAsync(client, 10));
                return returned.Count > 0;
            },
            "the returned replica gets requests");
    }

    [Fact]
    public async Task A_name_without_known_addresses_is_asked_by_name()
    {
        await using var gateway = await GatewayHost.CreateAsync();
        await gateway.With("ReverseProxy:Clusters:portal:Destinations:portal:Address", gateway["portal"].Url).StartAsync();
        using var client = gateway.Client();
        Assert.Contains("portal", await client.GetStringAsync("/", Ct), StringComparison.Ordinal);
    }

    private static async Task<int> FailuresAsync(HttpClient client, int requests)
    {
        var failures = 0;
        for (var i = 0; i < requests; i++)
        {
            using var response = await client.GetAsync("/api/v1/dossiers", Ct);
            failures += response.IsSuccessStatusCode ? 0 : 1;
        }

        return failures;
    }
}
