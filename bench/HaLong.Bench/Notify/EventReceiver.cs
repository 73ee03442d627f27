using System.Collections.Concurrent;
using System.Text.Json;
using HaLong.Bench.Load;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HaLong.Bench.Notify;

/// <summary>A partner's endpoint on this machine: proves itself, counts what arrives and how long after it was sent.</summary>
internal sealed class EventReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<Guid, long> _sent = [];
    private Histogram _latency = new();
    private long _last;

    private EventReceiver(WebApplication app) => _app = app;

    public string Url => _app.Urls.First() + "/hook";

    /// <summary>First arrivals of events that this process sent.</summary>
    public long Arrived => _latency.Count;

    /// <summary>Arrivals of what had arrived before, or was never sent.</summary>
    public int Others => _others;

    private int _others;

    public static async Task<EventReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var receiver = new EventReceiver(app);
        app.MapPost("/hook", receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public void Sent(Guid subject) => _sent[subject] = TimeProvider.System.GetTimestamp();

    /// <summary>Waits until so many have arrived since the last time, and returns their latencies and the moment of the last.</summary>
    public async Task<(Histogram Latency, long Last)> ArrivedAsync(int count, TimeSpan within)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (Arrived < count)
        {
            if (TimeProvider.System.GetElapsedTime(started) > within)
                throw new InvalidOperationException($"Only {Arrived} of {count} events arrived within {within.TotalSeconds:0} s.");
            await Task.Delay(20);
        }

        return (Interlocked.Exchange(ref _latency, new Histogram()), Interlocked.Read(ref _last));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        var data = body.RootElement.GetProperty("data");
        if (data.TryGetProperty("challenge", out var challenge))
        {
            await http.Response.WriteAsync(challenge.GetString() ?? "");
            return;
        }

        var now = TimeProvider.System.GetTimestamp();
        if (_sent.TryRemove(body.RootElement.GetProperty("subject").GetGuid(), out var sent))
        {
            Interlocked.Exchange(ref _last, now);
            _latency.Record(TimeProvider.System.GetElapsedTime(sent, now));
        }
        else
        {
            Interlocked.Increment(ref _others);
        }

        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
