using System.Net;
using HaLong.Identity.Factors;
using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Factors;

public sealed class SecondStepTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_the_password_comes_the_code_and_only_then_a_session_that_is_strong()
    {
        var secret = await EnrolAsync("citizen");
        var browser = site.NewBrowser();
        using var first = await browser.AuthorizeAsync(Browser.AuthorizeParameters());

        var step = await browser.PasswordAsync("citizen", first.Headers.Location!.OriginalString);
        Assert.Equal("/account/second-step", step);
        using (var early = await browser.AuthorizeAsync(Browser.AuthorizeParameters()))
            Assert.StartsWith("/account/sign-in", early.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var html = await browser.PageAsync(step);
        Assert.Contains("autocomplete=\"one-time-code\"", html, StringComparison.Ordinal);
        var back = await browser.FollowAsync(PageForm.Of(html, step), ("code", site.CodeOf(secret).Insert(3, " ")));
        using var code = await browser.OpenAsync(back);
        var tokens = await Browser.OkAsync(await browser.ExchangeAsync(Browser.Query(code.Headers.Location!)["code"]));

        var access = Browser.Read(tokens);
        Assert.Equal(Caller.StrongAcr, access.GetClaim("acr").Value);
        Assert.Equal(["pwd", "otp"], access.Claims.Where(c => c.Type == "amr").Select(c => c.Value));
        Assert.Equal(Caller.StrongAcr, Browser.Read(tokens, "id_token").GetClaim("acr").Value);
        Assert.Equal(["succeeded", "second_step_asked", "code_accepted"], (await site.OutcomesAsync("citizen"))[^3..]);
    }

    [Fact]
    public async Task A_code_opens_the_door_once()
    {
        var secret = await EnrolAsync("helper");
        var code = site.CodeOf(secret);
        var (first, second) = (site.NewBrowser(), site.NewBrowser());
        Assert.Equal("/", await first.FollowAsync(await StepAsync(first, "helper"), ("code", code)));

        var (status, html) = await second.SubmitAsync(await StepAsync(second, "helper"), ("code", code));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("Mã này đã được dùng.", html, StringComparison.Ordinal);
        Assert.Contains("code_replayed", await site.OutcomesAsync("helper"));
        // The code of the step before was never used, and must not come after a newer one.
        var (older, _) = await second.SubmitAsync(await StepAsync(second, "helper"), ("code", site.CodeOf(secret, -1)));
        Assert.Equal(HttpStatusCode.Unauthorized, older);
    }

    [Fact]
    public async Task Of_many_requests_with_one_code_on_two_replicas_one_succeeds()
    {
        var secret = await EnrolAsync("reception");
        var replica = await site.StartReplicaAsync();
        var browsers = Enumerable.Range(0, 4).Select(i => i % 2 == 0 ? site.NewBrowser() : new Browser(replica.Client())).ToList();
        var forms = new List<PageForm>();
        foreach (var browser in browsers)
            forms.Add(await StepAsync(browser, "reception"));
        var code = site.CodeOf(secret);

        var answers = await Task.WhenAll(browsers.Zip(forms, (b, f) => b.SubmitAsync(f, ("code", code))));

        Assert.Equal(1, answers.Count(a => a.Status == HttpStatusCode.Redirect));
        Assert.Equal(3, answers.Count(a => a.Status == HttpStatusCode.Unauthorized));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(1, true)]
    [InlineData(-2, false)]
    [InlineData(2, false)]
    public async Task A_phone_may_be_one_step_early_or_late(int steps, bool accepted)
    {
        var secret = await EnrolAsync("officer");
        var browser = site.NewBrowser();
        var (status, _) = await browser.SubmitAsync(await StepAsync(browser, "officer"), ("code", site.CodeOf(secret, steps)));
        Assert.Equal(accepted ? HttpStatusCode.Redirect : HttpStatusCode.Unauthorized, status);
    }

    [Fact]
    public async Task Wrong_codes_lock_the_second_step_and_the_right_password_does_not_wipe_the_count()
    {
        var secret = await EnrolAsync("approver");
        for (var i = 0; i < SignInLimiter.FreeAttempts; i++)
        {
            var attempt = site.NewBrowser();
            var (status, html) = await attempt.SubmitAsync(await StepAsync(attempt, "approver"), ("code", "000000"));
            Assert.Equal(HttpStatusCode.Unauthorized, status);
            Assert.Contains("id=\"code-error\" role=\"alert\">Mã không đúng", html, StringComparison.Ordinal);
        }

        var browser = site.NewBrowser();
        var form = await StepAsync(browser, "approver");
        using var locked = await browser.SendAsync(form, ("code", site.CodeOf(secret)));

        Assert.Equal(HttpStatusCode.TooManyRequests, locked.StatusCode);
        Assert.InRange(locked.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 30);
        Assert.Contains("second_step_locked", await site.OutcomesAsync("approver"));
        site.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("/", await browser.FollowAsync(form, ("code", site.CodeOf(secret))));
    }

    [Fact]
    public async Task Half_a_sign_in_runs_out_after_five_minutes()
    {
        var secret = await EnrolAsync("cashier");
        var browser = site.NewBrowser();
        var form = await StepAsync(browser, "cashier");
        site.Clock.Advance(SecondStepCookie.Lifetime + TimeSpan.FromSeconds(1));

        var (status, html) = await browser.SubmitAsync(form, ("code", site.CodeOf(secret)));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("quá 5 phút", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/account/sign-in", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_password_first_there_is_no_second_step()
    {
        using var answer = await site.NewBrowser().OpenAsync("/account/second-step");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task An_account_closed_in_between_does_not_get_in()
    {
        var secret = await EnrolAsync("leader");
        var browser = site.NewBrowser();
        var form = await StepAsync(browser, "leader");
        var id = await site.IdOfAsync("leader");
        await site.DatabaseAsync(async db =>
        {
            (await db.Accounts.SingleAsync(a => a.Id == id, Ct)).Close();
            return await db.SaveChangesAsync(Ct);
        });

        var (status, _) = await browser.SubmitAsync(form, ("code", site.CodeOf(secret)));
        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    [Fact]
    public async Task A_form_without_its_token_and_an_empty_code_are_refused_on_the_page()
    {
        await EnrolAsync("auditor");
        var browser = site.NewBrowser();
        var form = await StepAsync(browser, "auditor");

        var (empty, html) = await browser.SubmitAsync(form, ("code", " "));
        Assert.Equal(HttpStatusCode.BadRequest, empty);
        Assert.Contains("Hãy nhập mã.", html, StringComparison.Ordinal);
        using var forged = await browser.Http.PostAsync(new Uri(form.Action, UriKind.Relative), new FormUrlEncodedContent([new("code", "123456")]), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }

    [Fact]
    public async Task The_cookie_in_between_is_for_the_server_only_short_and_opens_no_page()
    {
        await EnrolAsync("administrator");
        var browser = site.NewBrowser();
        using var answer = await browser.SubmitSignInAsync("administrator", IdentityProgram.DemoPassword, "/account/sign-in?culture=en");
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("halong.second-step=", StringComparison.Ordinal));

        Assert.Equal("/account/second-step?culture=en", answer.Headers.Location!.OriginalString);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        using var page = await browser.OpenAsync("/account/security");
        Assert.StartsWith("/account/sign-in", page.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains("<h1>Second step</h1>", await browser.PageAsync("/account/second-step?culture=en"), StringComparison.Ordinal);
    }

    private async Task<byte[]> EnrolAsync(string userName)
    {
        var id = await site.IdOfAsync(userName);
        await site.DatabaseAsync(async db => await db.Authenticators.Where(a => a.AccountId == id).ExecuteDeleteAsync(Ct));
        var browser = site.NewBrowser();
        await browser.PasswordAsync(userName);
        var (secret, _) = await browser.EnrolAsync(site);
        site.Clock.Advance(Totp.Step * 4);
        return secret;
    }

    private static async Task<PageForm> StepAsync(Browser browser, string userName) =>
        PageForm.Of(await browser.PageAsync(await browser.PasswordAsync(userName)), "/account/second-step");
}
