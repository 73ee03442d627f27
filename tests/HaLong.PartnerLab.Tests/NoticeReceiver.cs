using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HaLong.PartnerLab.Tests;

/// <summary>The platform's side of the bank hook: checks the signature as the contract says, answers as told.</summary>
internal sealed class NoticeReceiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private NoticeReceiver(WebApplication app) => this.app = app;

    internal sealed record Notice(JsonElement Body, bool Genuine, DateTimeOffset SignedAt);

    public ConcurrentQueue<Notice> Notices { get; } = [];

    public ConcurrentQueue<int> Answers { get; } = [];

    /// <summary>Lists of the second bank and confirmations of the payment platform, word for word.</summary>
    public ConcurrentQueue<JsonElement> Told { get; } = [];

    public string Url => app.Urls.First() + "/hooks/bank/lab";

    public string AnyUrl => app.Urls.First() + "/told";

    public static async Task<NoticeReceiver> StartAsync(string secret)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new NoticeReceiver(app);
        app.MapPost("/hooks/bank/lab", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            var body = await reader.ReadToEndAsync();
            var timestamp = request.Headers["X-Bank-Timestamp"].ToString();
            var expected = "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}")));
            var genuine = request.Headers["X-Bank-Signature"] == expected;
            receiver.Notices.Enqueue(new Notice(
                JsonDocument.Parse(body).RootElement, genuine,
                DateTimeOffset.FromUnixTimeSeconds(long.Parse(timestamp, System.Globalization.CultureInfo.InvariantCulture))));
            return Results.StatusCode(!genuine ? 401 : receiver.Answers.TryDequeue(out var status) ? status : 202);
        });
        app.MapPost("/told", (JsonElement body) =>
        {
            receiver.Told.Enqueue(body);
            return Results.StatusCode(receiver.Answers.TryDequeue(out var status) ? status : 200);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
