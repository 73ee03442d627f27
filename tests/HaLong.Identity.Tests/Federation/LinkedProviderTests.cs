using System.Net;
using HaLong.Identity.Factors;
using HaLong.Identity.Tests.Factors;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Federation;

public sealed class LinkedProviderTests(FederatedSite site) : IClassFixture<FederatedSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_owner_links_a_provider_signs_in_with_it_and_unlinks_it()
    {
        var id = await site.RegisterAsync("links", "022193000111");
        await site.Vneid.AddAsync("links-sub", 2, "022193000111");
        var browser = site.NewBrowser();
        await browser.PasswordAsync("links");

        Assert.Equal("/account/security", await site.LinkAsync(browser, "links-sub"));

        Assert.Equal(2, (await site.AccountOfNumberAsync("022193000111"))!.Level);
        var html = await browser.PageAsync("/account/security");
        Assert.Contains("Liên kết Cổng thành phố", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Liên kết VNeID", html, StringComparison.Ordinal);
        var other = site.NewBrowser();
        Assert.Equal("/", await site.GoAsync(other, "links-sub"));
        Assert.Contains("Bỏ liên kết", await other.PageAsync("/account/security"), StringComparison.Ordinal);

        Assert.Equal("/account/security", await browser.FollowAsync(PageForm.Of(html, "/account/security", "unlink")));
        Assert.Equal(0, await site.DatabaseAsync(db => db.ExternalLogins.CountAsync(l => l.AccountId == id, Ct)));
    }

    [Fact]
    public async Task The_last_way_in_cannot_be_unlinked()
    {
        await site.Vneid.AddAsync("only-way", 2, "022193000222");
        var browser = site.NewBrowser();
        await site.GoAsync(browser, "only-way");

        var (status, html) = await browser.SubmitAsync(PageForm.Of(await browser.PageAsync("/account/security"), "/account/security", "unlink"));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("Đây là cách đăng nhập duy nhất của bạn.", html, StringComparison.Ordinal);
        Assert.Equal("/", await site.GoAsync(site.NewBrowser(), "only-way"));
    }

    [Fact]
    public async Task Of_two_ways_unlinked_at_once_one_stays()
    {
        await site.Vneid.AddAsync("two-ways", 2, "022193000333");
        var browser = site.NewBrowser();
        await site.GoAsync(browser, "two-ways");
        await site.Vneid.AddAsync("two-ways-city", 2, new Dictionary<string, string> { ["pid"] = "022193000333", ["fullName"] = "Người Mới" });
        Assert.Equal("/account/security", await site.LinkAsync(browser, "two-ways-city", "city"));
        var forms = PageForm.All(await browser.PageAsync("/account/security")).Where(f => f.Fields.ContainsKey("unlink")).ToList();
        Assert.Equal(2, forms.Count);

        var answers = await Task.WhenAll(forms.Select(f => browser.SubmitAsync(f)));

        Assert.Equal(1, answers.Count(a => a.Status == HttpStatusCode.Redirect));
        Assert.Equal(1, answers.Count(a => a.Status == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Another_persons_identity_cannot_be_linked()
    {
        await site.RegisterAsync("mine", "022193000444");
        await site.Vneid.AddAsync("another", 2, "022193000555");
        var browser = site.NewBrowser();
        await browser.PasswordAsync("mine");

        FederatedSite.AssertFailed("IDN-0224", await site.LinkAsync(browser, "another"));
    }

    [Fact]
    public async Task An_account_without_a_number_cannot_take_one_that_somebody_else_has()
    {
        await site.RegisterAsync("has-it", "022193000666", level: 2);
        var id = await site.RegisterAsync("has-none", "022193000777");
        await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == id).ExecuteUpdateAsync(a => a.SetProperty(x => x.PersonalNumberIndex, (byte[]?)null).SetProperty(x => x.SealedPersonalNumber, (byte[]?)null), Ct));
        await site.Vneid.AddAsync("wants-it", 2, "022193000666");
        await site.Vneid.AddAsync("free", 2, "022193000888");
        var browser = site.NewBrowser();
        await browser.PasswordAsync("has-none");

        FederatedSite.AssertFailed("IDN-0224", await site.LinkAsync(browser, "wants-it"));
        Assert.Equal("/account/security", await site.LinkAsync(browser, "free"));
        Assert.Equal((id, 2), ((await site.AccountOfNumberAsync("022193000888"))!.Id, (await site.AccountOfNumberAsync("022193000888"))!.Level));
    }

    [Fact]
    public async Task An_identity_that_opens_another_account_cannot_be_linked_again()
    {
        await site.Vneid.AddAsync("taken", 2, "022193000999");
        await site.GoAsync(site.NewBrowser(), "taken");
        var browser = site.NewBrowser();
        await browser.PasswordAsync("leader");

        FederatedSite.AssertFailed("IDN-0225", await site.LinkAsync(browser, "taken"));
    }

    [Fact]
    public async Task Whoever_signs_out_half_way_links_nothing()
    {
        await site.RegisterAsync("leaves", "022193001111");
        await site.Vneid.AddAsync("leaves-sub", 2, "022193001111");
        var browser = site.NewBrowser();
        await browser.PasswordAsync("leaves");
        var form = PageForm.Of(await browser.PageAsync("/account/security"), "/account/external/vneid/link");
        var callback = await site.Vneid.PickAsync(await browser.FollowAsync(form), "leaves-sub");
        await browser.SubmitAsync(PageForm.Of(await browser.PageAsync("/account/sign-out"), "/account/sign-out"));

        FederatedSite.AssertFailed("IDN-0221", await FederatedSite.BackAsync(browser, callback));
        Assert.Equal(0, await site.DatabaseAsync(db => db.ExternalLogins.CountAsync(l => l.Subject == "leaves-sub", Ct)));
    }

    [Fact]
    public async Task Linking_wants_a_recent_sign_in_and_the_provider_is_asked_to_see_the_person_again()
    {
        await site.RegisterAsync("idle", "022193001222");
        var browser = site.NewBrowser();
        await browser.PasswordAsync("idle");
        var form = PageForm.Of(await browser.PageAsync("/account/security"), "/account/external/vneid/link");
        Assert.Equal("login", Browser.Query(new Uri(await browser.FollowAsync(form)))["prompt"]);
        site.Site.Clock.Advance(PageOwners.Fresh + TimeSpan.FromMinutes(1));

        Assert.StartsWith("/account/sign-in", await browser.FollowAsync(form), StringComparison.Ordinal);
        using var forged = await browser.Http.PostAsync(new Uri("/account/external/vneid/link", UriKind.Relative), new FormUrlEncodedContent([]), Ct);
        Assert.Equal(HttpStatusCode.Redirect, forged.StatusCode);
    }

    [Fact]
    public async Task Somebody_elses_link_is_like_one_that_does_not_exist()
    {
        await site.Vneid.AddAsync("theirs", 2, "022193001333");
        await site.GoAsync(site.NewBrowser(), "theirs");
        var id = await site.DatabaseAsync(db => db.ExternalLogins.Where(l => l.Subject == "theirs").Select(l => l.Id).SingleAsync(Ct));
        await site.Vneid.AddAsync("mine-2", 2, "022193001444");
        var browser = site.NewBrowser();
        await site.GoAsync(browser, "mine-2");
        var form = PageForm.Of(await browser.PageAsync("/account/security"), "/account/security", "unlink");

        var (status, html) = await browser.SubmitAsync(form, ("unlink", id.ToString()));

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("Không tìm thấy liên kết này.", html, StringComparison.Ordinal);
    }
}
