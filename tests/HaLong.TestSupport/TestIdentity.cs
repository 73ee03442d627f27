using System.Security.Claims;
using System.Security.Cryptography;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace HaLong.TestSupport;

/// <summary>Plays identity for the test of another service: really signed tokens, real key endpoint, real client-credentials answer.</summary>
public sealed class TestIdentity : IAsyncDisposable
{
    /// <summary>Issuer is this plus a slash.</summary>
    public const string PublicUrl = "https://halong.test";

    // Making a key takes longer than most tests: all identities of a test process share one.
    private static readonly Lazy<RSA> Shared = new(() => RSA.Create(2048));

    private readonly RSA _rsa;
    private readonly WebApplication _app;
    private string[] _keys = ["test"];

    private TestIdentity(RSA rsa)
    {
        _rsa = rsa;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.MapGet("/.well-known/jwks", () => Results.Json(new { keys = _keys.Select(PublicJwk) }));
        _app.MapGet(RevocationFeed.Path, () => Results.Json(Revocations with { Keys = [.. _keys] }));
        _app.MapPost("/connect/token", () => Results.Json(new { access_token = ServiceToken("test-service"), expires_in = 600, token_type = "Bearer" }));
    }

    /// <summary>What it says is void.</summary>
    public RevocationFeed Revocations { get; set; } = new([], new Dictionary<string, int>(), []);

    /// <summary>Publishes one more key, as identity does some time before it signs with it.</summary>
    public void AddKey(string id) => _keys = [.. _keys, id];

    /// <summary>Where it listens.</summary>
    public string Url => _app.Urls.First();

    public static Task<TestIdentity> StartAsync() => StartAsync(Shared.Value);

    /// <summary>Somebody else: the same claims and key ids, another key.</summary>
    public static Task<TestIdentity> StartStrangerAsync() => StartAsync(RSA.Create(2048));

    private static async Task<TestIdentity> StartAsync(RSA rsa)
    {
        var identity = new TestIdentity(rsa);
        await identity._app.StartAsync();
        return identity;
    }

    /// <summary>A person's token.</summary>
    public string Token(Guid? sub = null, string[]? roles = null, string? unit = null, string scope = Policies.ApiScope, string channel = "online", string? check = null,
        Guid? actor = null, int assurance = 1, bool strong = false, Guid? delegation = null, Guid? assistedSession = null,
        TimeSpan signedInAgo = default)
    {
        var claims = new List<Claim> { new("sub", (sub ?? Guid.CreateVersion7()).ToString()), new("name", "Người Thử"), new("scope", scope), new("channel", channel), new("client_id", "web") };
        claims.AddRange((roles ?? [Roles.Citizen]).Select(r => new Claim("role", r)));
        if (unit is not null)
        {
            claims.Add(new Claim("unit", unit));
        }

        if (check is not null)
        {
            claims.Add(new Claim("check", check));
        }

        claims.Add(new Claim("act", $$"""{"sub":"{{(actor?.ToString() ?? claims[0].Value)}}"}""", JsonClaimValueTypes.Json));
        claims.Add(new Claim("loa", assurance.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        claims.Add(new Claim("acr", strong ? Caller.StrongAcr : Caller.BasicAcr));
        claims.Add(new Claim("auth_time", (TimeProvider.System.GetUtcNow() - signedInAgo).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            ClaimValueTypes.Integer64));
        if (delegation is not null)
            claims.Add(new Claim("delegation", delegation.Value.ToString()));
        if (assistedSession is not null)
            claims.Add(new Claim("assisted_session", assistedSession.Value.ToString()));

        return Sign(claims);
    }

    /// <summary>A partner client's token.</summary>
    public string PartnerToken(string clientId = "partner") =>
        Sign([new Claim("sub", clientId), new Claim("client_id", clientId), new Claim("scope", Policies.EventsScope), new Claim("channel", "system")]);

    /// <summary>A neighbouring service's token.</summary>
    public string ServiceToken(string clientId) =>
        Sign([new Claim("sub", clientId), new Claim("client_id", clientId), new Claim("scope", Policies.InternalScope), new Claim("channel", "system")]);

    /// <summary>Any token: for tests of what must be refused.</summary>
    public string Sign(IEnumerable<Claim> claims, string issuer = PublicUrl + "/", string audience = TokenValidation.Audience, TimeSpan? lifetime = null, string type = "at+jwt")
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var until = now + (lifetime ?? TimeSpan.FromMinutes(10));
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            IssuedAt = until < now ? until.AddMinutes(-10) : now,
            NotBefore = until < now ? until.AddMinutes(-10) : now,
            Expires = until,
            Subject = new ClaimsIdentity(claims),
            TokenType = type,
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(_rsa) { KeyId = "test" }, SecurityAlgorithms.RsaSha256),
        });
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private object PublicJwk(string id)
    {
        var p = _rsa.ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", alg = "RS256", kid = id, n = Base64UrlEncoder.Encode(p.Modulus), e = Base64UrlEncoder.Encode(p.Exponent) };
    }
}
