using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace HaLong.Identity.OpenId;

/// <summary>Decides what a token says; built from the account as it is now, for every token.</summary>
internal sealed class Principals(PersonalNumbers numbers)
{
    public const string RoleClaim = "role";
    public const string UnitClaim = "unit";
    public const string ChannelClaim = "channel";

    /// <summary>Last four digits of a citizen's personal number: public tracking asks for them beside the dossier code.</summary>
    public const string CheckClaim = "check";

    public ClaimsPrincipal ForAccount(Account account, ImmutableArray<string> scopes, long? signedInAt)
    {
        var identity = NewIdentity();
        identity.SetClaim(Claims.Subject, account.Id.ToString())
            .SetClaim(Claims.Name, account.DisplayName)
            .SetClaim(Claims.PreferredUsername, account.UserName)
            .SetClaim(Claims.Email, account.Email)
            .SetClaim(Claims.Locale, account.Language)
            .SetClaims(RoleClaim, [.. account.Roles])
            .SetClaim(UnitClaim, account.UnitCode)
            .SetClaim(ChannelClaim, account.Channel)
            .SetClaim(CheckClaim, account.Kind == AccountKind.Citizen ? numbers.Of(account)?.LastFour : null);
        if (signedInAt is { } seconds)
            identity.AddClaim(new Claim(Claims.AuthenticationTime, seconds.ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64));
        return Finish(identity, scopes);
    }

    public static ClaimsPrincipal ForClient(string clientId, string? displayName, ImmutableArray<string> scopes)
    {
        var identity = NewIdentity();
        identity.SetClaim(Claims.Subject, clientId)
            .SetClaim(Claims.Name, displayName ?? clientId)
            .SetClaim(ChannelClaim, "system");
        return Finish(identity, scopes);
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
            Claims.Name or RoleClaim or UnitClaim or ChannelClaim or CheckClaim => [OpenIddictConstants.Destinations.AccessToken],
            Claims.PreferredUsername or Claims.Locale when subject.HasScope(OpenIddictConstants.Scopes.Profile) =>
                [OpenIddictConstants.Destinations.IdentityToken],
            Claims.Email when subject.HasScope(OpenIddictConstants.Scopes.Email) => [OpenIddictConstants.Destinations.IdentityToken],
            Claims.AuthenticationTime => [OpenIddictConstants.Destinations.IdentityToken],
            _ => [],
        };
    }
}
