using System.Globalization;
using HaLong.PartnerLab.Dials;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaLong.PartnerLab.Push;

/// <summary>Plays the push service of a browser vendor (RFC 8030): takes what is encrypted, checks what it can see, and keeps it for the device.</summary>
internal static class PushEndpoints
{
    private const int LongestBody = 4096;
    private static readonly string[] Urgencies = ["very-low", "low", "normal", "high"];

    public static void MapPush(this IEndpointRouteBuilder app)
    {
        app.MapPost("/push/{device}", SendAsync).AllowAnonymous();
        app.MapGet("/push/{device}", (string device, PushStore store) => store.Of(device)).AllowAnonymous();
        app.MapDelete("/push", (PushStore store) => store.Clear()).AllowAnonymous();
    }

    private static async Task<IResult> SendAsync(string device, HttpContext http, PushStore store, DialBoard dials, TimeProvider clock, CancellationToken ct)
    {
        var request = http.Request;
        if (dials.Take("push.tooMany", device) is { } seconds)
        {
            http.Response.Headers.RetryAfter = ((int)seconds).ToString(CultureInfo.InvariantCulture);
            return TypedResults.Problem("Too many.", statusCode: StatusCodes.Status429TooManyRequests);
        }

        if (dials.Take("push.gone", device) is { } gone)
            return TypedResults.Problem("The subscription is gone.", statusCode: gone == 1 ? StatusCodes.Status410Gone : (int)gone);
        if (dials.Take("push.failStatus", device) is { } status)
            return TypedResults.Problem("As dialled.", statusCode: (int)status);
        if (Refusal(request) is { } refusal)
            return refusal;

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, ct);
        if (body.Length > LongestBody)
            return TypedResults.Problem("At most 4096 bytes.", statusCode: StatusCodes.Status413PayloadTooLarge);

        var now = clock.GetUtcNow();
        var message = new PushMessage(
            Guid.CreateVersion7(now), device, now, request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()),
            Convert.ToBase64String(body.ToArray()), request.GetEncodedUrl());
        store.Add(message);
        // After it was taken: a sender that gives up waiting, or hears nothing, has sent it all the same.
        if (dials.Take("push.delay", device) is { } delay)
            await Task.Delay(TimeSpan.FromMilliseconds(delay), clock, ct);
        if (dials.Take("push.lostAnswer", device) is not null)
            http.Abort();
        return TypedResults.Created($"/push/messages/{message.Id}");
    }

    /// <summary>What a push service can see to be wrong without the browser's key.</summary>
    private static ProblemHttpResult? Refusal(HttpRequest request)
    {
        var (authorization, topic) = (request.Headers.Authorization.ToString(), request.Headers["Topic"].ToString());
        if (!authorization.StartsWith("vapid t=", StringComparison.Ordinal) || !authorization.Contains(", k=", StringComparison.Ordinal))
            return TypedResults.Problem("Authorization: vapid t=…, k=… is needed (RFC 8292).", statusCode: StatusCodes.Status401Unauthorized);
        if (!int.TryParse(request.Headers["TTL"], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return TypedResults.Problem("TTL is needed (RFC 8030).", statusCode: StatusCodes.Status400BadRequest);
        if (request.Headers["Urgency"].ToString() is { Length: > 0 } urgency && !Urgencies.Contains(urgency))
            return TypedResults.Problem("Urgency is none of RFC 8030.", statusCode: StatusCodes.Status400BadRequest);
        if (topic.Length > 32 || topic.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
            return TypedResults.Problem("Topic is at most 32 characters of base64url.", statusCode: StatusCodes.Status400BadRequest);
        return request.Headers.ContentEncoding != "aes128gcm"
            ? TypedResults.Problem("Content-Encoding: aes128gcm is needed (RFC 8291).", statusCode: StatusCodes.Status415UnsupportedMediaType)
            : null;
    }
}
