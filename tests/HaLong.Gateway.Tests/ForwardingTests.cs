using System.Net;
using System.Text;
using HaLong.TestSupport;
using Microsoft.AspNetCore.Http;

namespace HaLong.Gateway.Tests;

/// <summary>What is neither checked nor limited passes unchanged, both ways.</summary>
public sealed class ForwardingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Methods_and_bodies_pass(string method)
    {
        await using var gateway = await GatewayHost.StartedAsync();
        var body = "";
        gateway["dossier"].Answer = async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            body = context.Request.Method + " " + await reader.ReadToEndAsync(Ct);
        };
        using var client = gateway.Citizen();
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/dossiers/1") { Content = method == "GET" ? null : new StringContent("{\"a\":\"ả\"}", Encoding.UTF8, "application/json") };
        using var response = await client.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(method + (method == "GET" ? " " : " {\"a\":\"ả\"}"), body);
    }

    [Fact]
    public async Task Events_of_a_stream_pass_one_by_one_and_not_when_it_ends()
    {
        await using var gateway = await GatewayHost.StartedAsync();
        var more = new TaskCompletionSource();
        gateway["notification"].Answer = async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync($"data: {context.Request.Headers["Last-Event-ID"]}\n\n", Ct);
            await context.Response.Body.FlushAsync(Ct);
            await more.Task.WaitAsync(Ct);
            await context.Response.WriteAsync("data: last\n\n", Ct);
        };
        using var client = gateway.Citizen();
        client.DefaultRequestHeaders.Add("Last-Event-ID", "first");
        using var response = await client.GetAsync("/api/v1/me/stream", HttpCompletionOption.ResponseHeadersRead, Ct);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Ct));

        // The service sends the second only after the first was read here.
        Assert.Equal("data: first", await reader.ReadLineAsync(Ct).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Ct));
        more.SetResult();
        await reader.ReadLineAsync(Ct);
        Assert.Equal("data: last", await reader.ReadLineAsync(Ct).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Ct));
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/api/v1/procedures?q=dang%20ky%20dat&limit=5")]
    [InlineData("/api/v1/procedures?q=%C4%91%E1%BA%A5t%20%26%20nh%C3%A0")]
    [InlineData("/api/v1/procedures/1.013978?at=2026-11-23")]
    public async Task Query_and_path_arrive_as_they_were_sent(string target)
    {
        await using var gateway = await GatewayHost.StartedAsync();
        var seen = "";
        gateway["dossier"].Answer = context =>
        {
            seen = context.Request.Path + context.Request.QueryString.Value;
            return Task.CompletedTask;
        };
        using var client = gateway.Client();
        await client.GetAsync(target, Ct);
        Assert.Equal(target, seen);
    }

    [Fact]
    public async Task Status_revision_and_place_of_an_answer_pass()
    {
        await using var gateway = await GatewayHost.StartedAsync();
        gateway["dossier"].Answer = context =>
        {
            context.Response.StatusCode = 201;
            context.Response.Headers.ETag = "\"7\"";
            context.Response.Headers.Location = "/api/v1/dossiers/7";
            return Task.CompletedTask;
        };
        using var client = gateway.Citizen();
        using var response = await client.PostAsync("/api/v1/dossiers", null, Ct);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("\"7\"", response.Headers.ETag?.Tag);
        Assert.Equal("/api/v1/dossiers/7", response.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Redirects_and_cookies_of_the_sign_in_are_the_browsers_business()
    {
        await using var gateway = await GatewayHost.StartedAsync();
        gateway["identity"].Answer = context =>
        {
            context.Response.Cookies.Append("session", "1", new CookieOptions { HttpOnly = true });
            context.Response.Redirect("/account/sign-in?returnUrl=%2F");
            return Task.CompletedTask;
        };
        using var client = gateway.Client();
        client.DefaultRequestHeaders.Add("Cookie", "before=1");
        using var response = await client.GetAsync("/connect/authorize", Ct);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/account/sign-in?returnUrl=%2F", response.Headers.Location?.ToString());
        Assert.StartsWith("session=1", Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        Assert.Equal("before=1", Assert.Single(gateway["identity"].Requests).Headers["Cookie"]);
    }

    [Fact]
    public async Task When_the_caller_hangs_up_the_service_is_told()
    {
        await using var gateway = await GatewayHost.StartedAsync();
        var arrived = new TaskCompletionSource();
        var told = false;
        gateway["dossier"].Answer = async context =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => told = true, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        };
        using var client = gateway.Citizen();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var asking = client.GetAsync("/api/v1/dossiers", patience.Token);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(20), Ct);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await Eventually.Async(() => Task.FromResult(told), "the service sees that nobody waits");
    }

    [Fact]
    public async Task Many_at_once_get_their_own_answers()
    {
        await using var gateway = await GatewayHost.StartedAsync();
        using var client = gateway.Citizen();
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i => (i, Text: await client.GetStringAsync("/api/v1/dossiers/" + i, Ct))));
        Assert.All(answers, a => Assert.Contains($"\"path\":\"/api/v1/dossiers/{a.i}\"", a.Text, StringComparison.Ordinal));
    }
}
