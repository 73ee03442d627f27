using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using HaLong.Identity.Keys;
using HaLong.Identity.Tests.Sessions;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace HaLong.Identity.Tests.OpenId;

/// <summary>The same forgeries at identity itself and at another service: what a header says about keys and algorithms is never believed.</summary>
public sealed class TokenConfusionTests(TokenConfusionTests.TwoServices services) : IClassFixture<TokenConfusionTests.TwoServices>, IAsyncLifetime
{
    private readonly IdentitySite _site = services.Site;
    private readonly OtherService _other = services.Other;

    private RsaSecurityKey RealKey => _site.Service.Services.GetRequiredService<KeyRing>().Current.Signing[0];

    public async ValueTask InitializeAsync() =>
        await TestSupport.Eventually.Async(async () => await _other.StatusAsync(Sign()) == HttpStatusCode.OK, "the other service has read the keys");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("nOnE")]
    [InlineData("")]
    public async Task No_algorithm_at_all_is_refused(string alg)
    {
        var payload = Sign().Split('.')[1];
        await RefusedAsync($"{Encode($$"""{"alg":"{{alg}}","typ":"at+jwt"}""")}.{payload}.");
        await RefusedAsync($"{Encode($$"""{"alg":"{{alg}}","typ":"at+jwt","kid":"{{RealKey.KeyId}}"}""")}.{payload}.{Sign().Split('.')[2]}");
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("HS384")]
    [InlineData("HS512")]
    public async Task The_public_key_as_a_secret_is_refused(string alg)
    {
        using var rsa = RSA.Create(RealKey.Parameters);
        foreach (var secret in new[] { rsa.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()), Encoding.ASCII.GetBytes(rsa.ExportRSAPublicKeyPem()), RealKey.Parameters.Modulus! })
        {
            var signed = $"{Encode($$"""{"alg":"{{alg}}","typ":"at+jwt","kid":"{{RealKey.KeyId}}"}""")}.{Sign().Split('.')[1]}";
            var mac = alg switch
            {
                "HS256" => HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)),
                "HS384" => HMACSHA384.HashData(secret, Encoding.ASCII.GetBytes(signed)),
                _ => HMACSHA512.HashData(secret, Encoding.ASCII.GetBytes(signed)),
            };
            await RefusedAsync($"{signed}.{Base64UrlEncoder.Encode(mac)}");
        }
    }

    [Theory]
    [InlineData("ES256")]
    [InlineData("PS256")]
    [InlineData("RS384")]
    [InlineData("EdDSA")]
    public async Task An_RSA_signature_under_another_algorithms_name_is_refused(string alg)
    {
        var parts = Sign().Split('.');
        var signed = $"{Encode($$"""{"alg":"{{alg}}","typ":"at+jwt","kid":"{{RealKey.KeyId}}"}""")}.{parts[1]}";
        using var rsa = RSA.Create(RealKey.Parameters);
        await RefusedAsync($"{signed}.{Base64UrlEncoder.Encode(rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}");
        await RefusedAsync($"{signed}.{parts[2]}");
    }

    [Fact]
    public async Task An_elliptic_key_under_the_real_keys_name_is_refused()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await RefusedAsync(Sign(d => d.SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(ec) { KeyId = RealKey.KeyId }, SecurityAlgorithms.EcdsaSha256)));
    }

    [Theory]
    [InlineData("jwk")]
    [InlineData("jku")]
    [InlineData("x5u")]
    [InlineData("x5c")]
    public async Task A_key_that_the_token_brings_along_or_points_to_is_not_used(string header)
    {
        using var own = RSA.Create(2048);
        var key = new RsaSecurityKey(own) { KeyId = header is "jwk" or "x5c" ? "mine" : RealKey.KeyId };
        var jwk = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(own.ExportParameters(false)));
        object value = header switch
        {
            "jwk" => new Dictionary<string, object> { ["kty"] = "RSA", ["n"] = jwk.N, ["e"] = jwk.E },
            "x5c" => new[] { Certificate(own) },
            _ => "https://evil.example/keys",
        };
        await RefusedAsync(Sign(d =>
        {
            d.SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256);
            d.AdditionalHeaderClaims = new Dictionary<string, object> { [header] = value };
        }));
    }

    [Theory]
    [InlineData("../../dev/null")]
    [InlineData("' OR 1=1 --")]
    [InlineData("https://evil.example/key")]
    [InlineData("")]
    public async Task A_strange_key_name_is_only_a_name(string kid)
    {
        using var own = RSA.Create(2048);
        await RefusedAsync(Sign(d => d.SigningCredentials = new SigningCredentials(new RsaSecurityKey(own) { KeyId = kid }, SecurityAlgorithms.RsaSha256)));
    }

    [Theory]
    [InlineData("JWT")]
    [InlineData("logout+jwt")]
    [InlineData("oi_reft+jwt")]
    [InlineData("jwt")]
    public async Task Another_type_of_token_is_refused(string type) => await RefusedAsync(Sign(d => d.TokenType = type));

    [Theory]
    [InlineData("web", "http://localhost/")]
    [InlineData("halong.api", "http://localhost/")]
    [InlineData("HALONG", "http://localhost/")]
    [InlineData("halong", "http://localhost")]
    [InlineData("halong", "http://localhost/connect")]
    [InlineData("halong", "https://localhost/")]
    public async Task Another_audience_or_issuer_is_refused(string audience, string issuer) => await RefusedAsync(Sign(d => (d.Audience, d.Issuer) = (audience, issuer)));

    [Theory]
    [InlineData(-20, -600, true)]
    [InlineData(-40, -600, false)]
    [InlineData(600, 20, true)]
    [InlineData(600, 40, false)]
    public async Task Clocks_may_differ_by_half_a_minute_and_no_more(int expiresIn, int notBefore, bool accepted)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var token = Sign(d => (d.IssuedAt, d.NotBefore, d.Expires) = (now.AddSeconds(Math.Min(notBefore, 0)), now.AddSeconds(notBefore), now.AddSeconds(expiresIn)));
        if (!accepted)
        {
            await RefusedAsync(token);
            return;
        }

        Assert.Equal(HttpStatusCode.OK, await _other.StatusAsync(token));
        Assert.Equal(HttpStatusCode.OK, await _site.StatusAsync("/api/v1/me/sessions", token));
    }

    [Fact]
    public async Task A_token_without_an_end_is_refused() => await RefusedAsync(Sign(d => d.Expires = null));

    [Fact]
    public async Task Id_token_refresh_token_and_logout_token_open_nothing_anywhere()
    {
        var tokens = await _site.NewBrowser().TokensAsync(await _site.NewCitizenAsync());
        await RefusedAsync(tokens.GetProperty("id_token").GetString()!);
        await RefusedAsync(SessionSite.RefreshTokenOf(tokens));
        await RefusedAsync(_site.Service.Services.GetRequiredService<HaLong.Identity.Sessions.LogoutTokens>().Create("halong", Guid.CreateVersion7(), Guid.CreateVersion7()));
        Assert.Equal(HttpStatusCode.OK, await _other.StatusAsync(SessionSite.AccessTokenOf(tokens)));
    }

    private async Task RefusedAsync(string token)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await _other.StatusAsync(token));
        Assert.Equal(HttpStatusCode.Unauthorized, await _site.StatusAsync("/api/v1/me/sessions", token));
    }

    private string Sign(Action<SecurityTokenDescriptor>? change = null)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = "http://localhost/",
            Audience = "halong",
            TokenType = "at+jwt",
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(10),
            Subject = new ClaimsIdentity([new Claim("sub", "0198a8f0-0000-7000-8000-000000000001"), new Claim("role", Roles.Citizen), new Claim("scope", Policies.ApiScope)]),
            SigningCredentials = new SigningCredentials(RealKey, SecurityAlgorithms.RsaSha256),
        };
        change?.Invoke(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    private static string Encode(string header) => Base64UrlEncoder.Encode(header);

    private static string Certificate(RSA key)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=evil", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return Convert.ToBase64String(certificate.RawData);
    }

    /// <summary>Identity on a port of its own, and another service that knows it only by its address.</summary>
    public sealed class TwoServices(TestSupport.Servers servers) : IAsyncLifetime
    {
        internal IdentitySite Site { get; } = new(servers);

        internal OtherService Other { get; private set; } = null!; // Set before any test runs.

        public async ValueTask InitializeAsync()
        {
            await Site.InitializeAsync();
            var (_, url) = await Site.StartOnPortAsync();
            Other = await OtherService.StartAsync(url, IdentitySite.PublicUrl);
        }

        public async ValueTask DisposeAsync()
        {
            await Other.DisposeAsync();
            await Site.DisposeAsync();
        }
    }
}
