using System.Net;
using HaLong.Identity.Codes;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Factors;
using HaLong.Identity.Federation;
using HaLong.Identity.Keys;
using HaLong.Identity.Tests.Delegations;
using HaLong.Identity.Tests.PersonalData;
using HaLong.Identity.Tests.Registration;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Identity.Tests.Profile.ProfileKit;

namespace HaLong.Identity.Tests.Profile;

public sealed class ClosingTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task An_account_is_closed_with_a_code_and_nothing_opens_it_any_more()
    {
        await using var heard = await Heard<AccountClosed>.StartAsync(site);
        var email = NewEmail();
        var owner = await site.OwnerAsync(strong: true, email: email);
        await GiveCredentialsAsync(owner);
        var other = await site.TokenAsync(owner.UserName);

        var closure = await IdOfAsync(site.PostAsync(owner.Token, Closure));
        var code = await site.CodeAsync(owner.E164);
        Assert.Equal("account-closing", site.Phones.CodesOf(owner.E164)[^1].Purpose);
        await OkAsync(ConfirmAsync(owner, closure, code), HttpStatusCode.NoContent);

        await Sessions.SessionSite.RefusedAsync(site, owner.Token);
        await Sessions.SessionSite.RefusedAsync(site, other);
        var account = await site.DatabaseAsync(db => db.Accounts.AsNoTracking().SingleAsync(a => a.Id == owner.Id));
        Assert.Equal((true, "", null, null), (account.IsClosed, account.PasswordHash, account.Phone, account.Email));
        Assert.Equal(owner.Id.ToString("N"), account.UserName);
        Assert.Equal((0, 0, 0, 0), await site.DatabaseAsync(async db => (
            await db.Passkeys.CountAsync(p => p.AccountId == owner.Id), await db.RecoveryCodes.CountAsync(c => c.AccountId == owner.Id),
            await db.ExternalLogins.CountAsync(l => l.AccountId == owner.Id), await db.Sessions.CountAsync(s => s.AccountId == owner.Id && s.EndedAt == null))));
        await site.Phones.NoticeAsync(owner.E164, "account-closed");
        await site.Phones.NoticeAsync(email, "account-closed");
        Assert.Equal(("citizen", "owner"), await heard.WaitAsync(e => e.AccountId == owner.Id) is var fact ? (fact.Kind, fact.Reason) : default);
        using var signIn = await site.NewBrowser().SubmitSignInAsync(owner.Number, IdentityProgram.DemoPassword);
        Assert.Equal(HttpStatusCode.Unauthorized, signIn.StatusCode);
    }

    [Fact]
    public async Task What_must_be_kept_is_kept_the_sealed_number_still_says_whose_dossiers_they_are()
    {
        var owner = await site.OwnerAsync(strong: true);

        await CloseAsync(owner);

        var account = await site.DatabaseAsync(db => db.Accounts.AsNoTracking().SingleAsync(a => a.Id == owner.Id));
        Assert.Equal(owner.Number, site.Numbers().Of(account)!.Value);
        Assert.Equal("Nguyễn Văn Thử", account.DisplayName);
        Assert.Null(account.PersonalNumberIndex);
        Assert.True(await site.DatabaseAsync(db => db.Sessions.AnyAsync(s => s.AccountId == owner.Id && s.EndReason == "account_closed")));
    }

    [Fact]
    public async Task The_person_registers_again_with_number_and_telephone_and_gets_a_new_account()
    {
        var person = new Registrant();
        Assert.Equal(HttpStatusCode.OK, await person.RegisterAsync(site));
        var first = await site.IdOfAsync(person.National);
        var owner = new Owner(first, person.National, person.PersonalNumber, person.National, await site.TokenAsync(person.National, strong: true));
        await CloseAsync(owner, codes: 2);

        Assert.Equal(HttpStatusCode.OK, await person.RegisterAsync(site));

        var second = await site.IdOfAsync(person.National);
        Assert.NotEqual(first, second);
        using var signIn = await site.NewBrowser().SubmitSignInAsync(person.PersonalNumber, Registrant.GoodPassword);
        Assert.Equal(HttpStatusCode.Redirect, signIn.StatusCode);
        // Nobody was warned of a second registration: there was no first one any more.
        Assert.DoesNotContain(site.Phones.NoticesOf(person.Phone), n => n.Template == NoticeTemplates.RegistrationAttempt);
    }

    [Fact]
    public async Task Everything_that_is_still_open_is_named_at_once_and_closing_works_when_it_is_settled()
    {
        var owner = await site.OwnerAsync(strong: true);
        var (other, helper, firm) = (await site.PersonAsync(name: "Trần Thị Hai"), await site.HelperAsync(), await site.PersonAsync(role: Roles.Organisation, name: "Công ty Thử"));
        var me = new TestPerson(owner.Id, owner.UserName, owner.Number, "Nguyễn Văn Thử");
        var delegation = await site.DelegationAsync(other, me);
        await site.ActiveAsync(helper, me, ["dossier.fill"]);
        await site.RepresentAsync(firm, me, -10, null);
        await OkAsync(site.PostAsync(owner.Token, "/api/v1/me/data-requests", new { kind = "restrict" }), HttpStatusCode.Created);

        var refused = await RefusedAsync(site.PostAsync(owner.Token, Closure), 409, "IDN-1107");
        Assert.Equal(["assistedSessions", "dataRequests", "delegations", "organisations"], refused.Fields);

        await site.DatabaseAsync(async db =>
        {
            await db.Delegations.Where(d => d.Id == delegation).ExecuteDeleteAsync();
            await db.AssistedSessions.Where(s => s.CitizenId == owner.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.ExpiresAt, site.Clock.GetUtcNow()));
            await db.Representatives.Where(r => r.AccountId == owner.Id).ExecuteDeleteAsync();
            return await db.DataRequests.Where(r => r.AccountId == owner.Id).ExecuteDeleteAsync();
        });
        await CloseAsync(owner);
    }

    [Fact]
    public async Task What_was_opened_after_the_code_was_sent_still_hinders_the_end()
    {
        var owner = await site.OwnerAsync(strong: true);
        var closure = await IdOfAsync(site.PostAsync(owner.Token, Closure));
        var to = await site.PersonAsync(name: "Trần Thị Hai");
        await People.OfferAsync(site.Service.Client(owner.Token), new { accountId = to.Id });

        var refused = await RefusedAsync(ConfirmAsync(owner, closure, await site.CodeAsync(owner.E164)), 409, "IDN-1107");

        Assert.Equal(["delegations"], refused.Fields);
        Assert.False(await site.DatabaseAsync(db => db.Accounts.AnyAsync(a => a.Id == owner.Id && a.IsClosed)));
    }

    [Fact]
    public async Task It_takes_a_strong_and_recent_sign_in()
    {
        var owner = await site.OwnerAsync();
        await RefusedAsync(site.PostAsync(owner.Token, Closure), 401, "CMN-0470");
        await RefusedAsync(site.PostAsync(site.OldToken(owner, TimeSpan.FromHours(1), strong: true), Closure), 401, "CMN-0471");
        await RefusedAsync(ConfirmAsync(owner, Guid.CreateVersion7(), "123456"), 401, "CMN-0470");
    }

    [Theory]
    [InlineData(Roles.Helper, "IDN-0114")]
    [InlineData(Roles.Officer, "IDN-0114")]
    [InlineData(Roles.Organisation, "IDN-1109")]
    public async Task Accounts_that_others_answer_for_are_not_closed_here(string role, string code)
    {
        var owner = await site.OwnerAsync(role: role, strong: true);

        await RefusedAsync(site.PostAsync(owner.Token, Closure), 403, code);
    }

    [Fact]
    public async Task Without_telephone_the_mailbox_confirms_and_without_both_nothing_does()
    {
        var email = NewEmail();
        var byMail = await site.OwnerAsync(strong: true, email: email, hasPhone: false);
        var closure = await IdOfAsync(site.PostAsync(byMail.Token, Closure));
        await OkAsync(ConfirmAsync(byMail, closure, await site.CodeAsync(email)), HttpStatusCode.NoContent);

        var nowhere = await site.OwnerAsync(strong: true, hasPhone: false);
        await RefusedAsync(site.PostAsync(nowhere.Token, Closure), 409, "IDN-1108");
    }

    [Fact]
    public async Task A_wrong_expired_or_foreign_code_closes_nothing()
    {
        var (owner, stranger) = (await site.OwnerAsync(strong: true), await site.OwnerAsync(strong: true));
        var closure = await IdOfAsync(site.PostAsync(owner.Token, Closure));
        var code = await site.CodeAsync(owner.E164);

        await RefusedAsync(ConfirmAsync(owner, closure, Wrong(code)), 400, "IDN-0102");
        await RefusedAsync(ConfirmAsync(stranger, closure, code), 400, "IDN-0102");
        await RefusedAsync(site.PostAsync(stranger.Token, $"{Closure}/{closure}/resend"), 404, "IDN-0101");
        await RefusedAsync(site.PostAsync(owner.Token, $"{Closure}/{closure}/resend"), 429, "IDN-0104");
        await site.ExpireCodesAsync(CodePurposes.AccountClosing);
        await RefusedAsync(ConfirmAsync(owner, closure, code), 400, "IDN-0102");
        Assert.Equal(0, await site.DatabaseAsync(db => db.Accounts.CountAsync(a => (a.Id == owner.Id || a.Id == stranger.Id) && a.IsClosed)));
    }

    [Fact]
    public async Task Confirmed_many_times_at_once_it_is_closed_once()
    {
        var owner = await site.OwnerAsync(strong: true);
        var closure = await IdOfAsync(site.PostAsync(owner.Token, Closure));
        var code = await site.CodeAsync(owner.E164);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ConfirmAsync(owner, closure, code)));

        Assert.Equal(1, answers.Count(a => a.Status == HttpStatusCode.NoContent));
        // Whoever came later finds no account, or already no token.
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.NoContent), a => Assert.True(a.Code is "IDN-0004" or "CMN-1401", a.Body.ToString()));
        await site.Phones.NoticeAsync(owner.E164, "account-closed");
        Assert.Single(site.Phones.NoticesOf(owner.E164));
    }

    [Fact]
    public async Task A_new_index_key_gives_no_index_back_to_who_has_left()
    {
        var owner = await site.OwnerAsync(strong: true);
        await CloseAsync(owner);
        var again = await site.DatabaseAsync(async db =>
        {
            var account = HaLong.Identity.Domain.Account.Register(Guid.CreateVersion7(), "again-" + owner.Number, "Nguyễn Văn Thử", ["citizen"], site.Clock.GetUtcNow());
            site.Numbers().Set(account, HaLong.Identity.Domain.PersonalNumber.TryParse(owner.Number)!);
            db.Accounts.Add(account);
            await db.SaveChangesAsync();
            return account.Id;
        });

        var settings = IdentityProgram.Settings(site.Connection);
        Assert.Equal(0, await IdentityProgram.RunAsync("rotate-index-key", settings));
        // What the job does in the background, at once: compute, and take over when the time has come.
        await site.InScopeAsync<IndexRebuild, bool>(rebuild => rebuild.RunAsync(default));

        var next = await site.DatabaseAsync(db => db.Accounts.AsNoTracking().Where(a => a.Id == owner.Id || a.Id == again)
            .Select(a => new { a.Id, HasNext = a.PersonalNumberNextIndex != null }).ToListAsync());
        Assert.Equal([again], next.Where(n => n.HasNext).Select(n => n.Id));
    }

    private async Task CloseAsync(Owner owner, int codes = 1)
    {
        var closure = await IdOfAsync(site.PostAsync(owner.Token, Closure));
        await OkAsync(ConfirmAsync(owner, closure, await site.CodeAsync(owner.E164, codes)), HttpStatusCode.NoContent);
    }

    private Task<Calls.Answer> ConfirmAsync(Owner owner, Guid closure, string code) => site.PostAsync(owner.Token, $"{Closure}/{closure}/confirmation", new { code });

    private Task<int> GiveCredentialsAsync(Owner owner) => site.DatabaseAsync(async db =>
    {
        var now = site.Clock.GetUtcNow();
        db.Passkeys.Add(new Passkey { Id = Guid.CreateVersion7(), AccountId = owner.Id, CredentialId = Guid.CreateVersion7().ToByteArray(), PublicKey = [1], Name = "x", CreatedAt = now, Transports = [], IsBackupEligible = false });
        db.ExternalLogins.Add(new ExternalLogin { Id = Guid.CreateVersion7(), AccountId = owner.Id, Issuer = "https://sso.test", Subject = owner.Number, Provider = "vneid", LinkedAt = now });
        await db.Accounts.Where(a => a.Id == owner.Id).ExecuteUpdateAsync(s => s.SetProperty(a => a.PasswordHash, db.Accounts.Single(a => a.UserName == "citizen").PasswordHash));
        return await db.SaveChangesAsync();
    });
}
