using HaLong.Identity.OpenId.Clients;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace HaLong.Identity.Administration;

/// <param name="ClientId">The id.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Type">public or confidential.</param>
/// <param name="Authentication">secret or privateKeyJwt; null for public clients.</param>
/// <param name="Grant">authorizationCode or clientCredentials.</param>
/// <param name="Scopes">What its tokens are good for.</param>
/// <param name="RedirectUris">Where codes may be sent.</param>
/// <param name="PostLogoutRedirectUris">Where to go after signing out.</param>
/// <param name="BackchannelLogoutUri">Where it is told that a session ended.</param>
/// <param name="KeyIds">Names of its public keys.</param>
/// <param name="ManagedBy">administrators, or configuration for the platform's own.</param>
/// <param name="Disabled">It gets no tokens, and those it has are void.</param>
/// <param name="CreatedAt">When administrators made it.</param>
/// <param name="Version">Revision, also the ETag; null for the platform's own.</param>
internal sealed record ClientView(
    string ClientId, string? Name, string? Type, string? Authentication, string? Grant, IReadOnlyList<string> Scopes, IReadOnlyList<string> RedirectUris,
    IReadOnlyList<string> PostLogoutRedirectUris, string? BackchannelLogoutUri, IReadOnlyList<string> KeyIds, string ManagedBy, bool Disabled,
    DateTimeOffset? CreatedAt, uint? Version)
{
    /// <summary>Mailbox of those who run it.</summary>
    public string? ContactEmail { get; init; }

    public static ClientView Of(OpenIddictApplicationDescriptor client, ClientRegistration? registration)
    {
        // While a client is disabled its permissions lie aside.
        HashSet<string> permissions = registration is { IsDisabled: true } ? [.. registration.Permissions] : client.Permissions;
        var isPublic = client.ClientType == ClientTypes.Public;
        var isCode = permissions.Contains(Permissions.GrantTypes.AuthorizationCode);
        return new ClientView(
            client.ClientId ?? "", client.DisplayName, isPublic ? ClientInput.Public : ClientInput.Confidential,
            isPublic ? null : client.JsonWebKeySet is null ? ClientInput.Secret : ClientInput.PrivateKeyJwt,
            isCode ? ClientInput.AuthorizationCode : ClientInput.ClientCredentials,
            [.. ScopesIn(permissions)],
            [.. client.RedirectUris.Select(u => u.OriginalString).Order(StringComparer.Ordinal)],
            [.. client.PostLogoutRedirectUris.Select(u => u.OriginalString).Order(StringComparer.Ordinal)],
            BackChannel.AddressOf(client.Properties)?.OriginalString,
            [.. client.JsonWebKeySet?.Keys.Select(k => k.Kid ?? "") ?? []],
            registration is null ? "configuration" : "administrators", registration?.IsDisabled ?? false, registration?.CreatedAt, registration?.Version)
        {
            ContactEmail = ClientContact.Of(client.Properties),
        };
    }

    // openid and offline_access need no permission of their own: every client for people may ask for them.
    private static IEnumerable<string> ScopesIn(HashSet<string> permissions)
    {
        string[] free = permissions.Contains(Permissions.GrantTypes.AuthorizationCode)
            ? [OpenIddictConstants.Scopes.OpenId, OpenIddictConstants.Scopes.OfflineAccess]
            : [];
        return free.Concat(permissions.Where(p => p.StartsWith(Permissions.Prefixes.Scope, StringComparison.Ordinal)).Select(p => p[Permissions.Prefixes.Scope.Length..]))
            .Order(StringComparer.Ordinal);
    }
}

/// <summary>A client with the secret that nobody will see again.</summary>
/// <param name="Client">The client.</param>
/// <param name="ClientSecret">Shown only in this answer; null for clients without one.</param>
internal sealed record ClientWithSecret(ClientView Client, string? ClientSecret);
