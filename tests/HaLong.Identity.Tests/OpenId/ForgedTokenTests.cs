using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using HaLong.Identity.Keys;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace HaLong.Identity.Tests.OpenId;

/// <summary>Every way of passing off a token that identity did not issue for the API, tried at an endpoint that needs one.</summary>
public sealed class ForgedTokenTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private RsaSecurityKey RealKey => site.Service.Services.GetRequiredService<KeyRing>().Current.Signing[0];

    [Fact]
    public async Task The_token_these_tests_change_is_accepted_as_it_is()
    {
        Assert.Equal(HttpStatusCode.OK, await AskAsync(await ForgeAsync()));
    }

    [Fact]
    public async Task Alg_none_is_refused()
    {
        var parts = (await ForgeAsync()).Split('.');
        var header = WebEncoders.Base64UrlEncode("""{"alg":"none","typ":"at+jwt"}"""u8);

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync($"{header}.{parts[1]}."));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync($"{header}.{parts[1]}.{parts[2]}"));
    }

    [Fact]
    public async Task The_public_key_used_as_an_HMAC_secret_is_refused()
    {
        using var rsa = RSA.Create(RealKey.Parameters);
        foreach (var secret in new[] { rsa.ExportSubjectPublicKeyInfo(), System.Text.Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()), RealKey.Parameters.Modulus! })
        {
            var key = new SymmetricSecurityKey(secret) { KeyId = RealKey.KeyId };
            Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(await ForgeAsync(d => d.SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256))));
        }
    }

    [Fact]
    public async Task Another_key_under_the_same_name_is_refused()
    {
        using var rsa = RSA.Create(2048);
        var key = new RsaSecurityKey(rsa.ExportParameters(true)) { KeyId = RealKey.KeyId };

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(await ForgeAsync(d => d.SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256))));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(site.OtherIssuer.Token()));
    }

    [Fact]
    public async Task Another_RSA_algorithm_is_refused() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(await ForgeAsync(d => d.SigningCredentials = new SigningCredentials(RealKey, SecurityAlgorithms.RsaSha512))));

    [Theory]
    [InlineData("other", "http://localhost/", "at+jwt")]
    [InlineData("halong", "https://evil.example/", "at+jwt")]
    [InlineData("halong", "http://localhost/", "JWT")]
    public async Task Wrong_audience_issuer_or_type_is_refused(string audience, string issuer, string type) =>
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(await ForgeAsync(d => (d.Audience, d.Issuer, d.TokenType) = (audience, issuer, type))));

    [Fact]
    public async Task An_expired_token_and_one_of_the_future_are_refused()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(await ForgeAsync(d => (d.NotBefore, d.IssuedAt, d.Expires) = (now.AddHours(-1), now.AddHours(-1), now.AddMinutes(-1)))));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(await ForgeAsync(d => (d.NotBefore, d.IssuedAt, d.Expires) = (now.AddMinutes(5), now.AddMinutes(5), now.AddMinutes(15)))));
    }

    [Fact]
    public async Task A_changed_claim_breaks_the_signature()
    {
        var parts = (await ForgeAsync()).Split('.');
        var payload = System.Text.Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(parts[1])).Replace("citizen", "leader", StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync($"{parts[0]}.{WebEncoders.Base64UrlEncode(System.Text.Encoding.UTF8.GetBytes(payload))}.{parts[2]}"));
    }

    [Fact]
    public async Task The_id_token_and_the_refresh_token_are_no_access_tokens()
    {
        var tokens = await site.NewBrowser().TokensAsync("citizen");

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(tokens.GetProperty("id_token").GetString()));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(tokens.GetProperty("refresh_token").GetString()));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync("rubbish"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(null));
    }

    [Fact]
    public async Task A_client_and_a_token_of_another_scope_are_forbidden()
    {
        var partner = await Browser.OkAsync(await site.NewBrowser().ClientCredentialsAsync("partner", "partner-secret", "halong.events"));

        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(partner.GetProperty("access_token").GetString()));
    }

    [Fact]
    public async Task A_person_who_is_no_longer_there_is_not_found()
    {
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(await ForgeAsync(d => d.Subject = Person(Guid.CreateVersion7()))));
    }

    private static ClaimsIdentity Person(Guid id) =>
        new([new Claim("sub", id.ToString()), new Claim("role", Roles.Citizen), new Claim("scope", Policies.ApiScope), new Claim("client_id", "web")]);

    private async Task<string> ForgeAsync(Action<SecurityTokenDescriptor>? change = null)
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
            Subject = Person(await site.IdOfAsync("citizen")),
            SigningCredentials = new SigningCredentials(RealKey, SecurityAlgorithms.RsaSha256),
        };
        change?.Invoke(descriptor);
        return new JsonWebTokenHandler().CreateToken(descriptor);
    }

    private async Task<HttpStatusCode> AskAsync(string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await site.NewBrowser().Http.SendAsync(request, TestContext.Current.CancellationToken);
        if (!answer.IsSuccessStatusCode)
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return answer.StatusCode;
    }
}
