using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Portal.Session;

/// <summary>
/// A second lock beside the forms' tokens: nothing changes because a page of somebody else sent it. Browsers say where a request comes from
/// (<c>Sec-Fetch-Site</c>, before that <c>Origin</c>); programs that say nothing have no session to abuse.
/// </summary>
internal static class SameOrigin
{
    public static void UseSameOrigin(this WebApplication app)
    {
        var own = app.Services.GetRequiredService<IOptions<PortalOptions>>().Value.Public.GetLeftPart(UriPartial.Authority);
        app.Use((context, next) => IsForeign(context.Request, own) ? CommonErrors.Forbidden.ToProblem().ExecuteAsync(context) : next(context));
    }

    private static bool IsForeign(HttpRequest request, string own)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
            return false;
        return request.Headers["Sec-Fetch-Site"].ToString() switch
        {
            "same-origin" or "none" => false,
            { Length: > 0 } => true,
            _ => request.Headers.Origin.ToString() is { Length: > 0 } origin && !string.Equals(origin, own, StringComparison.OrdinalIgnoreCase),
        };
    }
}
