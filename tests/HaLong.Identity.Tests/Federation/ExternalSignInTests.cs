using System.Net;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Tests.Delegations;
using HaLong.Identity.Tests.Factors;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Federation;

public sealed class ExternalSignInTests(FederatedSite site) : IClassFixture<FederatedSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_new_gets_an_account_of_level_2_and_tokens_that_say_so()
    {
        var browser = site.NewBrowser();
        using var asked = await browser.AuthorizeAsync(Browser.AuthorizeParameters());

        using var code = await browser.OpenAsync(await site.GoAsync(browser, "vneid-minh", asked.Headers.Location!.OriginalString));
        var tokens = await Browser.OkAsync(await browser.ExchangeAsync(Browser.Query(code.Headers.Location!)["code"]));

        var access = Browser.Read(tokens);
        Assert.Equal(("2", Caller.BasicAcr, "fed"), (access.GetClaim("loa").Value, access.GetClaim("acr").Value, access.GetClaim("amr").Value));
        var account = await site.AccountOfNumberAsync("022085000124");
        Assert.Equal(account!.Id, Guid.Parse(access.Subject));
        Assert.Equal(("Phạm Quang Minh", 2, "citizen", "", new DateOnly(1985, 6, 2)), (account.DisplayName, account.Level, account.Kind, account.PasswordHash, account.BirthDate!.Value));
        Assert.Equal(("vneid-minh@vneid.example", "0912000124"), (account.Email, account.Phone));
        Assert.Contains("federated", await site.DatabaseAsync(db => db.SignInRecords.Where(r => r.AccountId == account.Id).Select(r => r.Outcome).ToListAsync(Ct)));
    }

    [Fact]
    public async Task That_a_provider_vouches_for_somebody_is_told_once()
    {
        await using var heard = new Ear<AccountVerified>();
        await heard.StartAsync(new Uri(site.Service.Broker));
        await site.Vneid.AddAsync("vouched", 2, "022190111333");
        await site.GoAsync(site.NewBrowser(), "vouched");
        var account = await site.AccountOfNumberAsync("022190111333");

        var told = await heard.HearAsync(e => e.AccountId == account!.Id);

        Assert.Equal((2, "provider", (string?)null), (told.Level, told.Method, told.UnitCode));
        await site.GoAsync(site.NewBrowser(), "vouched");
        await site.Vneid.AddAsync("vouched2", 2, "022190111334");
        await site.GoAsync(site.NewBrowser(), "vouched2");
        var next = await site.AccountOfNumberAsync("022190111334");
        await heard.HearAsync(e => e.AccountId == next!.Id);
        Assert.Single(heard.All, e => e.AccountId == account!.Id);
    }

    [Fact]
    public async Task The_same_person_comes_back_to_the_same_account()
    {
        await site.Vneid.AddAsync("again", 2, "022190111222");
        Assert.Equal("/", await site.GoAsync(site.NewBrowser(), "again"));
        var account = await site.AccountOfNumberAsync("022190111222");
        site.Site.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("/docs", await site.GoAsync(site.NewBrowser(), "again", "/account/sign-in?returnUrl=%2Fdocs"));

        var login = await site.DatabaseAsync(db => db.ExternalLogins.SingleAsync(l => l.AccountId == account!.Id, Ct));
        Assert.Equal((site.Vneid.Authority, "again", "vneid", 2), (login.Issuer, login.Subject, login.Provider, login.Assurance));
        Assert.True(login.LastUsedAt > login.LinkedAt);
    }

    [Fact]
    public async Task Who_has_an_account_already_is_found_by_personal_number_and_keeps_the_password()
    {
        Assert.Equal("/", await site.GoAsync(site.NewBrowser(), "vneid-hanh"));

        var id = await site.Site.IdOfAsync("citizen");
        Assert.Equal(id, await site.DatabaseAsync(db => db.ExternalLogins.Where(l => l.Subject == "vneid-hanh").Select(l => l.AccountId).SingleAsync(Ct)));
        Assert.Equal("/", await site.NewBrowser().PasswordAsync("citizen"));
        Assert.Equal("citizen@halong.example", (await site.AccountOfNumberAsync("022185000123"))!.Email);
    }

    [Fact]
    public async Task Whoever_registered_first_with_somebody_elses_number_is_shut_out_when_its_verified_owner_comes()
    {
        var id = await site.RegisterAsync("squatter", "022190222333");
        var stranger = site.NewBrowser();
        await stranger.PasswordAsync("squatter");
        await stranger.EnrolAsync(site.Site);
        await site.Vneid.AddAsync("owner", 2, "022190222333", "Chủ Thật");
        var owner = site.NewBrowser();

        Assert.Equal("/", await site.GoAsync(owner, "owner"));

        var account = await site.AccountOfNumberAsync("022190222333");
        Assert.Equal((id, "Chủ Thật", 2, "owner@vneid.example", "0913000999"), (account!.Id, account.DisplayName, account.Level, account.Email, account.Phone));
        using var password = await site.NewBrowser().SubmitSignInAsync("squatter", IdentityProgram.DemoPassword);
        Assert.Equal(HttpStatusCode.Unauthorized, password.StatusCode);
        using var page = await stranger.OpenAsync("/account/security");
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.Contains("chưa bật", await owner.PageAsync("/account/security"), StringComparison.Ordinal);
        Assert.Equal(0, await site.DatabaseAsync(db => db.RecoveryCodes.CountAsync(c => c.AccountId == id, Ct)));
        Assert.True(await site.DatabaseAsync(db => db.Revocations.AnyAsync(r => r.Subject == id.ToString(), Ct)));
    }

    [Fact]
    public async Task A_number_that_the_provider_has_not_verified_opens_nobodys_account()
    {
        await site.RegisterAsync("verified", "022190333444", level: 2);
        await site.Vneid.AddAsync("claims-to-be", 1, "022190333444");

        FederatedSite.AssertFailed("IDN-0227", await site.GoAsync(site.NewBrowser(), "claims-to-be"));
        Assert.Equal("/", await site.NewBrowser().PasswordAsync("verified"));
        Assert.Equal(0, await site.DatabaseAsync(db => db.ExternalLogins.CountAsync(l => l.Subject == "claims-to-be", Ct)));
    }

    [Fact]
    public async Task Level_1_stays_level_1_until_the_provider_has_verified_the_person()
    {
        await site.Vneid.AddAsync("grows", 1, "022190444555");
        await site.GoAsync(site.NewBrowser(), "grows");
        Assert.Equal(1, (await site.AccountOfNumberAsync("022190444555"))!.Level);

        await site.Vneid.AddAsync("grows", 2, "022190444555");
        await site.GoAsync(site.NewBrowser(), "grows");
        var account = (await site.AccountOfNumberAsync("022190444555"))!;
        Assert.Equal((2, 1), (account.Level, account.Epoch));
        Assert.True(await site.DatabaseAsync(db => db.Revocations.AnyAsync(r => r.Subject == account.Id.ToString() && r.Epoch == 1, Ct)));

        // A later sign-in of level 1 says less about itself, and takes nothing back.
        await site.Vneid.AddAsync("grows", 1, "022190444555");
        await site.GoAsync(site.NewBrowser(), "grows");
        Assert.Equal(2, (await site.AccountOfNumberAsync("022190444555"))!.Level);
        Assert.Equal(1, await site.DatabaseAsync(db => db.Sessions.Where(s => s.AccountId == account.Id).OrderByDescending(s => s.StartedAt).Select(s => s.Assurance).FirstAsync(Ct)));
    }

    [Fact]
    public async Task Two_first_sign_ins_at_once_on_two_replicas_make_one_account()
    {
        await site.Vneid.AddAsync("twice", 2, "022190555666");
        var replica = await site.StartReplicaAsync();
        var browsers = Enumerable.Range(0, 4).Select(i => i % 2 == 0 ? site.NewBrowser() : new Browser(replica.Client())).ToList();
        var callbacks = new List<string>();
        foreach (var browser in browsers)
            callbacks.Add(await site.Vneid.PickAsync(await FederatedSite.LeaveAsync(browser), "twice"));

        var answers = await Task.WhenAll(browsers.Zip(callbacks, FederatedSite.BackAsync));

        Assert.All(answers, a => Assert.Equal("/", a));
        var account = await site.AccountOfNumberAsync("022190555666");
        Assert.Equal(1, await site.DatabaseAsync(db => db.ExternalLogins.CountAsync(l => l.Subject == "twice", Ct)));
        Assert.Equal(4, await site.DatabaseAsync(db => db.Sessions.CountAsync(s => s.AccountId == account!.Id, Ct)));
    }

    [Fact]
    public async Task The_providers_word_is_one_factor_and_the_second_is_still_asked_for()
    {
        await site.Vneid.AddAsync("careful", 2, "022190666777");
        var first = site.NewBrowser();
        await site.GoAsync(first, "careful");
        var (secret, _) = await first.EnrolAsync(site.Site);
        site.Site.NextStep();
        var browser = site.NewBrowser();

        var step = await site.GoAsync(browser, "careful", "/account/sign-in?returnUrl=%2Fdocs");

        Assert.Equal("/account/second-step", step);
        Assert.Equal("/docs", await browser.FollowAsync(PageForm.Of(await browser.PageAsync(step), step), ("code", site.Site.CodeOf(secret))));
        var account = await site.AccountOfNumberAsync("022190666777");
        var session = await site.DatabaseAsync(db => db.Sessions.Where(s => s.AccountId == account!.Id).OrderByDescending(s => s.StartedAt).FirstAsync(Ct));
        Assert.Equal((Caller.StrongAcr, 2), (session.Acr, session.Assurance));
        Assert.Equal(["fed", "otp"], session.Methods);
    }

    [Fact]
    public async Task An_account_without_a_password_cannot_be_opened_with_any_and_costs_as_much_to_try()
    {
        await site.Vneid.AddAsync("no-password", 2, "022190700800");
        await site.GoAsync(site.NewBrowser(), "no-password");
        var account = await site.AccountOfNumberAsync("022190700800");

        foreach (var password in new[] { "x", IdentityProgram.DemoPassword })
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            using var answer = await site.NewBrowser().SubmitSignInAsync(account!.UserName, password);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            // Hashing is made slow on purpose; without it the answer comes in a few milliseconds.
            Assert.True(watch.ElapsedMilliseconds > 10, watch.Elapsed.ToString());
        }
    }

    [Theory]
    [InlineData("no-number", "HoVaTen", "Chỉ Có Tên")]
    [InlineData("no-name", "SoDinhDanh", "022190777888")]
    [InlineData("bad-number", "SoDinhDanh", "12345")]
    public async Task Without_number_and_name_nobody_gets_an_account(string subject, string claim, string value)
    {
        await site.Vneid.AddAsync(subject, 2, new Dictionary<string, string> { [claim] = value });
        FederatedSite.AssertFailed("IDN-0222", await site.GoAsync(site.NewBrowser(), subject));
    }

    [Fact]
    public async Task An_enterprise_is_refused()
    {
        FederatedSite.AssertFailed("IDN-0226", await site.GoAsync(site.NewBrowser(), "vneid-company"));
        Assert.Contains("federation_refused", await site.DatabaseAsync(db => db.SignInRecords.Select(r => r.Outcome).ToListAsync(Ct)));
    }

    [Fact]
    public async Task A_login_that_suddenly_speaks_of_another_person_is_refused()
    {
        await site.Vneid.AddAsync("changed", 2, "022190888999");
        await site.GoAsync(site.NewBrowser(), "changed");
        await site.Vneid.AddAsync("changed", 2, "022190999000");

        FederatedSite.AssertFailed("IDN-0224", await site.GoAsync(site.NewBrowser(), "changed"));
        Assert.Null(await site.AccountOfNumberAsync("022190999000"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_closed_account_stays_closed_whether_linked_or_found_by_number(bool linked)
    {
        var (subject, number) = linked ? ("closed-linked", "022191000111") : ("closed-found", "022191000222");
        await site.Vneid.AddAsync(subject, 2, number);
        if (linked)
            await site.GoAsync(site.NewBrowser(), subject);
        else
            await site.RegisterAsync(subject, number, level: 2);
        var id = (await site.AccountOfNumberAsync(number))!.Id;
        await site.DatabaseAsync(async db =>
        {
            (await db.Accounts.SingleAsync(a => a.Id == id, Ct)).Close();
            return await db.SaveChangesAsync(Ct);
        });

        FederatedSite.AssertFailed("IDN-0223", await site.GoAsync(site.NewBrowser(), subject));
    }

    [Fact]
    public async Task A_city_connects_its_own_provider_with_its_own_names()
    {
        await site.Vneid.AddAsync("by-other-names", 2, new Dictionary<string, string> { ["pid"] = "022191111333", ["fullName"] = "Đặng Thị Hoa", ["born"] = "19910405" });

        Assert.Equal("/", await site.GoAsync(site.NewBrowser(), "by-other-names", provider: "city"));

        var account = await site.AccountOfNumberAsync("022191111333");
        Assert.Equal(("Đặng Thị Hoa", new DateOnly(1991, 4, 5), 2), (account!.DisplayName, account.BirthDate!.Value, account.Level));
        Assert.Contains("Sign in with City portal", await site.NewBrowser().PageAsync("/account/sign-in?culture=en"), StringComparison.Ordinal);
    }
}
