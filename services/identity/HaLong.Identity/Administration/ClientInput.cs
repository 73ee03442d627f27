using System.Text.Json;
using System.Text.RegularExpressions;
using HaLong.Identity.Domain;
using HaLong.Identity.OpenId;
using HaLong.ServiceDefaults;
using OpenIddict.Abstractions;

namespace HaLong.Identity.Administration;

/// <summary>A client as administrators write it.</summary>
/// <param name="ClientId">Lower-case letters, digits, dots and dashes; fixed for ever.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Type">public (browser and mobile front ends) or confidential (servers).</param>
/// <param name="Authentication">secret or privateKeyJwt; confidential clients only.</param>
/// <param name="Grant">authorizationCode (people sign in) or clientCredentials (the client acts by itself).</param>
/// <param name="Scopes">What its tokens are good for.</param>
/// <param name="RedirectUris">Exact https addresses, or addresses of an app's own scheme.</param>
/// <param name="PostLogoutRedirectUris">Where to go after signing out.</param>
/// <param name="BackchannelLogoutUri">Where it is told that a session ended.</param>
/// <param name="Jwks">Public keys, for privateKeyJwt.</param>
internal sealed partial record ClientInput(
    string? ClientId, string? Name, string? Type, string? Authentication, string? Grant, string[]? Scopes, string[]? RedirectUris, string[]? PostLogoutRedirectUris,
    string? BackchannelLogoutUri, JsonElement? Jwks)
{
    public const string Public = "public", Confidential = "confidential";
    public const string Secret = "secret", PrivateKeyJwt = "privateKeyJwt";
    public const string AuthorizationCode = "authorizationCode", ClientCredentials = "clientCredentials";

    private const int MostUris = 10;

    /// <summary>Mailbox of those who run it, told when something does not work; optional.</summary>
    public string? ContactEmail { get; init; }

    /// <summary>Scopes for people who sign in. What services ask each other is not given to anybody from outside.</summary>
    public static readonly IReadOnlyList<string> ScopesOfPeople =
    [
        OpenIddictConstants.Scopes.OpenId, OpenIddictConstants.Scopes.Profile, OpenIddictConstants.Scopes.Email, OpenIddictConstants.Scopes.OfflineAccess, ApiScopes.Api,
    ];

    /// <summary>Scopes for a client that acts by itself.</summary>
    public static readonly IReadOnlyList<string> ScopesOfClients = [ApiScopes.Events];

    /// <summary>Everything that is wrong with it at once; null when nothing is.</summary>
    public Error? Check()
    {
        var error = IdentityErrors.InvalidAdministration;
        if (ClientId is null || !Id().IsMatch(ClientId))
            error = error.WithField("clientId", "Mã có 3–63 ký tự: chữ thường, số, dấu chấm, gạch ngang.", "An id has 3 to 63 lower-case letters, digits, dots or dashes.");
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > 100)
            error = error.WithField("name", "Hãy nhập tên, tối đa 100 ký tự.", "Enter a name of at most 100 characters.");
        if (Type is not (Public or Confidential))
            error = error.WithField("type", "Loại là public hoặc confidential.", "The type is public or confidential.");
        if (Type == Public ? Authentication is not null : Authentication is not (Secret or PrivateKeyJwt))
            error = error.WithField("authentication", "Ứng dụng confidential dùng secret hoặc privateKeyJwt.", "A confidential client uses secret or privateKeyJwt; a public one neither.");
        // One way for one client: the permission for a scope cannot tell people's tokens from the client's own.
        if (Grant is not (AuthorizationCode or ClientCredentials) || (Type == Public && Grant != AuthorizationCode))
            error = error.WithField("grant", "Cách cấp là authorizationCode hoặc clientCredentials (chỉ cho confidential).", "The grant is authorizationCode, or clientCredentials for confidential clients.");
        if (ContactEmail is { } mailbox && !ClientContact.IsMailbox(mailbox))
            error = error.WithField("contactEmail", "Địa chỉ thư điện tử không hợp lệ.", "This is not a mailbox.");
        return CheckKeys(CheckUris(CheckScopes(error))) is { FieldMessages.Count: > 0 } wrong ? wrong : null;
    }

    /// <summary>One redirect address: https and exact, or a scheme that belongs to an app (RFC 8252 §7.1: a domain turned round).</summary>
    internal static bool IsRedirect(string text, bool appSchemes) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && text.Length <= 400 && uri.Fragment.Length == 0 && !text.Contains('*', StringComparison.Ordinal)
        && !text.Contains('#', StringComparison.Ordinal)
        && (uri.Scheme == Uri.UriSchemeHttps
            ? uri.UserInfo.Length == 0 && uri.Host.Length > 0
            : appSchemes && uri.Scheme.Contains('.', StringComparison.Ordinal) && uri.Host.Length == 0);

    private Error CheckScopes(Error error)
    {
        var allowed = Grant == ClientCredentials ? ScopesOfClients : ScopesOfPeople;
        return Scopes is not { Length: > 0 } || Scopes.Any(s => !allowed.Contains(s))
            ? error.WithField("scopes", "Phạm vi được phép: " + string.Join(", ", allowed) + ".", "Scopes can be: " + string.Join(", ", allowed) + ".")
            : error;
    }

    private Error CheckUris(Error error)
    {
        var (redirects, after) = (RedirectUris ?? [], PostLogoutRedirectUris ?? []);
        var isCode = Grant == AuthorizationCode;
        if (isCode ? redirects.Length is 0 or > MostUris || redirects.Any(u => !IsRedirect(u, Type == Public)) : redirects.Length > 0)
        {
            error = error.WithField("redirectUris", "Cần 1–10 địa chỉ https chính xác (ứng dụng di động: lược đồ riêng như vn.example.app:/callback).",
                "One to ten exact https addresses are needed (apps: a scheme of their own like vn.example.app:/callback).");
        }

        if (after.Length > MostUris || after.Any(u => !IsRedirect(u, Type == Public)) || (!isCode && after.Length > 0))
            error = error.WithField("postLogoutRedirectUris", "Tối đa 10 địa chỉ https chính xác.", "At most ten exact https addresses.");
        if (BackchannelLogoutUri is { } back && (!isCode || !IsRedirect(back, appSchemes: false)))
            error = error.WithField("backchannelLogoutUri", "Cần địa chỉ https.", "An https address is needed.");
        return error;
    }

    private Error CheckKeys(Error error) => Authentication == PrivateKeyJwt
        ? ClientKeySet.WhatIsWrong(Jwks) is { } wrong ? error.WithField("jwks", wrong.Vi, wrong.En) : error
        : Jwks is null ? error : error.WithField("jwks", "Chỉ dùng với privateKeyJwt.", "Only for privateKeyJwt.");

    [GeneratedRegex("^[a-z][a-z0-9.-]{2,62}$")]
    private static partial Regex Id();
}
