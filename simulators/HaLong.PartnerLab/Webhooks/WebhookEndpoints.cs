using System.Text;
using HaLong.PartnerLab.Dials;

namespace HaLong.PartnerLab.Webhooks;

internal static class WebhookEndpoints
{
    /// <summary>The secret that the platform showed when the subscription was made; what is not signed with it is answered 401.</summary>
    internal sealed record SecretRequest(string? Secret);

    private const int MaxBody = 1024 * 1024;

    public static void MapWebhookCatcher(this IEndpointRouteBuilder app)
    {
        var hooks = app.MapGroup("/webhooks/{name}").AllowAnonymous();
        hooks.MapPost("", CatchAsync);
        hooks.MapGet("", (string name, WebhookCatcher catcher) => catcher.Of(name));
        hooks.MapPut("/secret", (string name, SecretRequest request, WebhookSecrets secrets) =>
            secrets.Set(name, request.Secret) ? Results.NoContent() : Results.BadRequest());
        hooks.MapDelete("", (string name, WebhookCatcher catcher) => catcher.Clear(name));
    }

    private static async Task<IResult> CatchAsync(
        string name, HttpRequest request, WebhookCatcher catcher, WebhookSecrets secrets, DialBoard dials, TimeProvider clock, CancellationToken ct)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, ct)) > 0)
        {
            if (body.Length + read > MaxBody)
                return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);
            body.Write(buffer, 0, read);
        }

        // Recorded before the delay: a sender that gives up waiting has still been heard.
        var headers = request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => string.Join(",", h.Value.ToArray()), StringComparer.Ordinal);
        var octets = body.ToArray();
        var accepted = secrets.Accepts(name, headers, octets);
        // The proof of an address is no event: it is neither kept nor dialled.
        if (accepted && WebhookChallenge.Of(octets) is { } challenge)
            return TypedResults.Text(challenge);
        var status = !accepted
            ? StatusCodes.Status401Unauthorized
            : (int)(dials.Take("webhooks.failStatus", name) ?? StatusCodes.Status204NoContent);
        catcher.Add(number => new CaughtRequest(
            number, name, clock.GetUtcNow(), headers, Encoding.UTF8.GetString(octets), Convert.ToBase64String(octets), status));

        if (dials.Take("webhooks.delay", name) is { } delay)
            await Task.Delay(TimeSpan.FromMilliseconds(delay), clock, ct);
        return TypedResults.StatusCode(status);
    }
}
