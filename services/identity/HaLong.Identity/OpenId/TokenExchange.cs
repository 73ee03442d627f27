using System.Globalization;
using System.Security.Claims;
using HaLong.Identity.Domain;
using HaLong.Identity.Organisations;
using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using HaLong.Identity.Staff;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace HaLong.Identity.OpenId;

/// <summary>Why somebody acts for somebody else.</summary>
/// <param name="Subject">Whose right it is.</param>
/// <param name="Channel">online, or assisted beside a helper.</param>
/// <param name="Until">When the right ends; null when it has no end of its own.</param>
internal sealed record ActingGround(Guid Subject, string Channel, DateTimeOffset? Until)
{
    public Guid? Delegation { get; init; }

    public Guid? AssistedSession { get; init; }

    public string? Unit { get; init; }
}

/// <summary>
/// RFC 8693: who may act for somebody else swaps his own access token for one in that person's name. Parameter <c>delegation</c>,
/// <c>assisted_session</c> or <c>organisation</c> says by which right. The answer is an access token without a refresh token; it names both
/// people, ends with the right it rests on, and dies with the actor's session. Every service asks the authoriser all the same.
/// </summary>
internal sealed class TokenExchange(
    IdentityDbContext db, Principals principals, SessionCookie sessions, StaffDirectory staff, Representation representation, IdentityInstruments instruments,
    TimeProvider time)
{
    public const string Delegation = "delegation";
    public const string AssistedSession = "assisted_session";
    public const string Organisation = "organisation";

    public async Task<IResult> HandleAsync(HttpContext http, OpenIddictRequest request, CancellationToken ct)
    {
        if (request.SubjectTokenType != TokenTypeIdentifiers.AccessToken || request.RequestedTokenType is not (null or TokenTypeIdentifiers.AccessToken)
            || request.ActorToken is not null)
            return Authorize.Refuse(Errors.InvalidRequest, "An access token of the actor is exchanged for an access token; there is no actor_token.");
        var rights = new[] { Delegation, AssistedSession, Organisation }.Where(p => request.HasParameter(p)).ToList();
        if (rights is not [var right] || !Guid.TryParse((string?)request.GetParameter(right), CultureInfo.InvariantCulture, out var id))
            return Authorize.Refuse(Errors.InvalidRequest, "Exactly one of delegation, assisted_session and organisation must hold an id.");

        var ticket = await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        if (ticket.Principal is not { } token || !token.GetScopes().Contains(ApiScopes.Api) || IsExchanged(token))
            return Authorize.Refuse(Errors.InvalidGrant, "Only a token that a person got by signing in can be exchanged.");
        if (await Authorize.FindAsync(db, token, ct) is not { } actor || await sessions.FindAsync(token, ct) is not { } session
            || session.AccountId != actor.Id || IsOutdated(token, actor))
            return Authorize.Refuse(Errors.InvalidGrant, "The token is void.");

        var now = time.GetUtcNow();
        var ground = right switch
        {
            Delegation => await ByDelegationAsync(id, actor, now, ct),
            AssistedSession => await InSessionAsync(id, actor, now, ct),
            _ => await representation.FindAsync(actor.Id, id, ct) is { } held ? new ActingGround(id, "online", held.EndsAt) : null,
        };
        var subject = ground is null ? null : await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == ground.Subject && !a.IsClosed, ct);
        // One answer for what does not exist, belongs to others, and is over: ids cannot be tried out.
        if (subject is null || subject.Kind is not (AccountKind.Citizen or AccountKind.Organisation))
            return Authorize.Refuse(Errors.InvalidGrant, "You cannot act by this right, or no longer.");

        instruments.TokenIssued(GrantTypes.TokenExchange, request.ClientId ?? "");
        var principal = principals.ForActing(subject, actor.Id, session, ground!);
        var left = ground!.Until is { } until && until - now < TokenLifetimes.Access ? until - now : TokenLifetimes.Access;
        principal.SetAccessTokenLifetime(left);
        return TypedResults.SignIn(principal, null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private async Task<ActingGround?> ByDelegationAsync(Guid id, Account actor, DateTimeOffset now, CancellationToken ct)
    {
        var delegation = await db.Delegations.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id && d.DelegateId == actor.Id, ct);
        return delegation?.IsActiveOn(LocalTime.Date(now)) == true
            ? new ActingGround(delegation.PrincipalId, "online", delegation.EndsAt) { Delegation = id }
            : null;
    }

    private async Task<ActingGround?> InSessionAsync(Guid id, Account actor, DateTimeOffset now, CancellationToken ct)
    {
        var session = await db.AssistedSessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.HelperId == actor.Id, ct);
        if (session?.IsActiveAt(now) != true || session.CitizenId is not { } citizen)
            return null;
        var standing = await staff.StandingOfAsync(actor, now, ct);
        return standing.Roles.Contains(Roles.Helper)
            ? new ActingGround(citizen, "assisted", session.ExpiresAt) { AssistedSession = id, Unit = session.HelperUnit }
            : null;
    }

    // A chain of actors would end with nobody knowing who let whom do what.
    private static bool IsExchanged(ClaimsPrincipal token) =>
        Caller.From(token) is var caller && (caller.ActsForAnother || caller.ActsWithinLimits);

    private static bool IsOutdated(ClaimsPrincipal token, Account account) =>
        int.TryParse(token.GetClaim(Principals.EpochClaim), CultureInfo.InvariantCulture, out var epoch) && epoch < account.Epoch;
}
