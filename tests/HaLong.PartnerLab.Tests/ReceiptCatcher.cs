using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HaLong.PartnerLab.Tests;

/// <summary>Where carriers tell of receipts: keeps what came, head and body, and answers as told.</summary>
internal sealed class ReceiptCatcher : IAsyncDisposable
{
    private readonly WebApplication app;

    private ReceiptCatcher(WebApplication app) => this.app = app;

    internal sealed record Receipt(IHeaderDictionary Headers, string Text)
    {
        public JsonElement Body { get; } = JsonElement.Parse(Text);
    }

    public ConcurrentQueue<Receipt> Receipts { get; } = [];

    /// <summary>Answers in turn; then 200.</summary>
    public ConcurrentQueue<int> Answers { get; } = [];

    public string Url => app.Urls.First() + "/receipts";

    public static async Task<ReceiptCatcher> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var catcher = new ReceiptCatcher(app);
        app.MapPost("/receipts", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            catcher.Receipts.Enqueue(new Receipt(new HeaderDictionary(request.Headers.ToDictionary()), await reader.ReadToEndAsync()));
            return Results.StatusCode(catcher.Answers.TryDequeue(out var status) ? status : 200);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return catcher;
    }

    public async Task<IReadOnlyList<Receipt>> CountAsync(int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Receipts.Count < count)
            await Task.Delay(20, limit.Token);
        return [.. Receipts];
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
