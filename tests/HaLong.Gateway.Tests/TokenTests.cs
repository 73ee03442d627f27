using System.Net;
using System.Security.Claims;
using System.Text;
using HaLong.ServiceDefaults;
using Microsoft.IdentityModel.Tokens;

namespace HaLong.Gateway.Tests;

public sealed class TokenTests(SharedGateway shared)
{
    private static readonly Claim[] Claims = [new("sub", "0198a8f0-0000-7000-8000-000000000001"), new("scope", Policies.ApiScope), new("role", Roles.Citizen)];

    [Fact]
    public async Task Without_a_token_protected_paths_answer_401() => await AssertRefusedAsync(null, HttpStatusCode.Unauthorized);

    [Fact]
    public async Task A_word_that_is_no_token_answers_401() => await AssertRefusedAsync("nonsense", HttpStatusCode.Unauthorized);

    [Fact]
    public async Task A_token_signed_by_somebody_else_answers_401()
    {
        await using var stranger = await TestSupport.TestIdentity.StartStrangerAsync();
        await AssertRefusedAsync(stranger.Token(), HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_unsigned_token_answers_401()
    {
        var header = Base64UrlEncoder.Encode("""{"alg":"none","typ":"at+jwt"}""");
        var payload = shared.Host.Identity.Token().Split('.')[1];
        await AssertRefusedAsync($"{header}.{payload}.", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_whose_claims_were_changed_answers_401()
    {
        var parts = shared.Host.Identity.Token().Split('.');
        var claims = Encoding.UTF8.GetString(Base64UrlEncoder.DecodeBytes(parts[1])).Replace("citizen", "leader", StringComparison.Ordinal);
        await AssertRefusedAsync($"{parts[0]}.{Base64UrlEncoder.Encode(claims)}.{parts[2]}", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_for_another_audience_answers_401() =>
        await AssertRefusedAsync(shared.Host.Identity.Sign(Claims, audience: "other"), HttpStatusCode.Unauthorized);

    [Fact]
    public async Task A_token_of_another_issuer_answers_401() =>
        await AssertRefusedAsync(shared.Host.Identity.Sign(Claims, issuer: "https://elsewhere.test/"), HttpStatusCode.Unauthorized);

    [Fact]
    public async Task An_expired_token_answers_401() =>
        await AssertRefusedAsync(shared.Host.Identity.Sign(Claims, lifetime: TimeSpan.FromMinutes(-5)), HttpStatusCode.Unauthorized);

    [Fact]
    public async Task An_identity_token_is_no_access_token() =>
        await AssertRefusedAsync(shared.Host.Identity.Sign(Claims, type: "JWT"), HttpStatusCode.Unauthorized);

    [Fact]
    public async Task A_token_without_the_scope_answers_403() =>
        await AssertRefusedAsync(shared.Host.Identity.Token(scope: "openid profile"), HttpStatusCode.Forbidden);

    [Fact]
    public async Task A_services_own_token_is_of_no_use_outside() =>
        await AssertRefusedAsync(shared.Host.Identity.ServiceToken("dossier"), HttpStatusCode.Forbidden);

    [Theory]
    [InlineData("/api/v1/subscriptions")]
    [InlineData("/api/v1/events")]
    [InlineData("/api/v1/inbox")]
    [InlineData("/api/v1/bank-notices")]
    [InlineData("/api/v1/ledger/closes")]
    public async Task A_citizens_token_does_not_open_the_paths_of_others(string path) =>
        await AssertRefusedAsync(shared.Host.Identity.Token(), HttpStatusCode.Forbidden, path);

    [Fact]
    public async Task A_partners_token_does_not_open_the_paths_of_people() => await AssertRefusedAsync(shared.Host.Identity.PartnerToken(), HttpStatusCode.Forbidden);

    [Fact]
    public async Task Open_paths_need_no_token_and_do_not_mind_a_bad_one()
    {
        using var nobody = shared.Host.Client();
        using var somebody = shared.Host.Client("nonsense");
        Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync("/api/v1/procedures", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await somebody.GetAsync("/api/v1/procedures", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_refusal_speaks_the_language_asked_for()
    {
        using var client = shared.Host.Client();
        client.DefaultRequestHeaders.Add("Accept-Language", "en");
        using var response = await client.GetAsync("/api/v1/dossiers", TestContext.Current.CancellationToken);
        Assert.Contains("You need to sign in", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task When_the_keys_cannot_be_fetched_the_answer_is_503_not_401()
    {
        await using var gateway = await GatewayHost.StartedAsync(("Auth:JwksUrl", "http://127.0.0.1:1/.well-known/jwks"));
        using var client = gateway.Citizen();
        using var response = await client.GetAsync("/api/v1/dossiers", TestContext.Current.CancellationToken);
        await Problem.AssertAsync(response, HttpStatusCode.ServiceUnavailable, "CMN-0503");
    }

    private async Task AssertRefusedAsync(string? token, HttpStatusCode status, string path = "/api/v1/dossiers")
    {
        using var client = shared.Host.Client(token);
        var before = shared.Host["dossier"].Requests.Count(r => r.Headers.GetValueOrDefault("Authorization") == "Bearer " + token);
        using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);
        await Problem.AssertAsync(response, status, status == HttpStatusCode.Forbidden ? "CMN-0403" : "CMN-0401");
        Assert.Equal(before, shared.Host["dossier"].Requests.Count(r => r.Headers.GetValueOrDefault("Authorization") == "Bearer " + token));
    }
}
