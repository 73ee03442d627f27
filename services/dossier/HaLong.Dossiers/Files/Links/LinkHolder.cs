using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;

namespace HaLong.Dossiers.Files.Links;

/// <summary>The maker of a link, put down and brought back: enough of his token to ask what he may do, and whether the token still holds.</summary>
internal static class LinkHolder
{
    private static readonly HashSet<string> Kept =
        ["sub", "sid", "epoch", "oi_tkn_id", "act", "delegation", "assisted_session", "unit", "role", "scope", "channel", "client_id", "acr", "loa"];

    public static string Write(ClaimsPrincipal user) =>
        JsonSerializer.Serialize(user.Claims.Where(c => Kept.Contains(c.Type)).Select(c => new[] { c.Type, c.Value }));

    public static ClaimsPrincipal Read(string claims) => new(new ClaimsIdentity(
        JsonSerializer.Deserialize<string[][]>(claims)!.Select(c => new Claim(c[0], c[1])), "link", "name", "role"));

    /// <summary>The same as a token that says nothing but whose it is: what lists of void tokens are asked with.</summary>
    public static JsonWebToken TokenOf(ClaimsPrincipal user)
    {
        var payload = new JsonObject();
        foreach (var name in new[] { "sub", "sid", "oi_tkn_id" })
            if (user.FindFirstValue(name) is { } value)
                payload[name] = value;
        if (int.TryParse(user.FindFirstValue("epoch"), CultureInfo.InvariantCulture, out var epoch))
            payload["epoch"] = epoch;
        return new JsonWebToken("""{"alg":"none"}""", payload.ToJsonString());
    }
}
