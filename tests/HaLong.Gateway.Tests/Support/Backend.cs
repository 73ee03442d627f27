using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HaLong.Gateway.Tests;

/// <summary>Plays one service on a real port: remembers what arrived, and answers with its own name unless told otherwise.</summary>
internal sealed class Backend : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private Backend(string name, string url)
    {
        Name = name;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(k => k.Limits.MaxRequestBodySize = null);
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public string Name { get; }

    public string Url => _app.Urls.First();

    /// <summary>What arrived, probes and documents aside.</summary>
    public ConcurrentQueue<Seen> Requests { get; } = new();

    public int Count => Volatile.Read(ref _requests);

    /// <summary>Replaces the answer.</summary>
    public RequestDelegate? Answer { get; set; }

    /// <summary>The OpenAPI document; without one the answer is 503.</summary>
    public string? OpenApi { get; set; }

    public static async Task<Backend> StartAsync(string name, string url = "http://127.0.0.1:0")
    {
        var backend = new Backend(name, url);
        await backend._app.StartAsync();
        return backend;
    }

    public Task StopAsync() => _app.StopAsync(new CancellationToken(true));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path == "/alive")
        {
            return;
        }

        if (context.Request.Path == "/openapi/v1.json")
        {
            await (OpenApi is { } document ? context.Response.WriteAsync(document) : Results.StatusCode(503).ExecuteAsync(context));
            return;
        }

        Interlocked.Increment(ref _requests);
        Requests.Enqueue(new Seen(context.Request.Method, context.Request.Path, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        if (Answer is { } answer)
        {
            await answer(context);
            return;
        }

        context.Response.Headers.Server = "secret/1.0";
        await context.Response.WriteAsJsonAsync(new { service = Name, url = Url, path = context.Request.Path.Value });
    }

    internal sealed record Seen(string Method, string Path, Dictionary<string, string> Headers);
}
