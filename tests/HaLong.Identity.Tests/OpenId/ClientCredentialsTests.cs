using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace HaLong.Identity.Tests.OpenId;

public sealed class ClientCredentialsTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Theory]
    [InlineData("partner", "halong.events")]
    [InlineData("dossier", "halong.internal")]
    [InlineData("payment", "halong.internal")]
    [InlineData("notification", "halong.internal")]
    [InlineData("e-signature", "halong.internal")]
    public async Task A_client_gets_a_token_for_its_scope(string client, string scope)
    {
        var answer = await Browser.OkAsync(await site.NewBrowser().ClientCredentialsAsync(client, client + "-secret", scope));
        var token = Browser.Read(answer);

        Assert.Equal(client, token.Subject);
        Assert.Equal(client, token.GetClaim("client_id").Value);
        Assert.Equal(scope, token.GetClaim("scope").Value);
        Assert.Equal("system", token.GetClaim("channel").Value);
        Assert.Equal(["halong"], token.Audiences);
        Assert.Equal("at+jwt", token.Typ);
        Assert.DoesNotContain(token.Claims, c => c.Type is "role" or "unit");
        Assert.False(answer.TryGetProperty("refresh_token", out _));
    }

    [Fact]
    public async Task A_client_that_names_no_scope_gets_the_one_it_was_registered_for()
    {
        var token = Browser.Read(await Browser.OkAsync(await site.NewBrowser().ClientCredentialsAsync("partner", "partner-secret", null)));

        Assert.Equal("halong.events", token.GetClaim("scope").Value);
    }

    [Fact]
    public async Task Credentials_in_the_authorization_header_are_as_good()
    {
        var browser = site.NewBrowser();
        browser.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes("partner:partner-secret")));

        await Browser.OkAsync(await browser.TokenAsync(new() { ["grant_type"] = "client_credentials", ["scope"] = "halong.events" }));
    }

    [Theory]
    [InlineData("partner", "wrong", "halong.events", "invalid_client")]
    [InlineData("partner", null, "halong.events", "invalid_request")]
    [InlineData("nobody", "wrong", "halong.events", "invalid_client")]
    [InlineData("partner", "dossier-secret", "halong.events", "invalid_client")]
    [InlineData("partner", "partner-secret", "halong.internal", "invalid_request")]
    [InlineData("partner", "partner-secret", "halong.api", "invalid_request")]
    [InlineData("dossier", "dossier-secret", "halong.events", "invalid_request")]
    [InlineData("partner", "partner-secret", "halong.everything", "invalid_scope")]
    [InlineData("web", null, "halong.api", "invalid_request")]
    public async Task Wrong_secrets_and_scopes_of_others_are_refused(string client, string? secret, string scope, string error) =>
        Assert.Equal(error, await Browser.ErrorAsync(await site.NewBrowser().ClientCredentialsAsync(client, secret, scope)));

    [Fact]
    public async Task Other_grants_are_not_there()
    {
        Assert.Equal("unsupported_grant_type", await Browser.ErrorAsync(await site.NewBrowser().TokenAsync(new()
        {
            ["grant_type"] = "password",
            ["client_id"] = "web",
            ["username"] = "citizen",
            ["password"] = IdentityProgram.DemoPassword,
        })));
    }

    [Fact]
    public async Task A_service_cannot_send_people_to_sign_in()
    {
        using var answer = await site.NewBrowser().AuthorizeAsync(Browser.AuthorizeParameters("dossier"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
