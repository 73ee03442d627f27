using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HaLong.Notifications.Tests.Support;

/// <summary>A partner's endpoint: keeps every request and answers as told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private Receiver(WebApplication app)
    {
        this.app = app;
        Validate = validation =>
        {
            Validations.Enqueue(validation);
            return Task.FromResult(validation.GetProperty("data").TryGetProperty("challenge", out var challenge)
                ? Results.Json(new { challenge = challenge.GetString() })
                : Results.NoContent());
        };
    }

    internal sealed record Delivery(IReadOnlyDictionary<string, string> Headers, string Body, int Status)
    {
        private readonly JsonElement json = JsonElement.Parse(Body);

        public string Id => Headers["webhook-id"];

        public Guid Subject => json.GetProperty("subject").GetGuid();

        public long Sequence => json.GetProperty("sequence").GetInt64();

        public string? Type => json.GetProperty("type").GetString();

        public bool IsTaken => Status is >= 200 and < 300;
    }

    public ConcurrentQueue<Delivery> Deliveries { get; } = [];

    /// <summary>Decides the status; default 204.</summary>
    public Func<Delivery, Task<int>> Answer { get; set; } = _ => Task.FromResult(204);

    /// <summary>Validation events, with what they carried.</summary>
    public ConcurrentQueue<JsonElement> Validations { get; } = [];

    /// <summary>How validation events are answered; gives the challenge back.</summary>
    public Func<JsonElement, Task<IResult>> Validate { get; set; }

    public string Url => app.Urls.First() + "/hook";

    public IEnumerable<Delivery> Taken => Deliveries.Where(d => d.IsTaken);

    public IReadOnlyList<long> SequencesOf(Guid dossier) => [.. Taken.Where(d => d.Subject == dossier).Select(d => d.Sequence)];

    public static async Task<Receiver> StartAsync(Action<WebApplication>? more = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.MapPost("/hook", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            var body = await reader.ReadToEndAsync();
            if (Validation(body) is { } validation)
                return await receiver.Validate(validation);
            var delivery = new Delivery(request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()), body, 0);
            var status = await receiver.Answer(delivery);
            receiver.Deliveries.Enqueue(delivery with { Status = status });
            return Results.StatusCode(status);
        });
        more?.Invoke(app);
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static JsonElement? Validation(string body)
    {
        var json = JsonElement.Parse(body);
        return json.TryGetProperty("type", out var type) && type.GetString() == "vn.halong.subscription.validation.v1" ? json : null;
    }
}
