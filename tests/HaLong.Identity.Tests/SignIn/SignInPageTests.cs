using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.SignIn;

public sealed class SignInPageTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/account/sign-in", null, "vi", "Đăng nhập")]
    [InlineData("/account/sign-in", "en-GB,en;q=0.9", "en", "Sign in")]
    [InlineData("/account/sign-in", "fr", "vi", "Đăng nhập")]
    [InlineData("/account/sign-in?culture=en", "vi", "en", "Sign in")]
    [InlineData("/account/sign-in?culture=vi", "en", "vi", "Đăng nhập")]
    public async Task The_page_speaks_the_language_asked_for(string url, string? accept, string language, string title)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (accept is not null)
            request.Headers.Add("Accept-Language", accept);
        using var answer = await site.NewBrowser().Http.SendAsync(request, Ct);
        var html = await answer.Content.ReadAsStringAsync(Ct);

        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Contains($"<html lang=\"{language}\">", html, StringComparison.Ordinal);
        Assert.Contains($"<h1>{title}</h1>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_works_without_script_and_its_policy_allows_but_the_one_for_passkeys()
    {
        using var answer = await site.NewBrowser().Http.GetAsync(new Uri("/account/sign-in", UriKind.Relative), Ct);
        var html = await answer.Content.ReadAsStringAsync(Ct);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Equal("<script src=\"/account/passkeys.js\" defer></script>", Assert.Single(Regex.Matches(html, "<script.*?</script>", RegexOptions.IgnoreCase)).Value);
        Assert.EndsWith("; script-src http://localhost/account/passkeys.js", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\son[a-z]+=|\sstyle=", html);
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var style = Regex.Match(html, "<style>(.*)</style>", RegexOptions.Singleline).Groups[1].Value;
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(style)));
        Assert.Contains($"'sha256-{hash}'", policy, StringComparison.Ordinal);
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_field_has_a_label_and_the_password_is_for_password_managers()
    {
        var html = await site.NewBrowser().Http.GetStringAsync(new Uri("/account/sign-in", UriKind.Relative), Ct);

        Assert.Contains("<label for=\"userName\">", html, StringComparison.Ordinal);
        Assert.Contains("<label for=\"password\">", html, StringComparison.Ordinal);
        Assert.Contains("autocomplete=\"username webauthn\"", html, StringComparison.Ordinal);
        Assert.Contains("autocomplete=\"current-password\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_fields_are_named_beside_them()
    {
        using var answer = await site.NewBrowser().SubmitSignInAsync("", "", "/account/sign-in?culture=en");
        var html = await answer.Content.ReadAsStringAsync(Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("aria-invalid=\"true\" aria-describedby=\"userName-error\"", html, StringComparison.Ordinal);
        Assert.Contains("<p class=\"error\" id=\"userName-error\">Enter your user name.</p>", html, StringComparison.Ordinal);
        Assert.Contains("<p class=\"error\" id=\"password-error\">Enter your password.</p>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("citizen", "wrong", "wrong_password")]
    [InlineData("nobody-of-that-name", "wrong", "unknown_account")]
    public async Task A_wrong_password_and_an_unknown_name_get_the_same_answer(string userName, string password, string outcome)
    {
        var browser = site.NewBrowser();
        using var answer = await browser.SubmitSignInAsync(userName, password);
        var html = await answer.Content.ReadAsStringAsync(Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("role=\"alert\">Tên đăng nhập hoặc mật khẩu không đúng.</p>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"wrong\"", html, StringComparison.Ordinal);
        Assert.Contains(outcome, await site.DatabaseAsync(db => db.SignInRecords.Select(r => r.Outcome).ToListAsync(Ct)));
    }

    [Fact]
    public async Task What_was_typed_is_shown_again_encoded()
    {
        using var answer = await site.NewBrowser().SubmitSignInAsync("\"><script>alert(1)</script>", "wrong");
        var html = await answer.Content.ReadAsStringAsync(Ct);

        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.Contains("value=\"&quot;&gt;&lt;script&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_success_is_written_down_without_the_name()
    {
        using var answer = await site.NewBrowser().SubmitSignInAsync("auditor", IdentityProgram.DemoPassword);
        var id = await site.IdOfAsync("auditor");
        var record = await site.DatabaseAsync(db => db.SignInRecords.SingleAsync(r => r.AccountId == id, Ct));

        Assert.Equal("succeeded", record.Outcome);
        Assert.NotNull(record.TraceId);
    }

    [Fact]
    public async Task The_user_name_ignores_case_and_spaces_around_it()
    {
        using var answer = await site.NewBrowser().SubmitSignInAsync("  CashIer ", IdentityProgram.DemoPassword);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("evil")]
    [InlineData("/\t/evil.example")]
    public async Task A_return_address_elsewhere_is_refused_on_the_page_and_in_the_form(string returnUrl)
    {
        var browser = site.NewBrowser();
        using var page = await browser.Http.GetAsync(new Uri(QueryHelpers.AddQueryString("/account/sign-in", "returnUrl", returnUrl), UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Contains("IDN-0005", await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

        var form = Browser.HiddenFields(await browser.Http.GetStringAsync(new Uri("/account/sign-in", UriKind.Relative), Ct));
        form["userName"] = "leader";
        form["password"] = IdentityProgram.DemoPassword;
        form["returnUrl"] = returnUrl;
        using var sent = await browser.Http.PostAsync(new Uri("/account/sign-in", UriKind.Relative), new FormUrlEncodedContent(form), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, sent.StatusCode);
        Assert.DoesNotContain(sent.Headers, h => h.Key == "Set-Cookie" && h.Value.Any(v => v.StartsWith("halong.session", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_return_address_may_stand_in_the_query_alone()
    {
        var browser = site.NewBrowser();
        var form = Browser.HiddenFields(await browser.Http.GetStringAsync(new Uri("/account/sign-in", UriKind.Relative), Ct));
        form.Remove("returnUrl");
        form["userName"] = "leader";
        form["password"] = IdentityProgram.DemoPassword;
        using var sent = await browser.Http.PostAsync(new Uri("/account/sign-in?returnUrl=%2Fdocs", UriKind.Relative), new FormUrlEncodedContent(form), Ct);

        Assert.Equal("/docs", sent.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_form_of_another_site_has_no_token_and_does_nothing()
    {
        var browser = site.NewBrowser();
        using var answer = await browser.Http.PostAsync(new Uri("/account/sign-in", UriKind.Relative), new FormUrlEncodedContent(
        [
            new("userName", "citizen"), new("password", IdentityProgram.DemoPassword),
        ]), Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Trang đã mở quá lâu.", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        using var authorize = await browser.AuthorizeAsync(Browser.AuthorizeParameters());
        Assert.StartsWith("/account/sign-in", authorize.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_that_is_no_form_is_answered_with_the_page()
    {
        using var answer = await site.NewBrowser().Http.PostAsync(new Uri("/account/sign-in", UriKind.Relative), new StringContent("{}"), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task The_cookies_are_for_the_server_only()
    {
        using var answer = await site.NewBrowser().SubmitSignInAsync("administrator", IdentityProgram.DemoPassword);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("halong.session=", StringComparison.Ordinal));

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }
}
