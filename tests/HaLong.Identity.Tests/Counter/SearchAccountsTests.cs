using System.Net;
using HaLong.Identity.Tests.Administration;
using HaLong.Identity.Tests.Delegations;
using HaLong.Identity.Tests.Organisations;
using HaLong.Identity.Tests.Staff;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Counter;

public sealed class SearchAccountsTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private const string Path = "/api/v1/admin/account-searches";
    private const string Note = "Công dân đến quầy xin xác minh";

    private async Task<Reply> SearchAsync(object body, string? token = null) => await site.CallAsync(HttpMethod.Post, Path, token ?? await site.ReceptionAsync(), body);

    private static object ByNumber(string number) => new { personalNumber = number, purpose = "counter-verification", note = Note };

    private static object ByPhone(string phone) => new { phone, purpose = "counter-verification", note = Note };

    [Fact]
    public async Task A_whole_number_finds_the_person_masked_and_the_person_reads_who_searched()
    {
        var person = await site.PersonAsync(name: "Nguyễn Thị Bích Hằng", phone: "+84912000411");

        var found = (await SearchAsync(ByNumber(person.Number))).Expect(HttpStatusCode.OK);

        var one = Assert.Single(found.Items);
        Assert.Equal((person.Id, "citizen", "N. T. B. Hằng", 1), (one.GetProperty("id").GetGuid(), one.Text("kind"), one.Text("name"), one.GetProperty("level").GetInt32()));
        Assert.Equal((HaLong.Identity.Domain.PersonalNumber.TryParse(person.Number)!.ToString(), "•••••••••411"), (one.Text("personalNumber"), one.Text("phone")));
        Assert.DoesNotContain(person.Number, found.Text, StringComparison.Ordinal);
        var seen = (await site.GetAsync("/api/v1/me/access-log", await site.TokenAsync(person.UserName))).Items[0];
        Assert.Equal(("account-search", "counter-verification", Note, "reception", "06688"), (seen.Text("what"), seen.Text("purpose"), seen.Text("note"),
            seen.GetProperty("actor").Text("role"), seen.GetProperty("actor").Text("unitCode")));
    }

    [Fact]
    public async Task A_telephone_finds_the_family_however_it_is_written_and_a_part_of_it_nobody()
    {
        var (one, other) = (await site.PersonAsync(phone: "+84912000412"), await site.PersonAsync(phone: "0912000412"));

        foreach (var written in new[] { "0912 000 412", "+84912000412", "0084 912 000 412" })
            Assert.Equal([one.Id, other.Id], (await SearchAsync(ByPhone(written))).Expect(HttpStatusCode.OK).Items.Select(i => i.GetProperty("id").GetGuid()).Order());
        Assert.Equal(["phone"], (await SearchAsync(ByPhone("0912000"))).Refused(HttpStatusCode.BadRequest, "IDN-1171").Fields);
        Assert.Equal(["personalNumber"], (await SearchAsync(ByNumber(one.Number[..11]))).Refused(HttpStatusCode.BadRequest, "IDN-1171").Fields);
        Assert.Empty((await SearchAsync(ByPhone("0912000499"))).Items);
    }

    [Fact]
    public async Task A_tax_code_finds_the_organisation_and_a_number_also_the_household_business_of_its_owner()
    {
        var (legal, code) = (await site.VerifiedAsync(), OrganisationKit.NewCode());
        var firm = await site.OrganisationAsync(legal, code);
        var household = await site.OrganisationAsync(legal, legal.Number);
        object ByCode(string taxCode) => new { taxCode, purpose = "organisation-verification", note = Note };

        var found = Assert.Single((await SearchAsync(ByCode(code))).Expect(HttpStatusCode.OK).Items);
        Assert.Equal((firm, code, "Công ty TNHH Thử Nghiệm", "organisation"), (found.GetProperty("id").GetGuid(), found.Text("taxCode"), found.Text("name"), found.Text("kind")));
        Assert.Equal([legal.Id, household], (await SearchAsync(ByNumber(legal.Number))).Items.Select(i => i.GetProperty("id").GetGuid()).Order());
        Assert.Equal(["taxCode"], (await SearchAsync(ByCode(legal.Number))).Refused(HttpStatusCode.BadRequest, "IDN-1171").Fields);
        Assert.Equal(["taxCode"], (await SearchAsync(ByCode("1"))).Refused(HttpStatusCode.BadRequest, "IDN-1171").Fields);
    }

    [Fact]
    public async Task Officials_helpers_and_closed_accounts_are_not_found()
    {
        var gone = await site.PersonAsync();
        await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == gone.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.IsClosed, true)));
        foreach (var body in new[] { ByNumber(gone.Number), ByNumber("022088000456"), ByPhone("0901000002"), ByNumber(People.NewNumber()) })
            Assert.Empty((await SearchAsync(body)).Expect(HttpStatusCode.OK).Items);
    }

    [Fact]
    public async Task Exactly_one_thing_is_searched_for_with_a_purpose_and_a_reason()
    {
        Assert.Equal(["note", "personalNumber", "purpose"], (await SearchAsync(new { })).Refused(HttpStatusCode.BadRequest, "IDN-1171").Fields.Order());
        Assert.Equal(["note", "personalNumber", "purpose"], (await SearchAsync(new { personalNumber = "022088000456", phone = "0901000002", purpose = "curiosity", note = "ngắn" }))
            .Refused(HttpStatusCode.BadRequest, "IDN-1171").Fields.Order());
    }

    [Theory]
    [InlineData("citizen")]
    [InlineData("helper")]
    [InlineData("officer")]
    [InlineData("approver")]
    [InlineData("leader")]
    [InlineData("auditor")]
    [InlineData("administrator")]
    public async Task Who_does_not_stand_at_the_counter_searches_for_nobody(string role) =>
        (await SearchAsync(ByNumber("022088000456"), await site.TokenAsync(role, strong: true))).Expect(HttpStatusCode.Forbidden);

    [Fact]
    public async Task One_factor_is_not_enough_and_neither_is_a_token_without_a_unit()
    {
        (await SearchAsync(ByNumber("022088000456"), await site.TokenAsync("reception"))).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
        var unitless = await site.PersonAsync();
        (await SearchAsync(ByNumber("022088000456"), await site.TokenAsync(unitless.UserName, strong: true, roles: ["reception"]))).Expect(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Sixty_searches_an_hour_are_enough_also_fruitless_ones_and_at_once()
    {
        await site.OfficialAsync("busy.searcher", ("06688", ["chief"]));
        var token = await site.TokenAsync("busy.searcher", strong: true);
        var nobody = ByNumber(People.NewNumber());

        var answers = await Task.WhenAll(Enumerable.Range(0, 65).Select(_ => SearchAsync(nobody, token)));

        Assert.Equal(60, answers.Count(a => a.Status == HttpStatusCode.OK));
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => a.Refused(HttpStatusCode.TooManyRequests, "IDN-1172"));
        // Others are not held back.
        (await SearchAsync(nobody)).Expect(HttpStatusCode.OK);
    }
}
