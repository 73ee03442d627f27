using System.Net;
using System.Net.Http.Json;
using HaLong.Identity.Assisted;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Tests.Delegations;
using Microsoft.EntityFrameworkCore;
using static HaLong.Identity.Tests.AssistedHelp;
using static HaLong.Identity.Tests.Delegations.People;

namespace HaLong.Identity.Tests.Assisted;

public sealed class ConsentToHelpTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task The_right_code_starts_an_hour_and_stands_in_the_ledger_of_consents()
    {
        await using var ear = await Ear.OnAsync<AssistedSessionStarted>(site);
        var (helper, citizen) = (await site.AsAsync(await site.HelperAsync()), await site.CitizenAsync());
        var id = await OpenAsync(helper, Ask(citizen));
        var body = await BodyAsync(await ConsentAsync(helper, id, (await site.SmsAsync(id))!.Value.Code));
        Assert.Equal(("active", "code"), (body.GetProperty("state").GetString(), body.GetProperty("consent").GetString()));
        Assert.InRange((body.GetProperty("expiresAt").GetDateTimeOffset() - body.GetProperty("consentedAt").GetDateTimeOffset()).TotalMinutes, 59.9, 60.1);
        var told = await ear.HearAsync(e => e.SessionId == id);
        Assert.Equal((citizen.Id, "code", "06688", "office"), (told.CitizenId, told.Consent, told.Unit, told.Place));
        var line = await site.DatabaseAsync(db => db.Consents.SingleAsync(c => c.AccountId == citizen.Id && c.Purpose == "assisted-session"));
        Assert.Equal((true, "assisted", id), (line.Granted, line.Channel, line.SessionId!.Value));
    }

    [Fact]
    public async Task Five_wrong_codes_use_it_up_and_the_right_one_comes_too_late()
    {
        var (helper, citizen) = (await site.AsAsync(await site.HelperAsync()), await site.CitizenAsync());
        var id = await OpenAsync(helper, Ask(citizen));
        var right = (await site.SmsAsync(id))!.Value.Code;
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.BadRequest, (await ConsentAsync(helper, id, Wrong(right))).StatusCode);
        using var late = await ConsentAsync(helper, id, right);
        Assert.False(late.IsSuccessStatusCode);
        Assert.Equal("awaitingConsent", (await SessionAsync(helper, id)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Codes_of_other_sessions_replays_and_rubbish_consent_to_nothing()
    {
        var (helper, citizen) = (await site.AsAsync(await site.HelperAsync()), await site.CitizenAsync());
        var first = await OpenAsync(helper, Ask(citizen));
        var code = (await site.SmsAsync(first))!.Value.Code;
        var other = await OpenAsync(helper, Ask(await site.CitizenAsync()));
        if ((await site.SmsAsync(other))!.Value.Code != code)
            Assert.Equal(HttpStatusCode.BadRequest, (await ConsentAsync(helper, other, code)).StatusCode);
        foreach (var rubbish in new[] { "", "12345", "abcdef", "1234567" })
            Assert.Equal(HttpStatusCode.BadRequest, (await ConsentAsync(helper, first, rubbish)).StatusCode);
        await BodyAsync(await ConsentAsync(helper, first, code));
        await RefusedAsync(await ConsentAsync(helper, first, code), 409, "IDN-0504");
        // Nobody waits for a code that went to nobody.
        var nobody = await OpenAsync(helper, Ask(NewNumber(), "Người Lạ"));
        Assert.Equal(HttpStatusCode.BadRequest, (await ConsentAsync(helper, nobody, "000000")).StatusCode);
    }

    [Fact]
    public async Task An_expired_code_and_a_lapsed_session_start_nothing()
    {
        var (helper, citizen) = (await site.AsAsync(await site.HelperAsync()), await site.CitizenAsync());
        var id = await OpenAsync(helper, Ask(citizen));
        var code = (await site.SmsAsync(id))!.Value.Code;
        await site.DatabaseAsync(db => db.OneTimeCodes.Where(c => c.BoundTo == AssistedDesk.BoundTo(id)).ExecuteUpdateAsync(c => c.SetProperty(x => x.ExpiresAt, site.Clock.GetUtcNow().AddSeconds(-1))));
        Assert.Equal(HttpStatusCode.BadRequest, (await ConsentAsync(helper, id, code)).StatusCode);
        await site.LapseAsync(id);
        await RefusedAsync(await ConsentAsync(helper, id, code), 409, "IDN-0504");
    }

    [Fact]
    public async Task Another_helper_can_neither_see_nor_consent_nor_end()
    {
        var (helper, citizen) = (await site.AsAsync(await site.HelperAsync()), await site.CitizenAsync());
        var id = await OpenAsync(helper, Ask(citizen));
        var code = (await site.SmsAsync(id))!.Value.Code;
        var other = await site.AsAsync(await site.HelperAsync());
        await RefusedAsync(await ConsentAsync(other, id, code), 404, "IDN-0503");
        await RefusedAsync(await other.GetAsync($"{Api}/{id}", Ct), 404, "IDN-0503");
        await RefusedAsync(await other.DeleteAsync($"{Api}/{id}", Ct), 404, "IDN-0503");
        await RefusedAsync(await other.PostAsync($"{Api}/{id}/consent-code", null, Ct), 404, "IDN-0503");
        await RefusedAsync(await PaperAsync(other, id, Pdf), 404, "IDN-0503");
        await RefusedAsync(await WitnessAsync(other, id), 404, "IDN-0503");
        await RefusedAsync(await (await site.AsAsync(await site.CitizenAsync())).GetAsync($"{Api}/{id}", Ct), 404, "IDN-0503");
    }

    [Fact]
    public async Task Another_code_makes_the_first_worth_nothing_and_comes_not_at_once()
    {
        var (helper, citizen) = (await site.AsAsync(await site.HelperAsync()), await site.CitizenAsync());
        var id = await OpenAsync(helper, Ask(citizen));
        var first = (await site.SmsAsync(id))!.Value.Code;
        using var early = await helper.PostAsync($"{Api}/{id}/consent-code", null, Ct);
        Assert.Equal(HttpStatusCode.TooManyRequests, early.StatusCode);
        await site.DatabaseAsync(db => db.OneTimeCodes.Where(c => c.BoundTo == AssistedDesk.BoundTo(id)).ExecuteUpdateAsync(c => c.SetProperty(x => x.ResendAfter, site.Clock.GetUtcNow())));
        await BodyAsync(await helper.PostAsync($"{Api}/{id}/consent-code", null, Ct));
        var second = (await site.SmsAsync(id))!.Value.Code;
        if (first != second)
            Assert.Equal(HttpStatusCode.BadRequest, (await ConsentAsync(helper, id, first)).StatusCode);
        await BodyAsync(await ConsentAsync(helper, id, second));
        await RefusedAsync(await helper.PostAsync($"{Api}/{id}/consent-code", null, Ct), 409, "IDN-0504");
    }

    [Fact]
    public async Task Of_many_right_answers_at_once_one_starts_the_session()
    {
        await using var ear = await Ear.OnAsync<AssistedSessionStarted>(site);
        var (helper, citizen) = (await site.AsAsync(await site.HelperAsync()), await site.CitizenAsync());
        var id = await OpenAsync(helper, Ask(citizen));
        var code = (await site.SmsAsync(id))!.Value.Code;
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ConsentAsync(helper, id, code)));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        await ear.HearAsync(e => e.SessionId == id);
        Assert.Single(ear.All, e => e.SessionId == id);
    }

    [Fact]
    public async Task A_consent_that_could_not_be_saved_can_be_given_again()
    {
        var (helper, citizen) = (await site.AsAsync(await site.HelperAsync()), await site.CitizenAsync());
        var id = await OpenAsync(helper, Ask(citizen));
        var code = (await site.SmsAsync(id))!.Value.Code;
        using var stale = new HttpRequestMessage(HttpMethod.Post, $"{Api}/{id}/consent") { Content = JsonContent.Create(new { code }) };
        stale.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        await RefusedAsync(await helper.SendAsync(stale, Ct), 412, "CMN-0412");
        await BodyAsync(await ConsentAsync(helper, id, code));
    }

    [Fact]
    public async Task The_code_that_consents_also_proves_the_telephone_of_an_account_that_is_opened()
    {
        await using var ear = await Ear.OnAsync<AccountRegistered>(site);
        var (helper, number, phone) = (await site.AsAsync(await site.HelperAsync()), NewNumber(), NewPhone());
        var id = await OpenAsync(helper, Ask(number, "Ông Chưa Có", ["account.open", "dossier.fill"], phone));
        Assert.Equal("+84" + phone[1..], (await site.SmsAsync(id, phone))!.Value.Phone);
        var body = await BodyAsync(await ConsentAsync(helper, id, (await site.SmsAsync(id, phone))!.Value.Code));
        Assert.Equal(1, body.GetProperty("deeds").GetProperty("account.open").GetInt32());

        var account = await site.DatabaseAsync(async db =>
        {
            var citizen = await db.AssistedSessions.Where(s => s.Id == id).Select(s => s.CitizenId).SingleAsync();
            return await db.Accounts.SingleAsync(a => a.Id == citizen);
        });
        Assert.Equal(("Ông Chưa Có", "+84" + phone[1..], 1, ""), (account.DisplayName, account.Phone, account.Level, account.PasswordHash));
        Assert.Equal(number[8..], site.Numbers().Of(account)!.LastFour);
        await ear.HearAsync(e => e.AccountId == account.Id);
        Assert.Equal(["account-terms", "assisted-session"], await site.DatabaseAsync(db =>
            db.Consents.Where(c => c.AccountId == account.Id && c.Granted).Select(c => c.Purpose).Order().ToListAsync()));
        Assert.Null(await site.DatabaseAsync(db => db.AssistedSessions.Where(s => s.Id == id).Select(s => s.SealedOpening).SingleAsync()));
    }

    [Fact]
    public async Task Who_registers_meanwhile_keeps_the_only_account()
    {
        var (helper, number, phone) = (await site.AsAsync(await site.HelperAsync()), NewNumber(), NewPhone());
        var id = await OpenAsync(helper, Ask(number, "Ông Nhanh Tay", ["account.open"], phone));
        var code = (await site.SmsAsync(id, phone))!.Value.Code;
        var quick = await site.PersonAsync(name: "Ông Nhanh Tay");
        await site.DatabaseAsync(async db =>
        {
            site.Numbers().Set(await db.Accounts.SingleAsync(a => a.Id == quick.Id), HaLong.Identity.Domain.PersonalNumber.TryParse(number)!);
            return await db.SaveChangesAsync();
        });
        using var answer = await ConsentAsync(helper, id, code);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var index = site.Numbers().IndexOf(HaLong.Identity.Domain.PersonalNumber.TryParse(number)!);
        Assert.Equal(1, await site.DatabaseAsync(db => db.Accounts.CountAsync(a => a.PersonalNumberIndex == index)));
    }

    private static string Wrong(string code) => code == "000000" ? "000001" : "000000";
}
