using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;

namespace HaLong.Portal.Session;

/// <summary>What pages show depends on the visitor's roles and unit, which stand in the access token alone. They are read, not trusted: the API decides what is allowed.</summary>
internal static class TokenClaims
{
    private static readonly JsonWebTokenHandler Tokens = new();
    private static readonly string[] Taken = ["role", "unit", "acr", "sub"];

    /// <summary>The principal of the session with what its newest access token says.</summary>
    public static ClaimsPrincipal With(ClaimsPrincipal principal, string? accessToken)
    {
        if (accessToken is null || !Tokens.CanReadToken(accessToken))
            return principal;
        var kept = principal.Claims.Where(c => !Taken.Contains(c.Type));
        var read = Tokens.ReadJsonWebToken(accessToken).Claims.Where(c => Taken.Contains(c.Type)).Select(c => new Claim(c.Type, c.Value));
        return new ClaimsPrincipal(new ClaimsIdentity(kept.Concat(read), principal.Identity?.AuthenticationType, "name", "role"));
    }
}
