using HaLong.Identity.Sessions;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace HaLong.Identity.OpenId;

/// <summary>
/// Ends the browser's session. A client that shows the id token of this very person is believed at once; anybody else is asked first,
/// because a link on another site could lead here as well.
/// </summary>
internal static class EndSession
{
    public static async Task<IResult> HandleAsync(HttpContext http, SessionEnd end, CancellationToken ct)
    {
        var session = await http.AuthenticateAsync(SessionCookie.Scheme);
        var hint = await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        var person = session.Principal?.FindFirst(Claims.Subject)?.Value;
        if (person is not null && person != hint.Principal?.FindFirst(Claims.Subject)?.Value)
        {
            var parameters = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(ct)).ToList() : [.. http.Request.Query];
            var here = http.Request.Path + QueryString.Create(parameters);
            return TypedResults.LocalRedirect("/account/sign-out" + QueryString.Create("returnUrl", here));
        }

        await end.SignOutAsync(http, ct);
        await end.EndNamedAsync(hint.Principal, ct);
        return TypedResults.SignOut(new AuthenticationProperties { RedirectUri = "/" }, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }
}
