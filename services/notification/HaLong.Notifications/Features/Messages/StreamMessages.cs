using System.Globalization;
using System.Text.Json;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Planning;
using HaLong.Notifications.Workers;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace HaLong.Notifications.Features.Messages;

/// <summary>
/// <c>GET /api/v1/me/stream</c>: the inbox as server-sent events. Written by hand, because the framework's result cannot send the comment that
/// keeps proxies from closing a stream on which nothing happens.
/// </summary>
internal static class StreamMessages
{
    public static void MapStreamMessages(this IEndpointRouteBuilder me) => me.MapGet("/stream", HandleAsync)
        .WithName("streamMessages")
        .WithSummary("My messages as they come (server-sent events)")
        .WithDescription(
            "Event `message` with the message as in the inbox, its id is the event's; event `unread` with `{\"unread\": n}`, without id, at the start and with "
            + "each change. `Last-Event-ID` goes on from there without loss: a message of the minute before may come again, with the same id. A comment each 20 "
            + "seconds. Ends when the token ends or is revoked: connect again with a new one. A few streams per person. Eventually consistent, by milliseconds.")
        .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .RequireAuthorization(Policies.SignedIn);

    private static async Task<IResult> HandleAsync(
        Caller caller, NotificationDbContext db, InboxStreams streams, IServiceScopeFactory scopes, HttpContext http, CancellationToken ct)
    {
        var header = http.Request.Headers["Last-Event-ID"].ToString();
        if (header.Length > 0 && !Guid.TryParse(header, out _))
            return RuleErrors.LastEventNotUsable.ToProblem();
        if (streams.Open(caller.AccountId) is not { } signal)
            return RuleErrors.TooManyStreams.ToProblem();
        try
        {
            var last = header.Length > 0 ? Guid.Parse(header) : await InboxReader.NewestAsync(db, caller.AccountId, ct);
            await RunAsync(http, signal, new InboxReader(scopes, caller.AccountId, last), ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested || http.RequestAborted.IsCancellationRequested)
        {
            // The reader is gone.
        }
        finally
        {
            streams.Close(caller.AccountId, signal);
        }

        return TypedResults.Empty;
    }

    private static async Task RunAsync(HttpContext http, Signal signal, InboxReader inbox, CancellationToken ct)
    {
        var services = http.RequestServices;
        var json = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var heartbeat = services.GetRequiredService<IOptions<RuleOptions>>().Value.StreamHeartbeat;
        var token = new TokenLife(http, services.GetRequiredService<RevocationList>(), services.GetRequiredService<TimeProvider>());
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(ct, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        // Nginx and its like collect answers unless told not to.
        http.Response.Headers["X-Accel-Buffering"] = "no";

        var told = -1;
        while (!stopping.IsCancellationRequested && token.Left() is { } left)
        {
            var (news, unread) = await inbox.ReadAsync(ct);
            foreach (var message in news)
                await WriteAsync(http, $"id: {message.Id}\nevent: message\ndata: {JsonSerializer.Serialize(message, json)}\n\n", ct);
            if (unread != told)
                await WriteAsync(http, string.Create(CultureInfo.InvariantCulture, $"event: unread\ndata: {{\"unread\":{unread}}}\n\n"), ct);
            else if (news.Count == 0)
                await WriteAsync(http, ":\n\n", ct);
            told = unread;
            await http.Response.Body.FlushAsync(ct);
            await signal.WaitAsync(left < heartbeat ? left : heartbeat, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static Task WriteAsync(HttpContext http, string text, CancellationToken ct) => http.Response.WriteAsync(text, ct);
}

/// <summary>How long the token of a request is still good: a stream outlives the check at its beginning.</summary>
internal sealed class TokenLife
{
    private readonly JsonWebToken token;
    private readonly RevocationList revocations;
    private readonly TimeProvider clock;

    public TokenLife(HttpContext http, RevocationList revocations, TimeProvider clock)
    {
        token = new JsonWebToken(http.Request.Headers.Authorization.ToString()["Bearer ".Length..]);
        (this.revocations, this.clock) = (revocations, clock);
    }

    /// <summary>Null when it has run out or was revoked.</summary>
    public TimeSpan? Left()
    {
        var left = token.ValidTo - clock.GetUtcNow().UtcDateTime;
        return left > TimeSpan.Zero && !revocations.Current.Contains(token) ? left : null;
    }
}
