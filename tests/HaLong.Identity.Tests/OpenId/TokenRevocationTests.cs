using System.Net;
using HaLong.Identity.Sessions;
using HaLong.Identity.Tests.Sessions;

namespace HaLong.Identity.Tests.OpenId;

/// <summary>RFC 7009: what a client gives back is void everywhere, with everything that came of it.</summary>
public sealed class TokenRevocationTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task Giving_back_a_refresh_token_signs_the_person_out()
    {
        var browser = site.NewBrowser();
        var tokens = await browser.TokensAsync(await site.NewCitizenAsync());

        await RevokeAsync(browser, SessionSite.RefreshTokenOf(tokens), "refresh_token");

        Assert.Equal(EndReasons.RevokedByClient, (await site.SessionAsync(SessionSite.SessionOf(tokens))).EndReason);
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(SessionSite.RefreshTokenOf(tokens))));
        await site.RefusedAsync(SessionSite.AccessTokenOf(tokens));
    }

    [Fact]
    public async Task Giving_back_an_access_token_voids_that_one_alone()
    {
        var browser = site.NewBrowser();
        var first = await browser.TokensAsync(await site.NewCitizenAsync());
        var second = await Browser.OkAsync(await browser.RefreshAsync(SessionSite.RefreshTokenOf(first)));

        await RevokeAsync(browser, SessionSite.AccessTokenOf(first), "access_token");

        await site.RefusedAsync(SessionSite.AccessTokenOf(first));
        Assert.Equal(HttpStatusCode.OK, await site.StatusAsync("/api/v1/me", SessionSite.AccessTokenOf(second)));
        await Browser.OkAsync(await browser.RefreshAsync(SessionSite.RefreshTokenOf(second)));
    }

    [Fact]
    public async Task A_systems_token_is_void_in_other_services_too()
    {
        var (_, url) = await site.StartOnPortAsync();
        await using var other = await OtherService.StartAsync(url, IdentitySite.PublicUrl);
        var token = SessionSite.AccessTokenOf(await Browser.OkAsync(await site.NewBrowser().ClientCredentialsAsync("partner", "partner-secret", "halong.events")));
        Assert.Equal(HttpStatusCode.Forbidden, await other.StatusAsync(token));

        await RevokeAsync(site.NewBrowser(), token, "access_token", "partner", "partner-secret");

        await TestSupport.Eventually.Async(async () => await other.StatusAsync(token) == HttpStatusCode.Unauthorized, "the token is refused", SessionSite.Promised);
    }

    [Fact]
    public async Task One_client_cannot_give_back_anothers_tokens()
    {
        var browser = site.NewBrowser();
        var tokens = await browser.TokensAsync(await site.NewCitizenAsync());

        using var answer = await PostAsync(site.NewBrowser(), SessionSite.RefreshTokenOf(tokens), "refresh_token", "mobile", null);

        // The answer does not say whether the token was any good (RFC 7009 §2.2); what counts is that it still is.
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null((await site.SessionAsync(SessionSite.SessionOf(tokens))).EndedAt);
        await Browser.OkAsync(await browser.RefreshAsync(SessionSite.RefreshTokenOf(tokens)));
    }

    [Fact]
    public async Task Rubbish_is_answered_as_if_it_had_been_there()
    {
        using var answer = await PostAsync(site.NewBrowser(), "rubbish", "refresh_token", "web", null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    internal static async Task RevokeAsync(Browser browser, string token, string hint, string client = "web", string? secret = null)
    {
        using var answer = await PostAsync(browser, token, hint, client, secret);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static Task<HttpResponseMessage> PostAsync(Browser browser, string token, string hint, string client, string? secret)
    {
        var form = new Dictionary<string, string?> { ["client_id"] = client, ["client_secret"] = secret, ["token"] = token, ["token_type_hint"] = hint };
        return browser.Http.PostAsync(new Uri("/connect/revocation", UriKind.Relative), new FormUrlEncodedContent(form.Where(f => f.Value is not null)!), TestContext.Current.CancellationToken);
    }
}
