using System.Net.Http.Headers;
using System.Text.Json;
using Grpc.Core;
using HaLong.Identity.V1;
using HaLong.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(Servers))]

namespace HaLong.ServiceDefaults.Tests;

/// <summary>A service with the defaults on real ports, that is also its own neighbour over gRPC.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestApp(WebApplication app, TestIdentity identity) => (_app, Identity) = (app, identity);

    public TestIdentity Identity { get; }

    public IServiceProvider Services => _app.Services;

    public Uri Http => new(_app.Urls.First());

    public Uri Grpc => new(_app.Urls.Last());

    public static async Task<TestApp> StartAsync(
        Action<WebApplication>? map = null, Action<WebApplicationBuilder>? build = null, string environment = "Production",
        params (string Key, string? Value)[] settings)
    {
        var identity = await TestIdentity.StartAsync();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment, ApplicationName = typeof(TestApp).Assembly.GetName().Name });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["URLS"] = "http://127.0.0.1:0",
            ["GRPC_PORT"] = "0",
            ["PublicUrl"] = TestIdentity.PublicUrl,
            ["services:identity:http:0"] = identity.Url,
            ["ServiceAuth:ClientId"] = "tests",
            ["ServiceAuth:ClientSecret"] = "secret",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value)));
        builder.AddServiceDefaults("tests");
        builder.AddGrpcClient<Accounts.AccountsClient>("identity");
        builder.Services.AddSingleton<Script>();
        build?.Invoke(builder);
        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapGrpcService<ScriptedAccounts>().RequireAuthorization();
        map?.Invoke(app);
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            await identity.DisposeAsync();
            throw;
        }

        app.Configuration["services:identity:grpc:0"] ??= app.Urls.Last();
        return new TestApp(app, identity);
    }

    public HttpClient Client(string? token = null, string? language = null)
    {
        var client = new HttpClient { BaseAddress = Http };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (language is not null)
        {
            client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        }

        return client;
    }

    /// <summary>What the neighbour does when it is called.</summary>
    public void Answer(Func<ServerCallContext, Task<BatchGetAccountsResponse>> answer) => Services.GetRequiredService<Script>().Answer = answer;

    /// <summary>Calls the neighbour, as work in the background does.</summary>
    public async Task<BatchGetAccountsResponse> CallAsync(CallOptions options = default) =>
        await Services.GetRequiredService<Accounts.AccountsClient>().BatchGetAccountsAsync(new BatchGetAccountsRequest(), options);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Identity.DisposeAsync();
    }

    internal sealed class Script
    {
        public Func<ServerCallContext, Task<BatchGetAccountsResponse>> Answer { get; set; } = _ => Task.FromResult(new BatchGetAccountsResponse());
    }

    private sealed class ScriptedAccounts(Script script) : Accounts.AccountsBase
    {
        public override Task<BatchGetAccountsResponse> BatchGetAccounts(BatchGetAccountsRequest request, ServerCallContext context) => script.Answer(context);
    }
}

internal static class ProblemAssertions
{
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} instead of {status}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal("/errors/" + code, problem.GetProperty("type").GetString());
        Assert.Matches("^[0-9a-f]{32}$", problem.GetProperty("traceId").GetString());
        return problem;
    }

    public static async Task<JsonElement> ProblemAsync(this Task<HttpResponseMessage> answer, int status, string code)
    {
        using var response = await answer;
        return await response.ProblemAsync(status, code);
    }

    public static RouteHandlerBuilder MapFree(this WebApplication app, string path, Delegate handler) => app.MapGet(path, handler).AllowAnonymous();
}
