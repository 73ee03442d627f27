using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace HaLong.Identity.OpenId;

/// <summary>What a client may know about who signed in, by the scopes it was granted.</summary>
internal static class UserInfo
{
    public static async Task<IResult> HandleAsync(HttpContext http, IdentityDbContext db, SessionCookie sessions, CancellationToken ct)
    {
        var ticket = await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        if (ticket.Principal is not { } principal || await Authorize.FindAsync(db, principal, ct) is not { } account
            || await sessions.FindAsync(principal, ct) is null)
        {
            return TypedResults.Challenge(
                new AuthenticationProperties(new Dictionary<string, string?>
                {
                    [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.InvalidToken,
                    [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = "The token belongs to no open session.",
                }),
                [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        }

        var claims = new Dictionary<string, object?> { [Claims.Subject] = account.Id.ToString() };
        if (principal.HasScope(OpenIddictConstants.Scopes.Profile))
        {
            claims[Claims.Name] = account.DisplayName;
            claims[Claims.PreferredUsername] = account.UserName;
            claims[Claims.Locale] = account.Language;
        }

        if (principal.HasScope(OpenIddictConstants.Scopes.Email) && account.Email is not null)
            claims[Claims.Email] = account.Email;
        return TypedResults.Ok(claims);
    }
}
