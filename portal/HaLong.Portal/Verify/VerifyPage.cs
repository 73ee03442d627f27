using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;

namespace HaLong.Portal.Verify;

/// <summary>A paper as it was found; null with the status that says why not: 404, 429, or 503 for anything that went wrong.</summary>
public sealed record Verified(HttpStatusCode Status, Paper? Paper);

/// <summary><c>/verify/{token}</c>: where the QR code of a paper leads. Says in plain words what the paper is and whether it counts.</summary>
internal static class VerifyPage
{
    public static async Task<IResult> Get(string token, ApiClient api, HttpContext context)
    {
        var headers = context.Response.Headers;
        // Nobody learns from us which paper was looked at.
        (headers["Referrer-Policy"], headers["X-Robots-Tag"]) = ("no-referrer", "noindex");
        var verified = token.Length is >= 32 and <= 36 && token.All(c => char.IsAsciiHexDigit(c) || c == '-')
            ? await FindAsync(token, api, context.RequestAborted)
            : new Verified(HttpStatusCode.NotFound, null);
        return Pages.Of<VerifyPaper>(verified, (int)verified.Status);
    }

    private static async Task<Verified> FindAsync(string token, ApiClient api, CancellationToken ct)
    {
        var answer = await api.GetAsync<Paper>($"verification/{token}", ct);
        return answer.Status switch
        {
            HttpStatusCode.OK => new Verified(HttpStatusCode.OK, answer.Value),
            HttpStatusCode.NotFound or HttpStatusCode.TooManyRequests => new Verified(answer.Status, null),
            _ => new Verified(HttpStatusCode.ServiceUnavailable, null),
        };
    }
}
