using HaLong.Identity.SignIn;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Server.AspNetCore;

namespace HaLong.Identity.OpenId;

/// <summary>
/// Ends the browser's session. A client that shows the id token it got is believed at once; anybody else is asked first,
/// because a link on another site could lead here as well.
/// </summary>
internal static class EndSession
{
    public static async Task<IResult> HandleAsync(HttpContext http)
    {
        var session = await http.AuthenticateAsync(Session.Scheme);
        var hint = await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        if (session.Succeeded && hint.Principal is null)
        {
            var parameters = http.Request.HasFormContentType ? http.Request.Form.ToList() : [.. http.Request.Query];
            var here = http.Request.Path + QueryString.Create(parameters);
            return TypedResults.LocalRedirect("/account/sign-out" + QueryString.Create("returnUrl", here));
        }

        await http.SignOutAsync(Session.Scheme);
        return TypedResults.SignOut(new AuthenticationProperties { RedirectUri = "/" }, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }
}
