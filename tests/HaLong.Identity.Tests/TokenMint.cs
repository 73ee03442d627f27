using System.Globalization;
using System.Security.Claims;
using HaLong.Identity.Keys;
using HaLong.Identity.Sessions;
using HaLong.Identity.Staff;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace HaLong.Identity.Tests;

/// <summary>
/// Tokens without the walk through the sign-in page: a real session row, signed with the service's own key, with the claims that
/// the token endpoint would give. For tests of what a token opens, not of how one comes by it.
/// </summary>
internal static class TokenMint
{
    /// <summary>A token for an account that exists, with the roles and unit it has now unless others are asked for.</summary>
    public static async Task<string> TokenAsync(this IdentitySite site, string userName, bool strong = false, string[]? roles = null, string? unit = null)
    {
        var now = site.Clock.GetUtcNow();
        var (account, standing, session) = await site.DatabaseAsync(async db =>
        {
            var account = await db.Accounts.SingleAsync(a => a.UserName == userName);
            var standing = await new StaffDirectory(db).StandingOfAsync(account, unit, now, default);
            var proof = new SignInProof(strong ? ["pwd", "otp"] : ["pwd"], strong ? Caller.StrongAcr : Caller.BasicAcr, account.Level);
            var session = Session.Start(Guid.CreateVersion7(now), account.Id, proof, "test", "", now);
            db.Sessions.Add(session);
            await db.SaveChangesAsync();
            return (account, standing, session);
        });
        var claims = new List<Claim>
        {
            new("sub", account.Id.ToString()),
            new("name", account.DisplayName),
            new("scope", Policies.ApiScope),
            new("channel", account.Channel),
            new("client_id", "web"),
            new("act", $$"""{"sub":"{{account.Id}}"}""", JsonClaimValueTypes.Json),
            new("sid", session.Id.ToString()),
            new("acr", session.Acr),
            new("loa", account.Level.ToString(CultureInfo.InvariantCulture)),
            new("epoch", account.Epoch.ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer),
            new("auth_time", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64),
        };
        claims.AddRange((roles ?? standing.Roles).Select(r => new Claim("role", r)));
        if ((unit ?? standing.Unit) is { } code)
            claims.Add(new Claim("unit", code));
        return site.Mint(claims);
    }

    /// <summary>A token of a service of the platform.</summary>
    public static string ServiceToken(this IdentitySite site, string clientId = "dossier") => site.Mint(
        [new Claim("sub", clientId), new Claim("client_id", clientId), new Claim("scope", Policies.InternalScope), new Claim("channel", "system")]);

    /// <summary>Any claims, signed with the service's own key.</summary>
    public static string Mint(this IdentitySite site, IEnumerable<Claim> claims)
    {
        var now = site.Clock.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = IdentitySite.PublicUrl + "/",
            Audience = TokenValidation.Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(10),
            Subject = new ClaimsIdentity(claims),
            TokenType = "at+jwt",
            SigningCredentials = new SigningCredentials(site.Service.Services.GetRequiredService<KeyRing>().Current.Signing[0], SecurityAlgorithms.RsaSha256),
        });
    }
}
