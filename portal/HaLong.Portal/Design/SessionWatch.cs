using HaLong.Portal.Session;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace HaLong.Portal.Design;

/// <summary>Tells scripts how long the session goes on; asking makes it go on.</summary>
internal static class SessionWatchPages
{
    public static void MapSessionWatch(this IEndpointRouteBuilder app) => app.MapGet("/session", GetAsync).AllowAnonymous();

    /// <summary>Seconds until the session ends when nothing else is asked.</summary>
    public static async Task<int> SecondsAsync(HttpContext context, PortalOptions options, TimeProvider time)
    {
        var session = await context.AuthenticateAsync();
        var left = session.Properties?.ExpiresUtc - time.GetUtcNow();
        return (int)(left < options.SessionIdle ? left.Value : options.SessionIdle).TotalSeconds;
    }

    private static async Task<IResult> GetAsync(HttpContext context, Visitor visitor, IOptions<PortalOptions> options, TimeProvider time)
    {
        context.Response.Headers.CacheControl = "no-store";
        return visitor.IsSignedIn
            ? TypedResults.Json(new { seconds = await SecondsAsync(context, options.Value, time) })
            : TypedResults.StatusCode(StatusCodes.Status401Unauthorized);
    }
}
