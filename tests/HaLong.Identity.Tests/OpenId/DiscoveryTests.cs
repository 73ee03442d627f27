using System.Text.Json;

namespace HaLong.Identity.Tests.OpenId;

public sealed class DiscoveryTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task The_configuration_names_the_public_address_whatever_name_the_request_came_by()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/.well-known/openid-configuration");
        request.Headers.Host = "evil.example";
        var browser = site.NewBrowser();
        var configuration = await Browser.OkAsync(await browser.Http.SendAsync(request, TestContext.Current.CancellationToken));

        Assert.Equal("http://localhost/", Text("issuer"));
        Assert.Equal("http://localhost/connect/authorize", Text("authorization_endpoint"));
        Assert.Equal("http://localhost/connect/token", Text("token_endpoint"));
        Assert.Equal("http://localhost/connect/userinfo", Text("userinfo_endpoint"));
        Assert.Equal("http://localhost/connect/logout", Text("end_session_endpoint"));
        Assert.Equal("http://localhost/connect/revocation", Text("revocation_endpoint"));
        Assert.Equal("http://localhost/.well-known/jwks", Text("jwks_uri"));
        Assert.Equal(["S256"], Texts("code_challenge_methods_supported"));
        Assert.Equal(["authorization_code", "client_credentials", "refresh_token", "urn:ietf:params:oauth:grant-type:token-exchange"], Texts("grant_types_supported").Order());
        Assert.Equal(["code"], Texts("response_types_supported"));
        Assert.Equal(["RS256"], Texts("id_token_signing_alg_values_supported"));
        Assert.Contains("halong.api", Texts("scopes_supported"));

        string? Text(string name) => configuration.GetProperty(name).GetString();
        IEnumerable<string?> Texts(string name) => configuration.GetProperty(name).EnumerateArray().Select(e => e.GetString());
    }

    [Fact]
    public async Task The_published_keys_hold_no_private_part()
    {
        var keys = await Browser.OkAsync(await site.NewBrowser().Http.GetAsync(new Uri("/.well-known/jwks", UriKind.Relative), TestContext.Current.CancellationToken));

        var key = Assert.Single(keys.GetProperty("keys").EnumerateArray());
        Assert.Equal(["alg", "e", "kid", "kty", "n", "use"], key.EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal("RS256", key.GetProperty("alg").GetString());
        Assert.Equal(JsonValueKind.String, key.GetProperty("n").ValueKind);
    }
}
