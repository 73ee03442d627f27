using HaLong.Portal.Design;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace HaLong.Portal.Session;

/// <summary><c>/sign-in</c>, <c>/sign-out</c>, and what is said when a sign-in did not work.</summary>
internal static class SessionPages
{
    public static void MapSession(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sign-in", (string? to, HttpContext context) => TypedResults.Challenge(
            new AuthenticationProperties { RedirectUri = Local(to) }, [OpenIdConnectDefaults.AuthenticationScheme])).AllowAnonymous();
        app.MapPost("/sign-out", SignOutAsync).AllowAnonymous();
        app.MapPost("/acting/end", EndActingAsync).RequireAuthorization(SessionSetup.SignedIn);
        app.MapGet("/sign-in/failed", () => Pages.Of<SignInFailed>(StatusCodes.Status403Forbidden)).AllowAnonymous();
        app.MapGet("/denied", () => Pages.Of<Denied>(StatusCodes.Status403Forbidden)).AllowAnonymous();
    }

    /// <summary>A path of ours; home for anything else, so that no link leads strangers' visitors elsewhere.</summary>
    public static string Local(string? to) =>
        to is ['/', ..] && !to.StartsWith("//", StringComparison.Ordinal) && !to.Contains('\\', StringComparison.Ordinal) && !to.Any(char.IsControl) ? to : "/";

    private static async Task<IResult> EndActingAsync(HttpContext context, IAntiforgery antiforgery, ActingKeeper keeper, CancellationToken ct)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
            return Pages.Of<OldForm>(StatusCodes.Status400BadRequest);
        await keeper.SetAsync(context, null, ct);
        return Pages.Go("/");
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
            return CommonErrors.Forbidden.ToProblem();
        return context.User.Identity?.IsAuthenticated == true
            ? TypedResults.SignOut(
                new AuthenticationProperties { RedirectUri = "/" }, [CookieAuthenticationDefaults.AuthenticationScheme, OpenIdConnectDefaults.AuthenticationScheme])
            : TypedResults.LocalRedirect("/");
    }
}
