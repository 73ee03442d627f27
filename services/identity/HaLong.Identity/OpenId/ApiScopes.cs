using OpenIddict.Abstractions;

namespace HaLong.Identity.OpenId;

/// <summary>What a token can be good for.</summary>
internal static class ApiScopes
{
    /// <summary>The audience of every API token.</summary>
    public const string Audience = "halong";

    /// <summary>People calling the public API.</summary>
    public const string Api = "halong.api";

    /// <summary>Partner systems reading events.</summary>
    public const string Events = "halong.events";

    /// <summary>Signing in a person's name by software of others (Cloud Signature Consortium API): in addition to <see cref="Api"/>.</summary>
    public const string Sign = "halong.sign";

    /// <summary>Our services asking each other.</summary>
    public const string Internal = "halong.internal";

    public static readonly string[] Own = [Api, Events, Internal, Sign];

    public static readonly string[] All =
    [
        OpenIddictConstants.Scopes.OpenId, OpenIddictConstants.Scopes.Profile, OpenIddictConstants.Scopes.Email,
        OpenIddictConstants.Scopes.OfflineAccess, .. Own,
    ];
}
