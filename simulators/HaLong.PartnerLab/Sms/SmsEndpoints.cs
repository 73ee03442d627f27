using System.Security.Cryptography;
using System.Text;
using HaLong.PartnerLab.Dials;
using Microsoft.Extensions.Options;

namespace HaLong.PartnerLab.Sms;

/// <summary>Plays the SMS provider, and every telephone.</summary>
internal static class SmsEndpoints
{
    internal sealed record SendRequest(string? To, string? Sender, string? Text);

    public static void MapSms(this IEndpointRouteBuilder app)
    {
        var messages = app.MapGroup("/sms/messages").AllowAnonymous();
        messages.MapPost("", SendAsync);
        messages.MapGet("", (SmsStore store, string? to) => store.All.Where(m => to is null || m.To == to));
        messages.MapDelete("", (SmsStore store) => store.Clear());
    }

    private static async Task<IResult> SendAsync(
        SendRequest request, HttpRequest http, SmsStore store, DialBoard dials, IOptions<SmsOptions> options, TimeProvider clock, CancellationToken ct)
    {
        if (!Knows(options.Value.ApiKey, http.Headers["X-Api-Key"].ToString()))
            return TypedResults.Problem("The API key is not known.", statusCode: StatusCodes.Status401Unauthorized);
        if (request is not { To: { Length: > 3 } to, Sender.Length: > 0, Text.Length: > 0 } || to[0] != '+' || !to[1..].All(char.IsAsciiDigit))
            return TypedResults.Problem("to (E.164), sender and text are needed.", statusCode: StatusCodes.Status400BadRequest);
        if (dials.Take("sms.failStatus", to) is { } status)
            return TypedResults.StatusCode((int)status);

        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        // A drop is taken and never arrives, as with real networks; a duplicate arrives again and again.
        if (dials.Take("sms.drop", to) is null)
        {
            var message = new SmsMessage(id, now, to, request.Sender, request.Text, http.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key ? key : null);
            if (store.TryAdd(message))
            {
                for (var copies = dials.Take("sms.duplicate", to) ?? 0; copies >= 1; copies--)
                    store.TryAdd(message with { Id = Guid.CreateVersion7(now), Key = null });
            }
        }

        // After it was taken: a sender that gives up waiting has sent it all the same.
        if (dials.Take("sms.delay", to) is { } delay)
            await Task.Delay(TimeSpan.FromMilliseconds(delay), clock, ct);
        return TypedResults.Json(new { id }, statusCode: StatusCodes.Status202Accepted);
    }

    private static bool Knows(string expected, string given) =>
        expected.Length == 0 || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));
}
