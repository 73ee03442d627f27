using System.Security.Cryptography;
using HaLong.PartnerLab.Dials;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace HaLong.PartnerLab.Vneid;

/// <summary>Signs id tokens, wrongly when a dial says so.</summary>
internal sealed class IdTokens(DialBoard dials, TimeProvider clock) : IDisposable
{
    private readonly RSA key = RSA.Create(2048);
    private readonly RSA forged = RSA.Create(2048);

    /// <summary>The public key as published.</summary>
    public object Jwks()
    {
        var p = key.ExportParameters(includePrivateParameters: false);
        return new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = "vneid", n = Base64UrlEncoder.Encode(p.Modulus), e = Base64UrlEncoder.Encode(p.Exponent) } } };
    }

    public string Of(TestPerson person, AuthorizeRequest request, string issuer)
    {
        var now = clock.GetUtcNow();
        if (dials.Take("vneid.expired") is not null)
            now -= TimeSpan.FromHours(1);
        var claims = new Dictionary<string, object> { ["sub"] = person.Subject, ["auth_time"] = now.ToUnixTimeSeconds(), ["loAs"] = person.Level.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        if (request.Nonce is { } nonce)
            claims["nonce"] = dials.Take("vneid.wrongNonce") is null ? nonce : "of-another-request";
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = dials.Take("vneid.wrongIssuer") is null ? issuer : "http://elsewhere.example",
            Audience = dials.Take("vneid.wrongAudience") is null ? request.ClientId : "another-client",
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + Grants.TokenLifetime).UtcDateTime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(
                new RsaSecurityKey(dials.Take("vneid.wrongSignature") is null ? key : forged) { KeyId = "vneid" }, SecurityAlgorithms.RsaSha256),
        });
    }

    public void Dispose()
    {
        key.Dispose();
        forged.Dispose();
    }
}
