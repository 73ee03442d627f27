using System.Net;
using System.Text.Json;
using HaLong.Identity.Organisations;
using HaLong.Identity.Tests.Delegations;
using HaLong.Identity.Tests.Staff;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Organisations;

public sealed class RegisterOrganisationTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private const string Path = "/api/v1/me/organisations";

    [Fact]
    public async Task A_verified_citizen_registers_an_organisation_and_it_opens_nothing_yet()
    {
        var (person, code) = (await site.VerifiedAsync(), OrganisationKit.NewCode());

        var filed = (await site.RegisterAsync(person, code)).Expect(HttpStatusCode.Accepted);

        var claim = filed["claim"];
        Assert.Equal((code, "claimed", 1, "06688", "+842033825123"), (claim.GetProperty("taxCode").GetString(), claim.GetProperty("state").GetString(),
            claim.GetProperty("level").GetInt32(), claim.GetProperty("unit").GetString(), claim.GetProperty("phone").GetString()));
        Assert.Equal($"/api/v1/me/organisation-claims/{claim.GetProperty("id").GetGuid()}", filed.Location);
        Assert.Equal(claim.ToString(), (await site.GetAsync(filed.Location!, await site.StrongAsync(person))).Expect(HttpStatusCode.OK).Text);
        Assert.Empty(await site.MineAsync(person));
        Assert.Equal(0, await site.DatabaseAsync(db => db.Accounts.CountAsync(a => a.TaxCode == code)));
    }

    [Fact]
    public async Task Fifty_registrations_of_one_code_at_once_are_one_claim_and_with_several_people_one_organisation()
    {
        var code = OrganisationKit.NewCode();
        var people = new List<TestPerson>();
        for (var i = 0; i < 5; i++)
            people.Add(await site.VerifiedAsync());
        var tokens = await Task.WhenAll(people.Select(site.StrongAsync));

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => site.CallAsync(HttpMethod.Post, Path, tokens[i % 5], OrganisationKit.Form(code))));

        Assert.All(answers, a => a.Expect(HttpStatusCode.Accepted));
        var claims = answers.Select(a => a["claim"].GetProperty("id").GetGuid()).Distinct().ToList();
        Assert.Equal(5, claims.Count);
        Assert.Equal(5, await site.DatabaseAsync(db => db.OrganisationClaims.CountAsync(c => c.CodeKey == code)));

        // The counter says yes to all of them at the same moment.
        string[] officials = [await site.ReceptionAsync(), await site.ChiefAsync()];
        var decided = await Task.WhenAll(claims.SelectMany(c => officials.Select(o => site.VerifyAsync(o, c))));

        Assert.Single(decided, d => d.Status == HttpStatusCode.OK);
        Assert.All(decided.Where(d => d.Status != HttpStatusCode.OK), d => Assert.Contains(d.Code, new[] { "IDN-1157", "IDN-1156", "CMN-0409" }));
        Assert.Equal(1, await site.DatabaseAsync(db => db.Accounts.CountAsync(a => a.TaxCode == code)));
        Assert.Equal(1, await site.DatabaseAsync(db => db.OrganisationClaims.CountAsync(c => c.CodeKey == code && c.State == ClaimState.Verified)));
    }

    [Fact]
    public async Task A_code_that_is_known_gets_the_same_answer_and_only_its_representative_is_told()
    {
        var (legal, other, code) = (await site.VerifiedAsync(phone: "+84912000111"), await site.VerifiedAsync(), OrganisationKit.NewCode());
        await site.OrganisationAsync(legal, code);

        var known = await site.RegisterAsync(other, code);
        var unknown = await site.RegisterAsync(other);

        Assert.Equal((unknown.Status, Shape(unknown)), (known.Status, Shape(known)));
        Assert.Equal("organisation-claimed", (await site.Phones.NoticeAsync("+84912000111", "organisation-claimed")).Template);
        // Not more than once a day, whoever else comes.
        await site.ClaimAsync(await site.VerifiedAsync(), code);
        var claims = await site.DatabaseAsync(db => db.OrganisationClaims.CountAsync());
        await Eventually.Async(() => site.DatabaseAsync(async db => await db.Database.SqlQueryRaw<int>(
            "SELECT count(*)::int AS \"Value\" FROM inbox_message WHERE endpoint LIKE '%warn-representatives'").SingleAsync() == claims), $"{nameof(WarnRepresentatives)} has heard of all claims");
        Assert.Single(site.Phones.NoticesOf("+84912000111"), n => n.Template == "organisation-claimed");
    }

    [Fact]
    public async Task The_same_key_gets_the_same_answer_and_another_body_under_it_is_refused()
    {
        var (person, code, key) = (await site.VerifiedAsync(), OrganisationKit.NewCode(), Guid.CreateVersion7().ToString());

        var (first, again) = (await site.RegisterAsync(person, code, key), await site.RegisterAsync(person, code, key));

        Assert.Equal((first.Status, first.Text), (again.Status, again.Text));
        (await site.RegisterAsync(person, OrganisationKit.NewCode(), key)).Refused(HttpStatusCode.UnprocessableEntity, "CMN-0422");
        // Without a key it is the same claim all the same.
        Assert.Equal(first["claim"].ToString(), (await site.RegisterAsync(person, code))["claim"].ToString());
    }

    [Fact]
    public async Task Who_is_not_surely_known_or_did_not_prove_it_strongly_registers_nothing()
    {
        var person = await site.PersonAsync();
        (await site.RegisterAsync(person)).Refused(HttpStatusCode.Forbidden, "IDN-1153");
        await site.LevelAsync(person, 2);
        (await site.CallAsync(HttpMethod.Post, Path, await site.TokenAsync(person.UserName), OrganisationKit.Form())).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
        (await site.CallAsync(HttpMethod.Post, Path, await site.ReceptionAsync(), OrganisationKit.Form())).Refused(HttpStatusCode.Forbidden, "CMN-0403");
        (await site.RegisterAsync(person)).Expect(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task An_organisation_registers_no_organisation()
    {
        var firm = await site.PersonAsync(HaLong.ServiceDefaults.Roles.Organisation);
        (await site.RegisterAsync(firm)).Refused(HttpStatusCode.Forbidden, "IDN-1152");
    }

    [Fact]
    public async Task What_is_wrong_is_told_field_by_field_and_a_unit_must_exist_today()
    {
        var token = await site.StrongAsync(await site.VerifiedAsync());
        var refused = (await site.CallAsync(HttpMethod.Post, Path, token, OrganisationKit.Form("12", ("unit", "99999"), ("name", "")))).Refused(HttpStatusCode.BadRequest, "IDN-1151");
        Assert.Equal(["name", "taxCode", "unit"], refused.Fields.Order());
        Assert.Equal(["unit"], (await site.CallAsync(HttpMethod.Post, Path, token, OrganisationKit.Form(null, ("unit", null)))).Refused(HttpStatusCode.BadRequest, "IDN-1151").Fields);
    }

    [Fact]
    public async Task A_wrong_check_digit_only_warns()
    {
        var token = await site.StrongAsync(await site.VerifiedAsync());
        var filed = (await site.CallAsync(HttpMethod.Post, Path, token, OrganisationKit.Form("0301450087"))).Expect(HttpStatusCode.Accepted);
        Assert.Equal("CHECKSUM", filed["warnings"][0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_household_business_trades_under_its_owners_number_which_nobody_sees_in_full()
    {
        var person = await site.VerifiedAsync("Vũ Thị Hộ");
        var filed = await site.CallAsync(HttpMethod.Post, Path, await site.StrongAsync(person), OrganisationKit.Form(person.Number));
        Assert.DoesNotContain(person.Number, filed.Expect(HttpStatusCode.Accepted).Text, StringComparison.Ordinal);
        var claim = filed["claim"].GetProperty("id").GetGuid();

        var organisation = (await site.VerifyAsync(await site.ReceptionAsync(), claim)).Expect(HttpStatusCode.OK)["claim"].GetProperty("organisationId").GetGuid();

        var shown = (await site.GetAsync($"/api/v1/organisations/{organisation}", await site.StrongAsync(person))).Expect(HttpStatusCode.OK);
        Assert.Equal(Masked(person.Number), shown["taxCode"].GetString());
        Assert.Equal(0, await site.DatabaseAsync(db => db.Accounts.CountAsync(a => a.TaxCode == person.Number)));
        // Claimed once more it is the same business.
        (await site.VerifyAsync(await site.ReceptionAsync(), (await site.CallAsync(HttpMethod.Post, Path, await site.StrongAsync(person), OrganisationKit.Form(person.Number)))
            ["claim"].GetProperty("id").GetGuid())).Refused(HttpStatusCode.Conflict, "IDN-1157");
    }

    [Fact]
    public async Task Ten_claims_a_day_are_enough()
    {
        var person = await site.VerifiedAsync();
        var codes = Enumerable.Range(0, 10).Select(_ => OrganisationKit.NewCode()).ToList();
        foreach (var code in codes)
            await site.ClaimAsync(person, code);

        (await site.RegisterAsync(person)).Refused(HttpStatusCode.TooManyRequests, "IDN-1154");
        // What is claimed already is no further claim.
        (await site.RegisterAsync(person, codes[0])).Expect(HttpStatusCode.Accepted);
        await site.DatabaseAsync(db => db.OrganisationClaims.Where(c => c.ClaimantId == person.Id).ExecuteUpdateAsync(
            c => c.SetProperty(x => x.FiledAt, site.Clock.GetUtcNow().AddDays(-2))));
        (await site.RegisterAsync(person)).Expect(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Claims_are_listed_over_pages_withdrawn_once_and_nobody_elses_to_see()
    {
        var (person, stranger) = (await site.VerifiedAsync(), await site.StrongAsync(await site.VerifiedAsync()));
        var (first, second) = (await site.ClaimAsync(person), await site.ClaimAsync(person));
        var token = await site.StrongAsync(person);
        const string claims = "/api/v1/me/organisation-claims";

        var page = await site.GetAsync(claims + "?limit=1", token);
        var rest = await site.GetAsync($"{claims}?limit=1&after={page["after"].GetString()}", token);
        Assert.Equal([second, first], page.Items.Concat(rest.Items).Select(c => c.GetProperty("id").GetGuid()));
        Assert.Empty((await site.GetAsync(claims, stranger)).Items);
        (await site.GetAsync(claims + "?after=nonsense", token)).Refused(HttpStatusCode.BadRequest, "CMN-0400");
        (await site.GetAsync($"{claims}/{first}", stranger)).Refused(HttpStatusCode.NotFound, "IDN-1155");
        (await site.CallAsync(HttpMethod.Delete, $"{claims}/{first}", stranger)).Refused(HttpStatusCode.NotFound, "IDN-1155");
        (await site.CallAsync(HttpMethod.Delete, $"{claims}/{first}", token, ifMatch: "\"1\"")).Refused(HttpStatusCode.PreconditionFailed, "CMN-0412");

        (await site.CallAsync(HttpMethod.Delete, $"{claims}/{first}", token)).Expect(HttpStatusCode.NoContent);
        (await site.CallAsync(HttpMethod.Delete, $"{claims}/{first}", token)).Refused(HttpStatusCode.Conflict, "IDN-1156");
        (await site.VerifyAsync(await site.ReceptionAsync(), first)).Refused(HttpStatusCode.Conflict, "IDN-1156");
    }

    private static string Masked(string number) => HaLong.Identity.Domain.PersonalNumber.TryParse(number)!.ToString();

    // Everything but what is different for each claim by itself.
    private static string Shape(Reply reply)
    {
        var claim = reply["claim"].EnumerateObject().Where(p => p.Name is not ("id" or "filedAt" or "taxCode" or "version")).Select(p => $"{p.Name}={p.Value}");
        return string.Join(';', claim) + JsonSerializer.Serialize(reply["warnings"]);
    }
}
