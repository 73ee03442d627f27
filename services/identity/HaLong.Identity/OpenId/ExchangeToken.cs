using System.Collections.Immutable;
using System.Security.Claims;
using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace HaLong.Identity.OpenId;

/// <summary>The token endpoint: OpenIddict has checked client, code or refresh token; here the claims are read anew.</summary>
internal static class ExchangeToken
{
    public static async Task<IResult> HandleAsync(
        HttpContext http, IdentityDbContext db, Principals principals, SessionCookie sessions, IOpenIddictApplicationManager clients, TokenReuse reuse,
        IdentityInstruments instruments, TimeProvider time, CancellationToken ct)
    {
        var request = http.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("Not an OpenID Connect request.");
        var clientId = request.ClientId ?? "";
        if (request.IsClientCredentialsGrantType())
        {
            var client = await clients.FindByClientIdAsync(clientId, ct) ?? throw new InvalidOperationException("The client vanished between two steps.");
            var scopes = request.GetScopes();
            if (scopes.IsEmpty)
                scopes = OwnScopesOf(await clients.GetPermissionsAsync(client, ct));
            instruments.TokenIssued(GrantTypes.ClientCredentials, clientId);
            // A client that was disabled once has void tokens out there; what it gets now must not count among them.
            var epoch = await db.ClientRegistrations.Where(r => r.ClientId == clientId).Select(r => r.Epoch).SingleOrDefaultAsync(ct);
            return SignIn(Principals.ForClient(clientId, await clients.GetDisplayNameAsync(client, ct), scopes, epoch));
        }

        if (request.IsTokenExchangeGrantType())
            return await http.RequestServices.GetRequiredService<TokenExchange>().HandleAsync(http, request, ct);

        var ticket = await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        if (ticket.Principal is not { } principal)
            return Authorize.Refuse(Errors.InvalidGrant, "The token is not valid.");
        // Read before the token is redeemed: whoever loses the race for it ends the session, and exactly one must have won by then.
        if (await Authorize.FindAsync(db, principal, ct) is not { } account)
            return Authorize.Refuse(Errors.InvalidGrant, "The account can no longer be used.");
        if (await sessions.FindAsync(principal, ct) is not { } session)
            return Authorize.Refuse(Errors.InvalidGrant, "The session has ended.");
        if (!await RedeemAsync(db, principal, time.GetUtcNow(), ct))
        {
            await reuse.EndSessionAsync(principal, ct);
            return Authorize.Refuse(Errors.InvalidGrant, "The token has been used already.");
        }

        instruments.TokenIssued(request.GrantType ?? "", clientId);
        session.Seen(time.GetUtcNow());
        if (request.IsAuthorizationCodeGrantType())
            await SessionClient.NoteAsync(db, session.Id, clientId, time.GetUtcNow(), ct);
        await db.SaveChangesAsync(ct);
        return SignIn(await principals.ForAccountAsync(account, session, principal.GetScopes(), principal.GetClaim(Principals.AskedUnitClaim), ct));
    }

    // OpenIddict reads that a code or refresh token is unused and marks it later: of several requests at the same moment more than one
    // would pass. This one statement lets exactly one of them through.
    private static async Task<bool> RedeemAsync(IdentityDbContext db, ClaimsPrincipal principal, DateTimeOffset now, CancellationToken ct) =>
        Guid.TryParse(principal.GetTokenId(), out var id)
        && await db.Set<OpenIddictEntityFrameworkCoreToken<Guid>>()
            .Where(t => t.Id == id && t.Status == Statuses.Valid)
            .ExecuteUpdateAsync(t => t.SetProperty(x => x.Status, Statuses.Redeemed).SetProperty(x => x.RedemptionDate, now.UtcDateTime), ct) == 1;

    private static SignInHttpResult SignIn(ClaimsPrincipal principal) =>
        TypedResults.SignIn(principal, null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);

    // A client that names no scope gets what it was registered for.
    private static ImmutableArray<string> OwnScopesOf(ImmutableArray<string> permissions) =>
        [.. ApiScopes.Own.Where(s => permissions.Contains(Permissions.Prefixes.Scope + s))];
}
