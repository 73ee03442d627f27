using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HaLong.Signatures.Tests.Providers;

/// <summary>A provider's server of which every answer is written by the test.</summary>
internal sealed class StubProvider : IAsyncDisposable
{
    private readonly WebApplication app;

    private StubProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapPost("/{**path}", (Delegate)HandleAsync);
    }

    public string Url => app.Urls.First();

    /// <summary>Answers in their order; the last one again and again.</summary>
    public ConcurrentQueue<Func<HttpContext, Task<IResult>>> Answers { get; } = new();

    /// <summary>Path, authorisation and body of each request.</summary>
    public ConcurrentQueue<(string Path, string Bearer, string Body)> Asked { get; } = new();

    public static async Task<StubProvider> StartAsync()
    {
        var stub = new StubProvider();
        await stub.app.StartAsync();
        return stub;
    }

    public StubProvider Says(int status, string body)
    {
        Answers.Enqueue(_ => Task.FromResult(Results.Content(body, "application/json", statusCode: status)));
        return this;
    }

    public StubProvider HangsUp()
    {
        Answers.Enqueue(http =>
        {
            http.Abort();
            return Task.FromResult(Results.Empty);
        });
        return this;
    }

    public StubProvider StaysSilent()
    {
        Answers.Enqueue(async http =>
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return Results.Empty;
        });
        return this;
    }

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        Asked.Enqueue((http.Request.Path, http.Request.Headers.Authorization.ToString(), await reader.ReadToEndAsync()));
        Func<HttpContext, Task<IResult>>? answer;
        if (Answers.Count > 1)
            Answers.TryDequeue(out answer);
        else
            Answers.TryPeek(out answer);
        return answer is null ? Results.StatusCode(500) : await answer(http);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
