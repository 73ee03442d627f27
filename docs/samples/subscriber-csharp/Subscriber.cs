// A subscriber to HaLongServices: takes webhooks, checks their signature, drops what it has seen, notices a gap and fills it from the feed.
// HALONG_URL, HALONG_CLIENT_ID, HALONG_CLIENT_SECRET: the platform and your client. HALONG_HOOK: where the platform reaches this program,
// e.g. https://events.partner.example/hook. ASPNETCORE_URLS: where it listens.
using System.Text.Json;
using Subscriber;

var builder = WebApplication.CreateBuilder(args);
var platform = new Platform(
    Setting("HALONG_URL"), Setting("HALONG_CLIENT_ID"), Setting("HALONG_CLIENT_SECRET"), new HttpClient { Timeout = TimeSpan.FromSeconds(20) });
using var inbox = new Inbox(platform);
var app = builder.Build();
Signatures? signatures = null;

app.MapPost("/hook", async (HttpRequest request, CancellationToken ct) =>
{
    // The signature is over the raw bytes: never over what a parser made of them.
    using var buffer = new MemoryStream();
    await request.Body.CopyToAsync(buffer, ct);
    var body = buffer.ToArray();
    if (signatures is null)
        return Results.StatusCode(503); // the secret is on its way; the platform comes again
    var headers = request.Headers;
    if (!signatures.Hold(headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), headers["webhook-signature"].ToString(), body))
        return Results.StatusCode(401);

    var json = JsonElement.Parse(body);
    if (json.GetProperty("type").GetString()!.StartsWith("vn.halong.subscription.", StringComparison.Ordinal))
        return Answer(json);
    await inbox.TakeAsync(Event.Of(json), "webhook", ct);
    return Results.NoContent(); // only now: what was not taken comes again
});

// What this program has handled, for you to look at.
app.MapGet("/handled", () => inbox.Handled);

// Reads everything from the kept cursor on: after a long stop, or for the first time.
app.MapPost("/catch-up", async (CancellationToken ct) => await inbox.CatchUpAsync(ct));

await app.StartAsync();
signatures = new Signatures(await platform.SubscribeAsync(Setting("HALONG_HOOK"), app.Lifetime.ApplicationStopping));
app.Logger.LogInformation("Subscribed");
await app.WaitForShutdownAsync();

// The platform makes sure that the address is yours: it sends a challenge and wants it back.
static IResult Answer(JsonElement json) =>
    json.GetProperty("data").TryGetProperty("challenge", out var challenge) ? Results.Json(new { challenge = challenge.GetString() }) : Results.NoContent();

string Setting(string name) => builder.Configuration[name] is { Length: > 0 } value ? value : throw new InvalidOperationException(name + " is missing.");
