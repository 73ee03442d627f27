using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace HaLong.Portal.Session;

/// <summary>The sign-in is over, or the API does not take it: sign in again and come back to this page.</summary>
internal static class SignInNeeded
{
    public static IResult From(HttpContext context) => TypedResults.Challenge(
        new AuthenticationProperties { RedirectUri = context.Request.Path + context.Request.QueryString }, [OpenIdConnectDefaults.AuthenticationScheme]);
}
