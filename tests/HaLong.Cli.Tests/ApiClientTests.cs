using System.Net;
using HaLong.Cli.Journey;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HaLong.Cli.Tests;

/// <summary>The journey's client behaves as a good client should, against a real HTTP server.</summary>
public sealed class ApiClientTests : IAsyncLifetime
{
    private readonly List<(string Method, string Path, Dictionary<string, string> Headers)> _seen = [];
    private WebApplication _app = null!;
    private HttpClient _http = null!;
    private int _failures;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    [Fact]
    public async Task Every_call_carries_the_trace_and_the_token()
    {
        var answer = await Client("token").GetAsync("/thing");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("\"7\"", answer.Etag);
        var (_, _, headers) = Assert.Single(_seen);
        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", headers["traceparent"], StringComparison.Ordinal);
        Assert.Equal("Bearer token", headers["Authorization"]);
        Assert.False(headers.ContainsKey("Idempotency-Key"));
    }

    [Fact]
    public async Task An_unsafe_call_carries_a_key_and_the_revision()
    {
        await Client().PostAsync("/thing", new { a = 1 }, "\"7\"");
        var (_, _, headers) = Assert.Single(_seen);
        Assert.True(Guid.TryParse(headers["Idempotency-Key"], out _));
        Assert.Equal("\"7\"", headers["If-Match"]);
        Assert.StartsWith("application/json", headers["Content-Type"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_503_is_repeated_under_the_same_key()
    {
        _failures = 2;
        await Client().PostAsync("/thing", new { a = 1 });
        Assert.Equal(3, _seen.Count);
        Assert.Single(_seen.Select(s => s.Headers["Idempotency-Key"]).Distinct());
    }

    [Fact]
    public async Task A_refusal_says_what_was_answered()
    {
        var refusal = await Assert.ThrowsAsync<JourneyException>(() => Client().GetAsync("/refused"));
        Assert.Contains("409", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("DOS-0007", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_without_json_says_so_when_asked_for_it()
    {
        var answer = await Client().GetAsync("/text");
        Assert.Equal("plain"u8.ToArray(), answer.Bytes);
        Assert.Throws<JourneyException>(() => answer.Json);
    }

    [Fact]
    public async Task A_refusal_that_is_expected_must_have_the_code_that_is_expected()
    {
        var problem = await Client().RefusedAsync("/refused", new { }, "DOS-0007");
        Assert.Equal("DOS-0007", problem["code"]!.GetValue<string>());
        var failure = await Assert.ThrowsAsync<JourneyException>(() => Client().RefusedAsync("/refused", new { }, "DOS-0008"));
        Assert.Contains("409", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<JourneyException>(() => Client().RefusedAsync("/accepted", new { }, "DOS-0007"));
    }

    [Fact]
    public async Task Waiting_ends_with_what_was_waited_for()
    {
        var failure = await Assert.ThrowsAsync<JourneyException>(
            () => StepLog.UntilAsync(() => Task.FromResult(1), n => n == 2, "the number is two", TimeSpan.FromMilliseconds(100)));
        Assert.Contains("the number is two", failure.Message, StringComparison.Ordinal);
        var reads = 0;
        Assert.Equal(3, await StepLog.UntilAsync(() => Task.FromResult(++reads), n => n == 3, "three reads"));
    }

    [Fact]
    public async Task A_step_is_logged_with_its_time_and_trace_and_a_failed_one_ends_the_journey()
    {
        var log = new StepLog();
        await log.RunAsync("first", () => Task.FromResult("done"));
        var first = log.TraceId;
        await Assert.ThrowsAsync<JourneyException>(() => log.RunAsync("second", () => throw new JourneyException("no")));
        var step = Assert.Single(log.Steps);
        Assert.Equal(("first", "done", first), (step.Name, step.Detail, step.TraceId));
        Assert.Matches("^[0-9a-f]{32}$", step.TraceId);
        Assert.NotEqual(first, log.TraceId);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private ApiClient Client(string? token = null) => new(_http, token, () => "0af7651916cd43dd8448eb211c80319c");

    private async Task AnswerAsync(HttpContext context)
    {
        _seen.Add((context.Request.Method, context.Request.Path, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        if (_failures-- > 0)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "0";
            return;
        }

        switch (context.Request.Path.Value)
        {
            case "/refused":
                context.Response.StatusCode = StatusCodes.Status409Conflict;
                await context.Response.WriteAsJsonAsync(new { code = "DOS-0007" });
                break;
            case "/text":
                await context.Response.WriteAsync("plain");
                break;
            default:
                context.Response.Headers.ETag = "\"7\"";
                await context.Response.WriteAsJsonAsync(new { ok = true });
                break;
        }
    }
}
