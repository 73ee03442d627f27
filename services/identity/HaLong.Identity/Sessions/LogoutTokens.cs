using System.Security.Claims;
using HaLong.Identity.Keys;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace HaLong.Identity.Sessions;

/// <summary>Logout tokens of OpenID Connect Back-Channel Logout 1.0 §2.4.</summary>
internal sealed class LogoutTokens(KeyRing keys, IOptions<IdentityOptions> options, TimeProvider time)
{
    public const string EventName = "http://schemas.openid.net/event/backchannel-logout";

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    /// <param name="clientId">The audience: no client can use another's.</param>
    /// <param name="accountId">Claim sub of the tokens the client holds.</param>
    /// <param name="sessionId">Claim sid of the tokens the client holds.</param>
    public string Create(string clientId, Guid accountId, Guid sessionId)
    {
        var now = time.GetUtcNow();
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.Value.Issuer().AbsoluteUri,
            Audience = clientId,
            IssuedAt = now.UtcDateTime,
            Expires = (now + Life).UtcDateTime,
            TokenType = "logout+jwt",
            Subject = new ClaimsIdentity(
            [
                new Claim("sub", accountId.ToString()),
                new Claim(SessionCookie.SessionClaim, sessionId.ToString()),
                new Claim("jti", Guid.CreateVersion7(now).ToString()),
                new Claim("events", $$"""{"{{EventName}}": {} }""", JsonClaimValueTypes.Json),
            ]),
            SigningCredentials = new SigningCredentials(keys.Current.Signing[0], SecurityAlgorithms.RsaSha256),
        });
    }
}
