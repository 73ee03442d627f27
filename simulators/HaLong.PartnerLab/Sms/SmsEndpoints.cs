using System.Security.Cryptography;
using System.Text;
using HaLong.PartnerLab.Dials;
using Microsoft.Extensions.Options;

namespace HaLong.PartnerLab.Sms;

/// <summary>Plays the SMS aggregator that speaks JSON, and every telephone.</summary>
internal static class SmsEndpoints
{
    private const string Carrier = "sms";

    internal sealed record SendRequest(string? To, string? Sender, string? Text);

    public static void MapSms(this IEndpointRouteBuilder app)
    {
        var messages = app.MapGroup("/sms/messages").AllowAnonymous();
        messages.MapPost("", SendAsync);
        messages.MapGet("", Read);
        messages.MapDelete("", (SmsStore store) => store.Clear());
    }

    private static async Task<IResult> SendAsync(
        SendRequest request, HttpContext http, SmsNetwork network, SmsTeller teller, DialBoard dials, IOptions<SmsOptions> options, TimeProvider clock, CancellationToken ct)
    {
        if (dials.Take("sms.down") is not null)
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        if (!Knows(options.Value.ApiKey, http.Request))
            return TypedResults.Problem("The API key is not known.", statusCode: StatusCodes.Status401Unauthorized);
        if (request is not { To: { Length: > 3 } to, Sender.Length: > 0, Text.Length: > 0 } || to[0] != '+' || !to[1..].All(char.IsAsciiDigit))
            return TypedResults.Problem("to (E.164), sender and text are needed.", statusCode: StatusCodes.Status400BadRequest);
        if (dials.Take("sms.failStatus", to) is { } status)
            return TypedResults.StatusCode((int)status);

        var key = http.Request.Headers["Idempotency-Key"].ToString();
        var (order, isNew) = network.Take(Carrier, to, request.Sender, request.Text, key.Length > 0 ? key : null);
        if (isNew)
            teller.Start(order);

        // After it was taken: a sender that gives up waiting has sent it all the same.
        if (dials.Take("sms.delay", to) is { } delay)
            await Task.Delay(TimeSpan.FromMilliseconds(delay), clock, ct);
        if (dials.Take("sms.lostAnswer", to) is not null)
            http.Abort();
        return TypedResults.Json(new { order.Id }, statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>With a key what the aggregator knows about that SMS; else what is on the telephones, which only tests can see.</summary>
    private static IResult Read(HttpRequest request, SmsStore store, SmsBook book, DialBoard dials, IOptions<SmsOptions> options, TimeProvider clock, string? to, string? key)
    {
        if (key is null)
            return TypedResults.Ok(store.All.Where(m => to is null || m.To == to));
        if (dials.Take("sms.down") is not null)
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        if (dials.Take("sms.noQuery") is not null)
            return TypedResults.Problem("Nobody can ask here.", statusCode: StatusCodes.Status501NotImplemented);
        if (!Knows(options.Value.ApiKey, request))
            return TypedResults.Problem("The API key is not known.", statusCode: StatusCodes.Status401Unauthorized);
        return book.Find(Carrier, key) is not { } order
            ? TypedResults.Problem("There is no such SMS.", statusCode: StatusCodes.Status404NotFound)
            : TypedResults.Ok(new { order.Id, order.Key, Status = order.StateAt(clock.GetUtcNow()), At = order.EndsAt ?? order.TakenAt, Reason = order.Failure });
    }

    private static bool Knows(string expected, HttpRequest request) =>
        expected.Length == 0 || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(request.Headers["X-Api-Key"].ToString()));
}
