using System.Diagnostics;
using Grpc.Core;
using HaLong.Identity.V1;
using HaLong.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaLong.ServiceDefaults.Tests;

public sealed class GrpcClientTests
{
    [Fact]
    public async Task A_call_in_a_request_carries_the_caller_and_one_in_the_background_this_service()
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.MapGet("/ask", async (Accounts.AccountsClient accounts) => await SubjectAsync(accounts)).RequireAuthorization(Policies.SignedIn);
            a.MapFree("/hook", async (Accounts.AccountsClient accounts) => await SubjectAsync(accounts));
        });
        app.Answer(context => Task.FromResult(new BatchGetAccountsResponse
        {
            Accounts = { new Account { Id = Caller.From(context.GetHttpContext().User).Subject } },
        }));
        var sub = Guid.CreateVersion7();
        using var person = app.Client(app.Identity.Token(sub));
        Assert.Equal(sub.ToString(), await person.GetStringAsync("/ask"));
        using var nobody = app.Client();
        Assert.Equal("test-service", await nobody.GetStringAsync("/hook"));
        Assert.Equal("test-service", (await app.CallAsync()).Accounts[0].Id);
    }

    [Fact]
    public async Task The_own_token_is_fetched_once_for_everybody_and_kept()
    {
        await using var tokens = await TokenServer.StartAsync(expiresIn: 600);
        await using var app = await TestApp.StartAsync(settings: ("services:identity:http:0", tokens.Url));
        await using var identity = app.Identity;
        var own = app.Services.GetRequiredService<ServiceTokens>();
        var fetched = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => own.GetAsync(CancellationToken.None).AsTask()));
        Assert.Single(fetched.Distinct());
        await own.GetAsync(CancellationToken.None);
        Assert.Equal(1, tokens.Requests);
        Assert.Equal("client_credentials tests secret halong.internal", tokens.LastForm);
    }

    [Fact]
    public async Task The_own_token_is_fetched_anew_before_it_expires()
    {
        await using var tokens = await TokenServer.StartAsync(expiresIn: 61);
        await using var app = await TestApp.StartAsync(settings: ("services:identity:http:0", tokens.Url));
        var own = app.Services.GetRequiredService<ServiceTokens>();
        var first = await own.GetAsync(CancellationToken.None);
        await Eventually.Async(async () => await own.GetAsync(CancellationToken.None) != first, "another token", TimeSpan.FromSeconds(10));
        Assert.Equal(2, tokens.Requests);
    }

    [Fact]
    public async Task A_call_without_a_deadline_ends_after_five_seconds()
    {
        await using var app = await TestApp.StartAsync(a => a.MapFree("/ask", async (Accounts.AccountsClient accounts) => await SubjectAsync(accounts)));
        app.Answer(async context =>
        {
            await Task.Delay(TimeSpan.FromSeconds(60), context.CancellationToken);
            return new BatchGetAccountsResponse();
        });
        var watch = Stopwatch.StartNew();
        using var client = app.Client();
        await client.GetAsync("/ask").ProblemAsync(504, "CMN-0504");
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(10));

        watch.Restart();
        var error = await Assert.ThrowsAsync<ErrorException>(() => app.CallAsync(new CallOptions(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(300))));
        Assert.Equal(ErrorKind.Timeout, error.Error.Kind);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), $"took {watch.Elapsed}");
    }

    [Fact]
    public async Task A_neighbour_that_is_down_is_503()
    {
        await using var app = await TestApp.StartAsync(
            a => a.MapFree("/ask", async (Accounts.AccountsClient accounts) => await SubjectAsync(accounts)), settings: ("services:identity:grpc:0", "http://127.0.0.1:1"));
        using var client = app.Client();
        using var warm = await client.GetAsync("/ask");
        using var answer = await client.GetAsync("/ask");
        await answer.ProblemAsync(503, "CMN-0503");
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task An_identity_that_gives_no_token_is_503()
    {
        await using var app = await TestApp.StartAsync(
            a => a.MapGet("/ask", async (Accounts.AccountsClient accounts) => await SubjectAsync(accounts)).AllowAnonymous(),
            settings: ("services:identity:http:0", "http://127.0.0.1:1"));
        var error = await Assert.ThrowsAsync<ErrorException>(() => app.CallAsync());
        Assert.Equal(ErrorKind.Unavailable, error.Error.Kind);
    }

    [Fact]
    public async Task A_call_that_met_a_server_going_down_is_repeated()
    {
        await using var app = await TestApp.StartAsync();
        var attempts = 0;
        app.Answer(_ => Interlocked.Increment(ref attempts) < 3
            ? throw new RpcException(new Status(StatusCode.Unavailable, "going down"))
            : Task.FromResult(new BatchGetAccountsResponse()));
        await app.CallAsync();
        Assert.Equal(3, attempts);
    }

    private static async Task<string> SubjectAsync(Accounts.AccountsClient accounts)
    {
        var answer = await accounts.BatchGetAccountsAsync(new BatchGetAccountsRequest());
        return answer.Accounts.Count == 0 ? "" : answer.Accounts[0].Id;
    }

    private sealed class TokenServer : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private int _requests;

        private TokenServer(int expiresIn)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            _app = builder.Build();
            _app.MapPost("/connect/token", async (HttpRequest request) =>
            {
                var n = Interlocked.Increment(ref _requests);
                var form = await request.ReadFormAsync();
                LastForm = $"{form["grant_type"]} {form["client_id"]} {form["client_secret"]} {form["scope"]}";
                await Task.Delay(100);
                return Results.Json(new { access_token = "token-" + n, expires_in = expiresIn });
            });
        }

        public string Url => _app.Urls.First();

        public int Requests => _requests;

        public string LastForm { get; private set; } = "";

        public static async Task<TokenServer> StartAsync(int expiresIn)
        {
            var server = new TokenServer(expiresIn);
            await server._app.StartAsync();
            return server;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}
