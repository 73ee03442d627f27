using System.Net;
using System.Text.RegularExpressions;
using HaLong.Identity.Factors;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Factors;

public sealed class AuthenticatorPageTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_turns_the_app_on_gets_ten_recovery_codes_once_and_the_session_is_strong()
    {
        var browser = site.NewBrowser();
        await browser.PasswordAsync("citizen");
        Assert.Equal(Caller.BasicAcr, (await site.SessionOfAsync("citizen")).Acr);

        var (secret, codes) = await browser.EnrolAsync(site);

        Assert.Equal(20, secret.Length);
        Assert.Equal(RecoveryCode.Count, codes.Distinct().Count());
        var session = await site.SessionOfAsync("citizen");
        Assert.Equal(Caller.StrongAcr, session.Acr);
        Assert.Equal(["pwd", "otp"], session.Methods);
        Assert.Empty(FactorWalk.CodesOn(await browser.PageAsync("/account/recovery-codes")));
        Assert.Contains("Bạn còn 10 mã chưa dùng.", await browser.PageAsync("/account/recovery-codes"), StringComparison.Ordinal);
        Assert.Contains("đang bật", await browser.PageAsync("/account/security"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_secret_nor_codes_can_be_read_in_the_database()
    {
        var browser = site.NewBrowser();
        await browser.PasswordAsync("helper");
        var (secret, codes) = await browser.EnrolAsync(site);
        var id = await site.IdOfAsync("helper");

        var box = await site.DatabaseAsync(db => db.Authenticators.Where(a => a.AccountId == id).Select(a => a.Sealed).SingleAsync(Ct));
        Assert.True(box.AsSpan().IndexOf(secret) < 0);
        var hashes = await site.DatabaseAsync(db => db.RecoveryCodes.Where(c => c.AccountId == id).Select(c => c.Hash).ToListAsync(Ct));
        Assert.Equal(10, hashes.Count);
        Assert.All(hashes, h => Assert.Equal(32, h.Length));
        Assert.All(codes, c => Assert.DoesNotContain(hashes, h => System.Text.Encoding.ASCII.GetString(h).Contains(c, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_wrong_first_code_turns_nothing_on_and_the_same_secret_can_be_tried_again()
    {
        var browser = site.NewBrowser();
        await browser.PasswordAsync("officer");
        var (_, html) = await browser.SubmitAsync(PageForm.Of(await browser.PageAsync("/account/authenticator"), "/account/authenticator"));
        var secret = FactorWalk.SecretOn(html);

        var (status, again) = await browser.SubmitAsync(PageForm.Of(html, "/account/authenticator"), ("code", "000000"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("aria-invalid=\"true\" aria-describedby=\"code-error\"", again, StringComparison.Ordinal);
        Assert.Contains("<p class=\"error\" id=\"code-error\">Mã không đúng", again, StringComparison.Ordinal);
        Assert.Equal(secret, FactorWalk.SecretOn(again));
        Assert.Contains("chưa bật", await browser.PageAsync("/account/security"), StringComparison.Ordinal);
        Assert.Equal("/", await site.NewBrowser().PasswordAsync("officer"));
        var (_, done) = await browser.SubmitAsync(PageForm.Of(again, "/account/authenticator"), ("code", site.CodeOf(secret)));
        Assert.Equal(10, FactorWalk.CodesOn(done).Length);
    }

    [Fact]
    public async Task A_set_up_begun_anew_forgets_the_first_secret()
    {
        var browser = site.NewBrowser();
        await browser.PasswordAsync("leader");
        var page = await browser.PageAsync("/account/authenticator");
        var (_, first) = await browser.SubmitAsync(PageForm.Of(page, "/account/authenticator"));
        var (_, second) = await browser.SubmitAsync(PageForm.Of(page, "/account/authenticator"));

        var (status, _) = await browser.SubmitAsync(PageForm.Of(first, "/account/authenticator"), ("code", site.CodeOf(FactorWalk.SecretOn(first))));

        Assert.NotEqual(FactorWalk.SecretOn(first), FactorWalk.SecretOn(second));
        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Fact]
    public async Task An_app_that_is_on_cannot_be_replaced_from_another_window()
    {
        var browser = site.NewBrowser();
        await browser.PasswordAsync("approver");
        var start = PageForm.Of(await browser.PageAsync("/account/authenticator"), "/account/authenticator");
        var (secret, _) = await browser.EnrolAsync(site);

        var (status, html) = await browser.SubmitAsync(start);

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("Tài khoản đã có ứng dụng xác thực.", html, StringComparison.Ordinal);
        site.NextStep();
        var other = site.NewBrowser();
        var step = PageForm.Of(await other.PageAsync(await other.PasswordAsync("approver")), "/account/second-step");
        Assert.Equal("/", await other.FollowAsync(step, ("code", site.CodeOf(secret))));
    }

    [Fact]
    public async Task Removing_it_ends_the_second_step_and_the_recovery_codes()
    {
        var browser = site.NewBrowser();
        await browser.PasswordAsync("cashier");
        await browser.EnrolAsync(site);

        var remove = PageForm.Of(await browser.PageAsync("/account/authenticator"), "/account/authenticator");
        Assert.Equal("remove", remove.Fields["action"]);
        Assert.Equal("/account/security", await browser.FollowAsync(remove));

        Assert.Equal("/", await site.NewBrowser().PasswordAsync("cashier"));
        var id = await site.IdOfAsync("cashier");
        Assert.Equal(0, await site.DatabaseAsync(db => db.RecoveryCodes.CountAsync(c => c.AccountId == id, Ct)));
        var (status, _) = await browser.SubmitAsync(remove);
        Assert.Equal(HttpStatusCode.NotFound, status);
    }

    [Fact]
    public async Task Whoever_signed_in_a_while_ago_proves_it_again_first()
    {
        var browser = site.NewBrowser();
        await browser.PasswordAsync("auditor");
        site.Clock.Advance(PageOwners.Fresh + TimeSpan.FromMinutes(1));

        using (var plain = await browser.OpenAsync("/account/authenticator"))
            Assert.Equal("/account/sign-in?returnUrl=%2Faccount%2Fauthenticator", plain.Headers.Location!.OriginalString);
        Assert.Equal("/account/authenticator", await browser.PasswordAsync("auditor", "/account/sign-in?returnUrl=%2Faccount%2Fauthenticator"));
        var (secret, _) = await browser.EnrolAsync(site);

        site.Clock.Advance(PageOwners.Fresh + TimeSpan.FromMinutes(1));
        using var strong = await browser.OpenAsync("/account/authenticator");
        Assert.Equal("/account/step-up?returnUrl=%2Faccount%2Fauthenticator", strong.Headers.Location!.OriginalString);
        var step = PageForm.Of(await browser.PageAsync(strong.Headers.Location.OriginalString), "/account/step-up");
        Assert.Equal("/account/authenticator", await browser.FollowAsync(step, ("code", site.CodeOf(secret))));
        Assert.Contains("value=\"remove\"", await browser.PageAsync("/account/authenticator"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/account/authenticator")]
    [InlineData("/account/recovery-codes")]
    [InlineData("/account/passkeys")]
    [InlineData("/account/security")]
    public async Task Nobody_signed_in_is_sent_to_sign_in_and_back(string path)
    {
        using var answer = await site.NewBrowser().OpenAsync(path);
        Assert.Equal("/account/sign-in?returnUrl=" + Uri.EscapeDataString(path), answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/account/authenticator")]
    [InlineData("/account/recovery-codes")]
    [InlineData("/account/passkeys")]
    [InlineData("/account/security")]
    public async Task A_form_of_another_site_changes_nothing(string path)
    {
        var browser = site.NewBrowser();
        await browser.PasswordAsync("reception");
        using var answer = await browser.Http.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent([new("action", "start")]), Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Trang đã mở quá lâu.", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_form_does_not_offer_is_refused()
    {
        var browser = site.NewBrowser();
        await browser.PasswordAsync("reception");
        var form = PageForm.Of(await browser.PageAsync("/account/authenticator"), "/account/authenticator");
        var (status, _) = await browser.SubmitAsync(form, ("action", "something-else"));
        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Theory]
    [InlineData("/account/authenticator", "Authenticator app")]
    [InlineData("/account/passkeys", "Passkeys")]
    [InlineData("/account/security", "Account security")]
    [InlineData("/account/recovery-codes", "Recovery codes")]
    public async Task The_pages_speak_English_too_keep_the_language_and_label_every_field(string path, string title)
    {
        var browser = site.NewBrowser();
        await browser.PasswordAsync("reception");
        var html = await browser.PageAsync(path + "?culture=en");

        Assert.Contains($"<h1>{title}</h1>", html, StringComparison.Ordinal);
        Assert.All(PageForm.All(html), f => Assert.EndsWith("culture=en", f.Action, StringComparison.Ordinal));
        foreach (var id in Regex.Matches(html, "<input id=\"([^\"]+)\"").Select(m => m.Groups[1].Value))
            Assert.Contains($"<label for=\"{id}\">", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\son[a-z]+=|\sstyle=", html);
    }
}
