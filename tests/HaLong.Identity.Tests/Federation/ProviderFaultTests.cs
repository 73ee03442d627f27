using System.Net;
using System.Text.RegularExpressions;
using HaLong.Identity.Tests.Factors;
using Microsoft.AspNetCore.WebUtilities;

namespace HaLong.Identity.Tests.Federation;

public sealed class ProviderFaultTests(FederatedSite site) : IClassFixture<FederatedSite>, IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await site.Vneid.ClearDialsAsync();

    [Theory]
    [InlineData("wrongSignature")]
    [InlineData("wrongNonce")]
    [InlineData("wrongIssuer")]
    [InlineData("wrongAudience")]
    [InlineData("wrongSubject")]
    [InlineData("expired")]
    public async Task An_answer_that_does_not_hold_signs_nobody_in(string fault)
    {
        var browser = site.NewBrowser();
        var callback = await site.Vneid.PickAsync(await FederatedSite.LeaveAsync(browser), "vneid-lan");
        await site.Vneid.DialAsync(fault, times: null);

        FederatedSite.AssertFailed("IDN-0221", await FederatedSite.BackAsync(browser, callback));
        Assert.Null(await site.AccountOfNumberAsync("022186000456"));
        using var page = await browser.OpenAsync("/account/security");
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    [Fact]
    public async Task Missing_claims_sign_nobody_in()
    {
        await site.Vneid.DialAsync("missingClaims");
        FederatedSite.AssertFailed("IDN-0222", await site.GoAsync(site.NewBrowser(), "vneid-lan"));
    }

    [Fact]
    public async Task A_provider_that_is_down_gets_a_clear_page_own_sign_in_works_and_it_recovers()
    {
        var replica = await site.StartReplicaAsync();
        var browser = new Browser(replica.Client());
        await site.Vneid.DialAsync("down", times: null);

        var failed = await FederatedSite.LeaveAsync(browser);
        FederatedSite.AssertFailed("IDN-0220", failed);
        using var page = await browser.OpenAsync(failed);
        var html = await page.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.Contains("role=\"alert\">Hệ thống định danh này tạm thời không phản hồi.", html, StringComparison.Ordinal);
        Assert.Contains("<h1>VNeID: chưa đăng nhập được</h1>", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/account/sign-in", html, StringComparison.Ordinal);
        Assert.Equal("/", await browser.PasswordAsync("officer"));

        await site.Vneid.ClearDialsAsync();
        Assert.StartsWith(site.Vneid.Authority, await FederatedSite.LeaveAsync(new Browser(replica.Client())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_goes_down_half_way_gets_the_same_page()
    {
        var browser = site.NewBrowser();
        var callback = await site.Vneid.PickAsync(await FederatedSite.LeaveAsync(browser), "vneid-lan");
        await site.Vneid.DialAsync("down", times: null);

        FederatedSite.AssertFailed("IDN-0220", await FederatedSite.BackAsync(browser, callback));
    }

    [Fact]
    public async Task A_provider_that_is_too_slow_is_not_waited_for()
    {
        var browser = site.NewBrowser();
        var callback = await site.Vneid.PickAsync(await FederatedSite.LeaveAsync(browser), "vneid-lan");
        await site.Vneid.DialAsync("delay", 20_000, times: null);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        FederatedSite.AssertFailed("IDN-0220", await FederatedSite.BackAsync(browser, callback));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15), watch.Elapsed.ToString());
    }

    [Fact]
    public async Task A_provider_that_is_slow_but_answers_is_waited_for()
    {
        await site.Vneid.AddAsync("slow", 2, "022192000111");
        await site.Vneid.DialAsync("delay", 300, times: null);
        Assert.Equal("/", await site.GoAsync(site.NewBrowser(), "slow"));
    }

    [Fact]
    public async Task Somebody_elses_way_back_is_worth_nothing_in_this_browser()
    {
        var thief = site.NewBrowser();
        var callback = await site.Vneid.PickAsync(await FederatedSite.LeaveAsync(thief), "vneid-lan");

        FederatedSite.AssertFailed("IDN-0221", await FederatedSite.BackAsync(site.NewBrowser(), callback));
        var victim = site.NewBrowser();
        await FederatedSite.LeaveAsync(victim);
        FederatedSite.AssertFailed("IDN-0221", await FederatedSite.BackAsync(victim, callback));
    }

    [Fact]
    public async Task The_way_back_works_once()
    {
        await site.Vneid.AddAsync("once", 2, "022192000222");
        var browser = site.NewBrowser();
        var callback = await site.Vneid.PickAsync(await FederatedSite.LeaveAsync(browser), "once");
        Assert.Equal("/", await FederatedSite.BackAsync(browser, callback));

        FederatedSite.AssertFailed("IDN-0221", await FederatedSite.BackAsync(browser, callback));
    }

    [Fact]
    public async Task A_changed_state_is_refused()
    {
        var browser = site.NewBrowser();
        var callback = new Uri(await site.Vneid.PickAsync(await FederatedSite.LeaveAsync(browser), "vneid-lan"));
        var query = Browser.Query(callback);
        query["state"] = query["state"][..^4] + "AAAA";

        FederatedSite.AssertFailed("IDN-0221", await FederatedSite.BackAsync(browser, QueryHelpers.AddQueryString(callback.AbsolutePath, query!)));
    }

    [Fact]
    public async Task Who_cancels_at_the_provider_is_back_at_the_sign_in_page()
    {
        Assert.Equal("/account/sign-in", await site.GoAsync(site.NewBrowser(), ""));
    }

    [Fact]
    public async Task The_request_carries_state_nonce_and_PKCE_and_asks_no_more_than_needed()
    {
        var query = Browser.Query(new Uri(await FederatedSite.LeaveAsync(site.NewBrowser())));

        Assert.Equal(("code", "openid profile", "S256", "query"), (query["response_type"], query["scope"], query["code_challenge_method"], query.GetValueOrDefault("response_mode", "query")));
        Assert.Equal("http://localhost/account/external/vneid/callback", query["redirect_uri"]);
        Assert.NotEmpty(query["state"]);
        Assert.NotEmpty(query["nonce"]);
        Assert.NotEmpty(query["code_challenge"]);
        Assert.DoesNotContain("prompt", query.Keys);
    }

    [Fact]
    public async Task A_form_of_another_site_sends_nobody_anywhere_and_an_unknown_provider_is_not_found()
    {
        var browser = site.NewBrowser();
        using var forged = await browser.Http.PostAsync(new Uri("/account/external/vneid", UriKind.Relative), new FormUrlEncodedContent([]), Ct);
        Assert.Equal("/account/sign-in", forged.Headers.Location!.OriginalString);

        foreach (var path in new[] { "/account/external/nobody", "/account/external/nobody/link" })
        {
            using var unknown = await browser.Http.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent([]), Ct);
            Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
            Assert.Contains("IDN-0229", await unknown.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_page_for_failures_says_only_what_it_knows()
    {
        var browser = site.NewBrowser();
        using var page = await browser.OpenAsync("/account/external/failed?provider=%3Cb%3E&code=%3Cscript%3E&returnUrl=https%3A%2F%2Fevil.example&culture=en");
        var html = await page.Content.ReadAsStringAsync(Ct);

        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        Assert.Contains("<h1>Not signed in</h1>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"https", Regex.Replace(html, "culture=vi.*?</a>", "", RegexOptions.Singleline), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }
}
