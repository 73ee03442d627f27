using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HaLong.Notifications.Tests.Sending.Support;

/// <summary>A provider that answers what it is told to, word for word, and keeps what it was asked.</summary>
internal sealed class Canned : IAsyncDisposable
{
    private readonly WebApplication app;

    private Canned(WebApplication app) => this.app = app;

    public string Url => app.Urls.First();

    public string Body { get; set; } = "";

    public string ContentType { get; set; } = "application/json";

    public int Status { get; set; } = 200;

    public string? RetryAfter { get; set; }

    public string? Location { get; set; }

    public List<string> Asked { get; } = [];

    public static async Task<Canned> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var canned = new Canned(app);
        app.MapFallback(async context =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            var body = await reader.ReadToEndAsync();
            lock (canned.Asked)
                canned.Asked.Add(context.Request.Path + "\n" + body);
            if (canned.RetryAfter is { } after)
                context.Response.Headers.RetryAfter = after;
            if (canned.Location is { } location)
                context.Response.Headers.Location = location;
            context.Response.StatusCode = canned.Status;
            context.Response.ContentType = canned.ContentType;
            await context.Response.WriteAsync(canned.Body);
        });
        await app.StartAsync();
        return canned;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
