using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Identity.Tests.Staff;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.OpenId;

public sealed class AuthorizationCodeTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_citizen_signs_in_by_code_and_PKCE_and_reads_her_account()
    {
        var browser = site.NewBrowser();

        var callback = await browser.SignInAsync("citizen");
        var answer = Browser.Query(callback);
        Assert.StartsWith(Browser.Redirect, callback.ToString(), StringComparison.Ordinal);
        Assert.Equal("the-state", answer["state"]);
        Assert.Equal("http://localhost/", answer["iss"]);
        var tokens = await Browser.OkAsync(await browser.ExchangeAsync(answer["code"]));

        Assert.Equal("Bearer", tokens.GetProperty("token_type").GetString());
        Assert.InRange(tokens.GetProperty("expires_in").GetInt32(), 595, 600);
        Assert.True(tokens.TryGetProperty("refresh_token", out _));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", tokens.GetProperty("access_token").GetString()) },
        };
        using var me = await browser.Http.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.OK, me.StatusCode);
        Assert.Equal("citizen", (await me.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("userName").GetString());
    }

    [Theory]
    [InlineData("citizen", "online", null)]
    [InlineData("helper", "assisted", "06688")]
    [InlineData("reception", "counter", "06688")]
    [InlineData("officer", "counter", "06688")]
    [InlineData("approver", "counter", "06688")]
    [InlineData("cashier", "counter", "06688")]
    [InlineData("leader", "counter", "06688")]
    [InlineData("auditor", "counter", "06688")]
    [InlineData("administrator", "counter", "22")]
    public async Task An_access_token_says_who_acts_in_which_role_unit_and_channel(string userName, string channel, string? unit)
    {
        var token = Browser.Read(await site.NewBrowser().TokensAsync(userName));

        Assert.Equal("RS256", token.Alg);
        Assert.Equal("at+jwt", token.Typ);
        Assert.Equal("http://localhost/", token.Issuer);
        Assert.Equal(["halong"], token.Audiences);
        Assert.Equal(await site.IdOfAsync(userName), Guid.Parse(token.Subject));
        Assert.Equal([userName], token.Claims.Where(c => c.Type == "role").Select(c => c.Value));
        Assert.Equal(unit, token.Claims.SingleOrDefault(c => c.Type == "unit")?.Value);
        Assert.Equal(channel, token.GetClaim("channel").Value);
        Assert.Equal("web", token.GetClaim("client_id").Value);
        Assert.Equal(Browser.AllScopes.Split(' ').Order(), token.GetClaim("scope").Value.Split(' ').Order());
        Assert.NotEmpty(token.GetClaim("name").Value);
        Assert.Equal(TimeSpan.FromMinutes(10), token.ValidTo - token.IssuedAt);
        Assert.Equal(userName == "citizen" ? "0123" : null, token.Claims.SingleOrDefault(c => c.Type == "check")?.Value);
    }

    [Fact]
    public async Task No_token_holds_the_personal_number_and_only_the_id_token_the_e_mail()
    {
        var tokens = await site.NewBrowser().TokensAsync("citizen");

        var access = Browser.Read(tokens);
        var id = Browser.Read(tokens, "id_token");
        Assert.DoesNotContain(access.Claims.Concat(id.Claims), c => c.Value.Contains("022185000123", StringComparison.Ordinal));
        Assert.DoesNotContain(access.Claims, c => c.Value.Contains('@', StringComparison.Ordinal));
        Assert.Equal("citizen@halong.example", id.GetClaim("email").Value);
        Assert.Equal("the-nonce", id.GetClaim("nonce").Value);
        Assert.Equal(["web"], id.Audiences);
        Assert.NotNull(id.GetClaim("auth_time"));
    }

    [Fact]
    public async Task Several_roles_are_repeated_claims()
    {
        await site.OfficialAsync("both", ("06688", ["officer", "reception"]));

        var token = Browser.Read(await site.NewBrowser().TokensAsync("both"));

        Assert.Equal(["officer", "reception"], token.Claims.Where(c => c.Type == "role").Select(c => c.Value).Order());
    }

    [Fact]
    public async Task Without_an_API_scope_the_token_opens_only_user_info()
    {
        var browser = site.NewBrowser();
        var tokens = await browser.TokensAsync("citizen", "openid profile");

        Assert.Empty(Browser.Read(tokens).Audiences);
        browser.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.GetProperty("access_token").GetString());
        var info = await Browser.OkAsync(await browser.Http.GetAsync(new Uri("/connect/userinfo", UriKind.Relative), Ct));
        Assert.Equal("Nguyễn Thị Hạnh", info.GetProperty("name").GetString());
        Assert.False(info.TryGetProperty("email", out _));
        using var me = await browser.Http.GetAsync(new Uri("/api/v1/me", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, me.StatusCode);
    }

    [Fact]
    public async Task User_info_without_a_token_is_refused()
    {
        using var answer = await site.NewBrowser().Http.GetAsync(new Uri("/connect/userinfo", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_second_client_finds_the_session_and_asks_no_password()
    {
        var browser = site.NewBrowser();
        await browser.SignInAsync("citizen");

        using var second = await browser.AuthorizeAsync(Browser.AuthorizeParameters("mobile"));

        Assert.Equal(HttpStatusCode.Redirect, second.StatusCode);
        Assert.Contains("code", Browser.Query(second.Headers.Location!));
    }

    [Fact]
    public async Task The_mobile_client_is_sent_to_its_own_scheme_and_a_loopback_tool_to_the_port_it_found()
    {
        var browser = site.NewBrowser();
        var parameters = Browser.AuthorizeParameters("mobile");
        parameters["redirect_uri"] = "vn.halong.app:/callback";
        Assert.StartsWith("vn.halong.app:/callback?", (await browser.SignInAsync("citizen", parameters)).OriginalString, StringComparison.Ordinal);

        parameters["redirect_uri"] = "http://127.0.0.1:49152/callback";
        using var answer = await browser.AuthorizeAsync(parameters);
        Assert.StartsWith("http://127.0.0.1:49152/callback?", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redirect_uri", "http://evil.example/callback")]
    [InlineData("redirect_uri", "http://127.0.0.1/callback/further")]
    [InlineData("redirect_uri", "http://localhost/signin-oidc?more=1")]
    [InlineData("client_id", "nobody")]
    public async Task A_request_of_an_unknown_client_or_address_is_answered_here_and_never_redirected(string parameter, string value)
    {
        var parameters = Browser.AuthorizeParameters();
        parameters[parameter] = value;

        using var answer = await site.NewBrowser().AuthorizeAsync(parameters);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Theory]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge_method", null, "invalid_request")]
    [InlineData("scope", "openid halong.internal", "invalid_request")]
    [InlineData("scope", "openid halong.events", "invalid_request")]
    [InlineData("scope", "openid no.such.scope", "invalid_scope")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_mode", "telepathy", "invalid_request")]
    public async Task A_request_that_asks_too_much_or_lacks_PKCE_is_refused_before_anybody_signs_in(string parameter, string? value, string error)
    {
        var parameters = Browser.AuthorizeParameters();
        parameters[parameter] = value;
        if (parameter == "code_challenge")
            parameters.Remove("code_challenge_method");

        using var answer = await site.NewBrowser().AuthorizeAsync(parameters.Where(p => p.Value is not null).ToDictionary());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("error:" + error, await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prompt_none_without_a_session_goes_back_to_the_client_with_login_required()
    {
        var parameters = Browser.AuthorizeParameters();
        parameters["prompt"] = "none";

        using var answer = await site.NewBrowser().AuthorizeAsync(parameters);

        Assert.StartsWith(Browser.Redirect, answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal("login_required", Browser.Query(answer.Headers.Location)["error"]);
    }

    [Fact]
    public async Task A_code_needs_the_verifier_the_client_and_the_address_it_was_asked_with()
    {
        var browser = site.NewBrowser();

        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.ExchangeAsync(await browser.CodeAsync("citizen"), verifier: new string('x', 50))));
        Assert.Equal("invalid_request", await Browser.ErrorAsync(await browser.ExchangeAsync(await NextCodeAsync(browser), verifier: null)));
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.ExchangeAsync(await NextCodeAsync(browser), client: "mobile")));
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.ExchangeAsync(await NextCodeAsync(browser), redirect: "http://localhost/signin-oidc")));
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.ExchangeAsync("not-a-code")));
    }

    [Fact]
    public async Task A_code_used_twice_is_refused_and_ends_what_came_of_it()
    {
        var browser = site.NewBrowser();
        var code = await browser.CodeAsync("citizen");
        var tokens = await Browser.OkAsync(await browser.ExchangeAsync(code));

        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.ExchangeAsync(code)));
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(tokens.GetProperty("refresh_token").GetString()!)));
    }

    [Fact]
    public async Task Prompt_login_asks_again_once_in_spite_of_the_session()
    {
        var browser = site.NewBrowser();
        await browser.SignInAsync("citizen");
        var parameters = Browser.AuthorizeParameters();
        parameters["prompt"] = "login";

        Assert.Contains("code", Browser.Query(await browser.SignInAsync("officer", parameters)));
    }

    [Fact]
    public async Task Max_age_asks_again_when_the_session_is_older()
    {
        var browser = site.NewBrowser();
        await browser.SignInAsync("citizen");
        var parameters = Browser.AuthorizeParameters();
        parameters["max_age"] = "3600";
        using var young = await browser.AuthorizeAsync(parameters);
        Assert.Contains("code", Browser.Query(young.Headers.Location!));

        parameters["max_age"] = "0";
        await Task.Delay(1100, Ct);
        using var old = await browser.AuthorizeAsync(parameters);
        Assert.StartsWith("/account/sign-in?returnUrl=", old.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_request_may_be_posted_as_well()
    {
        var browser = site.NewBrowser();
        using var answer = await browser.Http.PostAsync(
            new Uri("/connect/authorize", UriKind.Relative), new FormUrlEncodedContent(Browser.AuthorizeParameters()!), Ct);
        using var signedIn = await browser.SubmitSignInAsync("citizen", IdentityProgram.DemoPassword, answer.Headers.Location!.ToString());
        using var back = await browser.Http.GetAsync(signedIn.Headers.Location, Ct);

        Assert.Contains("code", Browser.Query(back.Headers.Location!));
    }

    private static async Task<string> NextCodeAsync(Browser browser)
    {
        using var answer = await browser.AuthorizeAsync(Browser.AuthorizeParameters());
        return Browser.Query(answer.Headers.Location!)["code"];
    }
}
