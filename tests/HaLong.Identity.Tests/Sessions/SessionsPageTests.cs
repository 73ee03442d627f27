using System.Net;
using System.Text.RegularExpressions;
using HaLong.Identity.Sessions;

namespace HaLong.Identity.Tests.Sessions;

public sealed class SessionsPageTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private const string Address = "/account/sessions";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Address, "vi", "Các phiên đăng nhập", "Đăng xuất mọi thiết bị khác")]
    [InlineData(Address + "?culture=en", "en", "Where you are signed in", "Sign out everywhere else")]
    public async Task It_shows_every_device_in_the_language_asked_for_without_script(string url, string language, string title, string button)
    {
        var person = await site.NewCitizenAsync();
        var other = site.NewBrowser();
        other.Http.DefaultRequestHeaders.UserAgent.ParseAdd("Telephone/1 (<script>alert)");
        await other.SignInAsync(person);
        var browser = site.NewBrowser();
        await browser.SignInAsync(person);

        var html = await browser.Http.GetStringAsync(new Uri(url, UriKind.Relative), Ct);

        Assert.Contains($"<html lang=\"{language}\">", html, StringComparison.Ordinal);
        Assert.Contains($"<h1>{title}</h1>", html, StringComparison.Ordinal);
        Assert.Contains(button, html, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(html, "<li>"));
        Assert.Contains("Telephone/1 (&lt;script&gt;alert)", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Who_is_not_signed_in_signs_in_first_and_comes_back()
    {
        var browser = site.NewBrowser();
        using var answer = await browser.Http.GetAsync(new Uri(Address, UriKind.Relative), Ct);
        Assert.Equal("/account/sign-in?returnUrl=%2Faccount%2Fsessions", answer.Headers.Location!.OriginalString);
        using var signedIn = await browser.SubmitSignInAsync(await site.NewCitizenAsync(), IdentityProgram.DemoPassword, answer.Headers.Location.OriginalString);
        Assert.Equal(Address, signedIn.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_button_ends_the_session_beside_it()
    {
        var person = await site.NewCitizenAsync();
        var (lost, browser) = (site.NewBrowser(), site.NewBrowser());
        var stolen = SessionSite.SessionOf(await lost.TokensAsync(person));
        await browser.SignInAsync(person);

        using var done = await PostAsync(browser, stolen.ToString());

        Assert.Equal(Address + "?done=1", done.Headers.Location!.OriginalString);
        Assert.Contains("Đã kết thúc", await browser.Http.GetStringAsync(done.Headers.Location, Ct), StringComparison.Ordinal);
        Assert.Equal(EndReasons.EndedByOwner, (await site.SessionAsync(stolen)).EndReason);
        using var cookie = await lost.AuthorizeAsync(Browser.AuthorizeParameters());
        Assert.StartsWith("/account/sign-in", cookie.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_others_are_ended_by_one_button_and_ones_own_by_its_own()
    {
        var person = await site.NewCitizenAsync();
        var (other, browser) = (site.NewBrowser(), site.NewBrowser());
        var ended = SessionSite.SessionOf(await other.TokensAsync(person));
        var own = SessionSite.SessionOf(await browser.TokensAsync(person));

        using var others = await PostAsync(browser, "others", "?culture=en");
        Assert.Equal(Address + "?culture=en&done=1", others.Headers.Location!.OriginalString);
        Assert.NotNull((await site.SessionAsync(ended)).EndedAt);
        Assert.Null((await site.SessionAsync(own)).EndedAt);

        using var self = await PostAsync(browser, own.ToString());
        Assert.StartsWith("/account/sign-in", self.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(EndReasons.SignedOut, (await site.SessionAsync(own)).EndReason);
    }

    [Fact]
    public async Task Somebody_elses_session_rubbish_and_a_forged_form_are_refused()
    {
        var theirs = SessionSite.SessionOf(await site.NewBrowser().TokensAsync(await site.NewCitizenAsync()));
        var browser = site.NewBrowser();
        await browser.SignInAsync(await site.NewCitizenAsync());

        Assert.Equal("IDN-0802", await SessionSite.CodeOfAsync(await PostAsync(browser, theirs.ToString()), HttpStatusCode.NotFound));
        Assert.Equal("IDN-0802", await SessionSite.CodeOfAsync(await PostAsync(browser, "rubbish"), HttpStatusCode.NotFound));
        using var forged = await browser.Http.PostAsync(new Uri(Address, UriKind.Relative), new FormUrlEncodedContent([new("session", "others")]), Ct);
        Assert.Equal("IDN-0008", await SessionSite.CodeOfAsync(forged, HttpStatusCode.BadRequest));
        Assert.Null((await site.SessionAsync(theirs)).EndedAt);
    }

    [Fact]
    public async Task The_next_person_at_the_same_browser_ends_the_session_of_the_one_before()
    {
        var browser = site.NewBrowser();
        var before = SessionSite.SessionOf(await browser.TokensAsync(await site.NewCitizenAsync()));
        using var next = await browser.SubmitSignInAsync(await site.NewCitizenAsync(), IdentityProgram.DemoPassword);
        Assert.Equal(EndReasons.SignedOut, (await site.SessionAsync(before)).EndReason);
    }

    [Fact]
    public async Task A_front_end_can_end_the_session_when_the_browsers_cookie_is_gone()
    {
        var tokens = await site.NewBrowser().TokensAsync(await site.NewCitizenAsync());
        using var answer = await site.NewBrowser().Http.GetAsync(new Uri("/connect/logout?id_token_hint=" + tokens.GetProperty("id_token").GetString(), UriKind.Relative), Ct);
        Assert.Equal(EndReasons.SignedOut, (await site.SessionAsync(SessionSite.SessionOf(tokens))).EndReason);
        await site.RefusedAsync(SessionSite.AccessTokenOf(tokens));
    }

    private static async Task<HttpResponseMessage> PostAsync(Browser browser, string session, string query = "")
    {
        var form = Browser.HiddenFields(await browser.Http.GetStringAsync(new Uri(Address + query, UriKind.Relative), Ct).ContinueWith(t => OneForm(t.Result), Ct, TaskContinuationOptions.None, TaskScheduler.Default));
        form["session"] = session;
        return await browser.Http.PostAsync(new Uri(Address + query, UriKind.Relative), new FormUrlEncodedContent(form), Ct);
    }

    // The page has one form per session; any of them carries the token.
    private static string OneForm(string html) => Regex.Match(html, "<form.*?</form>", RegexOptions.Singleline).Value;
}
