using System.Security.Claims;
using HaLong.Identity.Domain;
using HaLong.Identity.Factors;
using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
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
    /// <summary>Code of the unit an official wants to work for; left out: the main one.</summary>
    public const string UnitParameter = "unit";

    /// <summary>Parameter of our own on the way back from the sign-in page.</summary>
    private const string Asked = "asked";

    public static async Task<IResult> HandleAsync(HttpContext http, IdentityDbContext db, Principals principals, SessionCookie sessions, AcrDemand acr, TimeProvider time, CancellationToken ct)
    {
        var request = http.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("Not an OpenID Connect request.");
        var session = await sessions.FindAsync(http, ct);
        var fresh = session is not null && (!AsksAnew(request) || HasJustSignedIn(http, session, time))
            && (request.MaxAge is null or 0 || (time.GetUtcNow() - session.AuthenticatedAt).TotalSeconds <= request.MaxAge);
        var account = fresh ? await FindAsync(db, session!.AccountId, ct) : null;
        if (account is null)
        {
            return request.HasPromptValue(PromptValues.None)
                ? Refuse(Errors.LoginRequired, "The person is not signed in.")
                : TypedResults.LocalRedirect("/account/sign-in" + QueryString.Create("returnUrl", ReturnHere(http, request)));
        }

        if (await acr.MissingAsync(request, session!, ct) is { } page)
        {
            return request.HasPromptValue(PromptValues.None)
                ? Refuse(Errors.InteractionRequired, "The person must show a second factor.")
                : TypedResults.LocalRedirect(page + QueryString.Create("returnUrl", ReturnHere(http, request)));
        }

        session!.Seen(time.GetUtcNow());
        await db.SaveChangesAsync(ct);

        // Officials of several units say which one they are working for now.
        var unit = (string?)request[UnitParameter];
        var principal = await principals.ForAccountAsync(account, session, request.GetScopes(), unit, ct);
        if (!string.IsNullOrEmpty(unit) && principal.FindFirstValue(Principals.UnitClaim) != unit)
            return Refuse(Errors.AccessDenied, "The person does not work for this unit.");
        return TypedResults.SignIn(principal, null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
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
        Guid.TryParse(principal.FindFirstValue(Claims.Subject), out var id) ? await FindAsync(db, id, ct) : null;

    private static Task<Account?> FindAsync(IdentityDbContext db, Guid id, CancellationToken ct) =>
        db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && !a.IsClosed, ct);

    /// <summary>"Not older than now" means the same as prompt=login.</summary>
    private static bool AsksAnew(OpenIddictRequest request) => request.HasPromptValue(PromptValues.Login) || request.MaxAge == 0;

    /// <summary>
    /// A pushed request keeps its prompt=login where the way back cannot take it off; whoever comes from the sign-in page has been asked.
    /// </summary>
    private static bool HasJustSignedIn(HttpContext http, Session session, TimeProvider time) =>
        http.Request.Query.ContainsKey(Asked) && time.GetUtcNow() - session.AuthenticatedAt < TimeSpan.FromMinutes(1);

    private static string ReturnHere(HttpContext http, OpenIddictRequest request)
    {
        var parameters = http.Request.HasFormContentType ? http.Request.Form.ToList() : [.. http.Request.Query];
        if (AsksAnew(request))
        {
            // Asked once: without this the way back would ask again, for ever.
            parameters.RemoveAll(p => p.Key is Parameters.Prompt or Asked || (p.Key == Parameters.MaxAge && request.MaxAge == 0));
            if (http.Request.Query.ContainsKey(Parameters.RequestUri))
                parameters.Add(new(Asked, "1"));
        }

        return http.Request.Path + QueryString.Create(parameters);
    }
}
