using System.Net;
using Microsoft.AspNetCore.WebUtilities;

namespace HaLong.Identity.Tests.OpenId;

public sealed class EndSessionTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private const string After = "http://portal.test/signout-callback-oidc";

    [Fact]
    public async Task A_client_with_the_id_token_signs_out_at_once_and_gets_the_person_back()
    {
        var browser = site.NewBrowser();
        var tokens = await browser.TokensAsync("citizen");

        using var answer = await LogoutAsync(browser, tokens.GetProperty("id_token").GetString(), After);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith(After, answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal("bye", Browser.Query(answer.Headers.Location)["state"]);
        await AssertSignedOutAsync(browser);
    }

    [Fact]
    public async Task Without_the_id_token_the_person_is_asked_first()
    {
        var browser = site.NewBrowser();
        await browser.SignInAsync("citizen");

        using var answer = await LogoutAsync(browser, null, After, "web");
        Assert.StartsWith("/account/sign-out?returnUrl=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using var stillThere = await browser.AuthorizeAsync(Browser.AuthorizeParameters());
        Assert.Contains("code", Browser.Query(stillThere.Headers.Location!));

        var page = await browser.Http.GetStringAsync(answer.Headers.Location, TestContext.Current.CancellationToken);
        using var confirmed = await browser.Http.PostAsync(
            new Uri("/account/sign-out", UriKind.Relative), new FormUrlEncodedContent(Browser.HiddenFields(page)), TestContext.Current.CancellationToken);
        using var back = await browser.Http.GetAsync(confirmed.Headers.Location, TestContext.Current.CancellationToken);
        Assert.StartsWith(After, back.Headers.Location!.ToString(), StringComparison.Ordinal);
        await AssertSignedOutAsync(browser);
    }

    [Fact]
    public async Task The_id_token_of_somebody_else_does_not_end_a_session()
    {
        var others = await site.NewBrowser().TokensAsync("officer");
        var browser = site.NewBrowser();
        await browser.SignInAsync("citizen");

        using var answer = await LogoutAsync(browser, others.GetProperty("id_token").GetString(), After);

        Assert.StartsWith("/account/sign-out?returnUrl=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sign_out_page_works_on_its_own_and_needs_its_form()
    {
        var browser = site.NewBrowser();
        await browser.SignInAsync("citizen");
        using var forged = await browser.Http.PostAsync(new Uri("/account/sign-out", UriKind.Relative), new FormUrlEncodedContent([]), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);

        var page = await browser.Http.GetStringAsync(new Uri("/account/sign-out?culture=en", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("Do you want to sign out?", page, StringComparison.Ordinal);
        using var done = await browser.Http.PostAsync(
            new Uri("/account/sign-out", UriKind.Relative), new FormUrlEncodedContent(Browser.HiddenFields(page)), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Contains("Bạn đã đăng xuất.", await done.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await AssertSignedOutAsync(browser);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    public async Task The_sign_out_page_leads_nowhere_else(string returnUrl)
    {
        using var answer = await site.NewBrowser().Http.GetAsync(
            new Uri(QueryHelpers.AddQueryString("/account/sign-out", "returnUrl", returnUrl), UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task An_address_the_client_did_not_register_is_refused()
    {
        var browser = site.NewBrowser();
        var tokens = await browser.TokensAsync("citizen");

        using var answer = await LogoutAsync(browser, tokens.GetProperty("id_token").GetString(), "https://evil.example/");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static Task<HttpResponseMessage> LogoutAsync(Browser browser, string? idToken, string after, string? client = null)
    {
        var parameters = new Dictionary<string, string?> { ["id_token_hint"] = idToken, ["client_id"] = client, ["post_logout_redirect_uri"] = after, ["state"] = "bye" };
        return browser.Http.GetAsync(new Uri(
            QueryHelpers.AddQueryString("/connect/logout", parameters.Where(p => p.Value is not null).ToDictionary()), UriKind.Relative), TestContext.Current.CancellationToken);
    }

    private static async Task AssertSignedOutAsync(Browser browser)
    {
        using var answer = await browser.AuthorizeAsync(Browser.AuthorizeParameters());
        Assert.StartsWith("/account/sign-in", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }
}
