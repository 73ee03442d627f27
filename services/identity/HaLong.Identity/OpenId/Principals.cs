using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Sessions;
using HaLong.Identity.Staff;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace HaLong.Identity.OpenId;

/// <summary>Decides what a token says; built from the account as it is now, for every token.</summary>
internal sealed class Principals(PersonalNumbers numbers, StaffDirectory staff, TimeProvider time)
{
    public const string RoleClaim = "role";
    public const string UnitClaim = "unit";
    public const string ChannelClaim = "channel";

    /// <summary>Last four digits of a citizen's personal number: public tracking asks for them beside the dossier code.</summary>
    public const string CheckClaim = "check";

    /// <summary>Who acted, RFC 8693: the subject itself unless a delegate or helper acts for it.</summary>
    public const string ActorClaim = "act";

    /// <summary>How surely the subject is known in this session.</summary>
    public const string AssuranceClaim = "loa";

    /// <summary>The account's epoch when the token was made; see <see cref="Revocations.RightsChanged"/>.</summary>
    public const string EpochClaim = "epoch";

    /// <summary>The delegation by which the actor acts for the subject.</summary>
    public const string DelegationClaim = "delegation";

    /// <summary>The assisted session in which the actor acts for the subject.</summary>
    public const string AssistedSessionClaim = "assisted_session";

    /// <summary>The unit asked for at authorization; kept in codes and refresh tokens only, so that a refresh stays with it.</summary>
    public const string AskedUnitClaim = "unit_asked";

    public Task<ClaimsPrincipal> ForAccountAsync(Account account, Session session, ImmutableArray<string> scopes, CancellationToken ct) =>
        ForAccountAsync(account, session, scopes, null, ct);

    /// <param name="account">Who.</param>
    /// <param name="session">The sign-in behind it.</param>
    /// <param name="scopes">What the token is good for.</param>
    /// <param name="unit">Unit asked for; where the person does not work there (any more), the token is for the main one.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<ClaimsPrincipal> ForAccountAsync(Account account, Session session, ImmutableArray<string> scopes, string? unit, CancellationToken ct)
    {
        var standing = await staff.StandingOfAsync(account, unit, time.GetUtcNow(), ct);
        var identity = NewIdentity().SetClaim(AskedUnitClaim, unit);
        AddSession(identity, session);
        identity.SetClaim(Claims.Subject, account.Id.ToString())
            .SetClaim(Claims.Name, account.DisplayName)
            .SetClaim(Claims.PreferredUsername, account.UserName)
            .SetClaim(Claims.Email, account.Email)
            .SetClaim(Claims.Locale, account.Language)
            .SetClaims(RoleClaim, [.. standing.Roles])
            .SetClaim(UnitClaim, standing.Unit)
            .SetClaim(EpochClaim, account.Epoch)
            .SetClaim(AssuranceClaim, Math.Max(session.Assurance, account.Level))
            .SetClaim(ChannelClaim, account.Channel)
            .SetClaim(CheckClaim, account.Kind == AccountKind.Citizen ? numbers.Of(account)?.LastFour : null);
        return Finish(SetActor(identity, account.Id.ToString()), scopes);
    }

    /// <summary>What a token says with which somebody acts for somebody else: whose right it is, who acts and why, in the actor's session.</summary>
    public ClaimsPrincipal ForActing(Account subject, Guid actor, Session session, ActingGround ground)
    {
        var identity = NewIdentity();
        AddSession(identity, session);
        identity.SetClaim(Claims.Subject, subject.Id.ToString())
            .SetClaim(Claims.Name, subject.DisplayName)
            .SetClaims(RoleClaim, [subject.Kind])
            .SetClaim(UnitClaim, ground.Unit)
            .SetClaim(EpochClaim, subject.Epoch)
            .SetClaim(AssuranceClaim, subject.Level)
            .SetClaim(ChannelClaim, ground.Channel)
            .SetClaim(CheckClaim, subject.Kind == AccountKind.Citizen ? numbers.Of(subject)?.LastFour : null)
            .SetClaim(DelegationClaim, ground.Delegation?.ToString())
            .SetClaim(AssistedSessionClaim, ground.AssistedSession?.ToString());
        return Finish(SetActor(identity, actor.ToString()), [ApiScopes.Api]);
    }

    public static ClaimsPrincipal ForClient(string clientId, string? displayName, ImmutableArray<string> scopes, int epoch = 0)
    {
        var identity = NewIdentity();
        identity.SetClaim(Claims.Subject, clientId)
            .SetClaim(Claims.Name, displayName ?? clientId)
            .SetClaim(ChannelClaim, "system")
            .SetClaim(EpochClaim, epoch);
        return Finish(SetActor(identity, clientId), scopes);
    }

    private static void AddSession(ClaimsIdentity identity, Session session)
    {
        identity.SetClaim(SessionCookie.SessionClaim, session.Id.ToString()).SetClaim(Claims.AuthenticationContextReference, session.Acr)
            .SetClaims(Claims.AuthenticationMethodReference, [.. session.Methods]);
        identity.AddClaim(new Claim(Claims.AuthenticationTime,
            session.AuthenticatedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64));
    }

    internal static ClaimsIdentity SetActor(ClaimsIdentity identity, string actor)
    {
        identity.SetClaim(ActorClaim, new Dictionary<string, string?> { [Claims.Subject] = actor });
        return identity;
    }

    private static ClaimsIdentity NewIdentity() =>
        new(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, Claims.Name, RoleClaim);

    private static ClaimsPrincipal Finish(ClaimsIdentity identity, ImmutableArray<string> scopes)
    {
        identity.SetScopes(scopes);
        // Without one of our scopes the token opens nothing but the user-info endpoint.
        if (scopes.Intersect(ApiScopes.Own).Any())
            identity.SetResources(ApiScopes.Audience);
        identity.SetDestinations(Destinations);
        return new ClaimsPrincipal(identity);
    }

    private static IEnumerable<string> Destinations(Claim claim)
    {
        var subject = claim.Subject!; // Claims of an identity always have one.
        return claim.Type switch
        {
            Claims.Name when subject.HasScope(OpenIddictConstants.Scopes.Profile) =>
                [OpenIddictConstants.Destinations.AccessToken, OpenIddictConstants.Destinations.IdentityToken],
            Claims.Name or RoleClaim or UnitClaim or ChannelClaim or CheckClaim or ActorClaim or AssuranceClaim or EpochClaim => [OpenIddictConstants.Destinations.AccessToken],
            DelegationClaim or AssistedSessionClaim => [OpenIddictConstants.Destinations.AccessToken],
            Claims.PreferredUsername or Claims.Locale when subject.HasScope(OpenIddictConstants.Scopes.Profile) =>
                [OpenIddictConstants.Destinations.IdentityToken],
            Claims.Email when subject.HasScope(OpenIddictConstants.Scopes.Email) => [OpenIddictConstants.Destinations.IdentityToken],
            Claims.AuthenticationTime or SessionCookie.SessionClaim or Claims.AuthenticationContextReference or Claims.AuthenticationMethodReference =>
                [OpenIddictConstants.Destinations.AccessToken, OpenIddictConstants.Destinations.IdentityToken],
            _ => [],
        };
    }
}
