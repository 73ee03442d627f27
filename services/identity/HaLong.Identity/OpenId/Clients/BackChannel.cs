using System.Text.Json;

namespace HaLong.Identity.OpenId.Clients;

/// <summary>Where a client wants to hear of ended sessions (OpenID Connect Back-Channel Logout 1.0); kept among its properties.</summary>
internal static class BackChannel
{
    public const string AddressProperty = "backchannel_logout_uri";

    /// <summary>Null when the client registered none.</summary>
    public static Uri? AddressOf(IReadOnlyDictionary<string, JsonElement> properties) =>
        properties.TryGetValue(AddressProperty, out var value) && value.ValueKind == JsonValueKind.String ? TryRead(value.GetString()) : null;

    public static JsonElement Property(Uri address) => JsonSerializer.SerializeToElement(address.AbsoluteUri);

    /// <summary>
    /// Absolute, https (http only on the machine itself), without credentials or fragment; null for anything else. Only what an administrator
    /// registered is ever called, and redirects are not followed.
    /// </summary>
    public static Uri? TryRead(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        && address.UserInfo.Length == 0 && address.Fragment.Length == 0
            ? address
            : null;
}
