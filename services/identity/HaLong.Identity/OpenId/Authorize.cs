using System.Globalization;
using System.Security.Claims;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.SignIn;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace HaLong.Identity.OpenId;

/// <summary>The authorization endpoint: OpenIddict has checked client, redirect address, scopes and PKCE; here it is about who signs in.</summary>
internal static class Authorize
{
    public static async Task<IResult> HandleAsync(HttpContext http, IdentityDbContext db, Principals principals, TimeProvider time, CancellationToken ct)
    {
        var request = http.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("Not an OpenID Connect request.");
        var session = await http.AuthenticateAsync(Session.Scheme);
        var signedInAt = SignedInAt(session.Principal);
        var fresh = signedInAt is { } at && !request.HasPromptValue(PromptValues.Login)
            && (request.MaxAge is not { } maxAge || time.GetUtcNow().ToUnixTimeSeconds() - at <= maxAge);
        var account = fresh ? await FindAsync(db, session.Principal!, ct) : null;
        if (account is null)
        {
            return request.HasPromptValue(PromptValues.None)
                ? Refuse(Errors.LoginRequired, "The person is not signed in.")
                : TypedResults.LocalRedirect("/account/sign-in" + QueryString.Create("returnUrl", ReturnHere(http, request)));
        }

        return TypedResults.SignIn(principals.ForAccount(account, request.GetScopes(), signedInAt), null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    internal static IResult Refuse(string error, string description) => TypedResults.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
        }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);

    /// <summary>The open account a principal speaks of.</summary>
    internal static async Task<Account?> FindAsync(IdentityDbContext db, ClaimsPrincipal principal, CancellationToken ct) =>
        Guid.TryParse(principal.FindFirstValue(Claims.Subject), out var id)
            ? await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && !a.IsClosed, ct)
            : null;

    internal static long? SignedInAt(ClaimsPrincipal? principal) =>
        long.TryParse(principal?.FindFirstValue(Claims.AuthenticationTime), CultureInfo.InvariantCulture, out var at) ? at : null;

    private static string ReturnHere(HttpContext http, OpenIddictRequest request)
    {
        var parameters = http.Request.HasFormContentType ? http.Request.Form.ToList() : [.. http.Request.Query];
        if (request.HasPromptValue(PromptValues.Login))
        {
            // Asked once: without this the way back would ask again, for ever.
            parameters.RemoveAll(p => p.Key == Parameters.Prompt);
        }

        return http.Request.Path + QueryString.Create(parameters);
    }
}
