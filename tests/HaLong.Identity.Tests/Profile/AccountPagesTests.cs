using System.Net;
using HaLong.Identity.Tests.Factors;
using Microsoft.EntityFrameworkCore;
using static HaLong.Identity.Tests.Profile.ProfileKit;

namespace HaLong.Identity.Tests.Profile;

public sealed class AccountPagesTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private const string Contacts = "/account/contact-points";

    [Fact]
    public async Task The_account_page_leads_everywhere_in_both_languages()
    {
        var browser = site.NewBrowser();
        using (var stranger = await browser.OpenAsync("/account"))
            Assert.Equal("/account/sign-in?returnUrl=%2Faccount", stranger.Headers.Location!.OriginalString);
        await browser.PasswordAsync("citizen");

        foreach (var (query, language, title) in new[] { ("", "vi", "Tài khoản của tôi"), ("?culture=en", "en", "My account") })
        {
            var html = await browser.PageAsync("/account" + query);
            Assert.Contains($"<html lang=\"{language}\">", html, StringComparison.Ordinal);
            Assert.Contains($"<h1>{title}</h1>", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
            foreach (var path in new[] { "security", "passkeys", "authenticator", "sessions", "contact-points", "forgot", "sign-out" })
            {
                Assert.Contains($"href=\"/account/{path}{query}\"", html, StringComparison.Ordinal);
                using var there = await browser.OpenAsync($"/account/{path}{query}");
                Assert.Equal(HttpStatusCode.OK, there.StatusCode);
            }
        }
    }

    [Fact]
    public async Task The_sign_in_page_leads_to_registration_and_to_a_forgotten_password()
    {
        var html = await site.NewBrowser().PageAsync("/account/sign-in?culture=en");

        Assert.Contains("href=\"/account/register?culture=en\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/account/forgot?culture=en\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_is_changed_and_an_address_removed_without_script()
    {
        var (browser, id) = await SignedInAsync("reception");
        var phone = AssistedHelp.NewPhone();

        var confirm = await browser.FollowAsync(FormOf(await browser.PageAsync(Contacts), "phone"), ("phone", phone));
        Assert.StartsWith(Contacts + "/confirm?id=", confirm, StringComparison.Ordinal);
        var page = await browser.PageAsync(confirm);
        Assert.DoesNotContain(phone, page, StringComparison.Ordinal);
        var (status, wrong) = await browser.SubmitAsync(PageForm.All(page)[0], ("code", "12"));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("aria-describedby=\"code-error\"", wrong, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.SubmitAsync(PageForm.Of(page, Contacts + "/confirm", "again"))).Status);
        var done = await browser.FollowAsync(PageForm.All(page)[0], ("code", await site.CodeAsync(E164(phone))));

        var saved = await browser.PageAsync(done);
        Assert.Contains(E164(phone), WebUtility.HtmlDecode(saved), StringComparison.Ordinal);
        Assert.Contains("role=\"status\"", saved, StringComparison.Ordinal);
        await browser.FollowAsync(PageForm.Of(saved, Contacts, "remove"));
        Assert.Null(await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == id).Select(a => a.Email).SingleAsync()));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.SubmitAsync(PageForm.Of(saved, Contacts, "remove"))).Status);
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_its_field_and_what_was_typed_stays()
    {
        var (browser, _) = await SignedInAsync("cashier");
        var page = await browser.PageAsync(Contacts);

        var (status, html) = await browser.SubmitAsync(FormOf(page, "email"), ("email", "khong phai <thu>"));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("id=\"email-error\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"khong phai &lt;thu&gt;\"", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SubmitAsync(FormOf(page, "phone") with { Fields = new() { ["kind"] = "phone" } }, ("phone", AssistedHelp.NewPhone()))).Status);
        var odd = FormOf(page, "phone");
        odd.Fields["kind"] = "fax";
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SubmitAsync(odd)).Status);
    }

    [Fact]
    public async Task Who_is_not_signed_in_or_was_long_ago_proves_it_first_and_somebody_elses_request_is_gone()
    {
        using (var stranger = await site.NewBrowser().OpenAsync(Contacts))
            Assert.StartsWith("/account/sign-in", stranger.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var (browser, id) = await SignedInAsync("officer");
        var confirm = await browser.FollowAsync(FormOf(await browser.PageAsync(Contacts), "phone"), ("phone", AssistedHelp.NewPhone()));
        var (other, _) = await SignedInAsync("approver");
        using (var theirs = await other.OpenAsync(confirm))
            Assert.Equal(HttpStatusCode.NotFound, theirs.StatusCode);

        await site.DatabaseAsync(db => db.Sessions.Where(s => s.AccountId == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.AuthenticatedAt, site.Clock.GetUtcNow().AddHours(-1))));
        using var late = await browser.OpenAsync(Contacts);
        Assert.StartsWith("/account/sign-in?returnUrl=", late.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    private static PageForm FormOf(string html, string kind) => PageForm.All(html).First(f => f.Fields.GetValueOrDefault("kind") == kind);

    private async Task<(Browser Browser, Guid Id)> SignedInAsync(string userName)
    {
        var browser = site.NewBrowser();
        await browser.PasswordAsync(userName);
        return (browser, await site.IdOfAsync(userName));
    }
}
