using System.Net;
using HaLong.Identity.Tests.PersonalData;
using HaLong.Identity.Tests.Registration;
using Microsoft.EntityFrameworkCore;
using static HaLong.Identity.Tests.Profile.ProfileKit;

namespace HaLong.Identity.Tests.Profile;

public sealed class ContactRaceTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task The_same_code_entered_many_times_at_once_works_once()
    {
        var owner = await site.OwnerAsync();
        var next = AssistedHelp.NewPhone();
        var change = await site.ReplacePhoneAsync(owner, next);
        var code = await site.CodeAsync(E164(next));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => site.ConfirmAsync(owner, change, code)));

        Assert.Equal(1, answers.Count(a => a.Status == HttpStatusCode.OK));
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => Assert.Equal("IDN-0101", a.Code));
        await site.Phones.NoticeAsync(owner.E164, "phone-changed");
        Assert.Single(site.Phones.NoticesOf(owner.E164));
    }

    [Fact]
    public async Task Telephone_and_address_changed_at_once_are_both_changed()
    {
        var owner = await site.OwnerAsync();
        var (phone, email) = (AssistedHelp.NewPhone(), NewEmail());
        var one = await site.ReplacePhoneAsync(owner, phone);
        var two = await IdOfAsync(site.PostAsync(owner.Token, Points, new { kind = "email", value = email }));
        var (phoneCode, emailCode) = (await site.CodeAsync(E164(phone)), await site.CodeAsync(email));

        var answers = await Task.WhenAll(site.ConfirmAsync(owner, one, phoneCode), site.ConfirmAsync(owner, two, emailCode));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.Equal([E164(phone), email], (await site.PointsAsync(owner)).Select(p => p.GetProperty("value").GetString()));
    }

    [Fact]
    public async Task Two_requests_at_once_leave_one_that_counts()
    {
        var owner = await site.OwnerAsync();

        var ids = await Task.WhenAll(site.ReplacePhoneAsync(owner, AssistedHelp.NewPhone()), site.ReplacePhoneAsync(owner, AssistedHelp.NewPhone()));

        Assert.Contains(await site.DatabaseAsync(db => db.ContactChanges.Where(c => c.AccountId == owner.Id).Select(c => c.Id).SingleAsync()), ids);
    }

    [Fact]
    public async Task Closing_and_a_change_of_the_telephone_at_once_leave_a_closed_account_that_nobody_reaches()
    {
        for (var i = 0; i < 3; i++)
        {
            var owner = await site.OwnerAsync(strong: true);
            var next = AssistedHelp.NewPhone();
            var closure = await IdOfAsync(site.PostAsync(owner.Token, Closure));
            var change = await site.ReplacePhoneAsync(owner, next);
            var (closing, changing) = (await site.CodeAsync(owner.E164), await site.CodeAsync(E164(next)));

            var answers = await Task.WhenAll(
                site.PostAsync(owner.Token, $"{Closure}/{closure}/confirmation", new { code = closing }), site.ConfirmAsync(owner, change, changing));

            Assert.Equal(HttpStatusCode.NoContent, answers[0].Status);
            Assert.True(answers[1].Status is HttpStatusCode.OK || answers[1].Code is "IDN-0004", answers[1].Body.ToString());
            var account = await site.DatabaseAsync(db => db.Accounts.AsNoTracking().SingleAsync(a => a.Id == owner.Id));
            Assert.Equal((true, null, null), (account.IsClosed, account.Phone, account.Email));
            // The last place that was the owner's hears of the end.
            await site.Phones.NoticeAsync(answers[1].Status is HttpStatusCode.OK ? E164(next) : owner.E164, "account-closed");
        }
    }

    [Fact]
    public async Task Who_signs_in_with_the_number_signs_in_with_the_new_one_unless_somebody_else_does()
    {
        var (family, person) = (new Registrant(), new Registrant());
        Assert.Equal(HttpStatusCode.OK, await family.RegisterAsync(site));
        Assert.Equal(HttpStatusCode.OK, await person.RegisterAsync(site));
        var owner = await OfAsync(person);
        var free = AssistedHelp.NewPhone();

        await MoveAsync(owner, free);
        Assert.Equal(HttpStatusCode.Redirect, await SignInAsync(free));
        Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(person.National));

        await MoveAsync(owner, family.National, 2);
        Assert.Equal(free, await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == owner.Id).Select(a => a.UserName).SingleAsync()));
        Assert.Equal(HttpStatusCode.Redirect, await SignInAsync(free));
    }

    private async Task<Owner> OfAsync(Registrant person)
    {
        var id = await site.IdOfAsync(person.National);
        return new Owner(id, person.National, person.PersonalNumber, person.National, await site.TokenAsync(person.National));
    }

    private async Task MoveAsync(Owner owner, string phone, int codes = 1) =>
        await OkAsync(site.ConfirmAsync(owner, await site.ReplacePhoneAsync(owner, phone), await site.CodeAsync(E164(phone), codes)));

    private async Task<HttpStatusCode> SignInAsync(string userName)
    {
        using var answer = await site.NewBrowser().SubmitSignInAsync(userName, Registrant.GoodPassword);
        return answer.StatusCode;
    }
}
