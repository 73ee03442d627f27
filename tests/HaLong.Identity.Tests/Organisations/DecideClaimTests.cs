using System.Net;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Tests.Administration;
using HaLong.Identity.Tests.Delegations;
using HaLong.Identity.Tests.Staff;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Organisations;

public sealed class DecideClaimTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private const string Queue = "/api/v1/admin/organisation-claims";

    private Task<Reply> RefuseAsync(string token, Guid claim, string? reason = "Giấy chứng nhận không hợp lệ") =>
        site.CallAsync(HttpMethod.Post, $"{Queue}/{claim}/refusal", token, new { reason });

    [Fact]
    public async Task The_counter_makes_an_organisation_of_a_claim_and_everybody_hears_of_it()
    {
        await using var registered = await Ear.OnAsync<OrganisationRegistered>(site);
        await using var verified = await Ear.OnAsync<AccountVerified>(site);
        await using var changed = await Ear.OnAsync<RepresentativesChanged>(site);
        var (person, code) = (await site.VerifiedAsync(phone: "+84912000211"), OrganisationKit.NewCode());
        var claim = await site.ClaimAsync(person, code);

        var decided = (await site.VerifyAsync(await site.ReceptionAsync(), claim)).Expect(HttpStatusCode.OK);

        var id = decided["claim"].GetProperty("organisationId").GetGuid();
        Assert.Equal(("verified", 2, true), (decided["claim"].GetProperty("state").GetString(), decided["claim"].GetProperty("level").GetInt32(), decided["codeIsTaken"].GetBoolean()));
        var (organisation, account, legal) = await site.DatabaseAsync(async db => (
            await db.Organisations.SingleAsync(o => o.AccountId == id), await db.Accounts.SingleAsync(a => a.Id == id), await db.Representatives.SingleAsync(r => r.OrganisationId == id)));
        Assert.Equal(("organisation", 2, code, "Công ty TNHH Thử Nghiệm", ""), (account.Kind, account.Level, account.TaxCode, account.DisplayName, account.PasswordHash));
        Assert.Equal(("5701234567/GCN", new DateOnly(2020, 3, 2), "LT-2026/118", 32, "06688"),
            (organisation.CertificateNumber, organisation.CertificateDate, organisation.ScanReference, organisation.ScanSha256!.Length, organisation.UnitCode));
        Assert.Equal((person.Id, "legal", true), (legal.AccountId, legal.Kind, legal.IsActiveOn(site.Today())));

        Assert.Equal((person.Id, "06688"), await registered.HearAsync(e => e.OrganisationId == id) is var r ? (r.LegalRepresentativeId, r.UnitCode) : default);
        Assert.Equal((2, "counter", "06688"), await verified.HearAsync(e => e.AccountId == id) is var v ? (v.Level, v.Method, v.UnitCode) : default);
        Assert.Equal(("added", "legal"), await changed.HearAsync(e => e.OrganisationId == id) is var c ? (c.Change, c.Kind) : default);
        Assert.Equal("vi", (await site.Phones.NoticeAsync("+84912000211", "organisation-verified")).Language);
        var audit = Assert.Single(await site.AuditOfAsync(id.ToString()));
        Assert.Equal(("organisation.verified", "06688"), (audit.Text("action"), audit.Text("actorUnit")));
        Assert.Equal([("active", id)], (await site.MineAsync(person)).Select(m => (m.Text("state"), m.GetProperty("organisationId").GetGuid())));
    }

    [Fact]
    public async Task The_same_decision_twice_is_one_and_under_its_key_the_same_answer()
    {
        var claim = await site.ClaimAsync(await site.VerifiedAsync());
        var (token, key) = (await site.ReceptionAsync(), Guid.CreateVersion7().ToString());

        var first = (await site.VerifyAsync(token, claim, key: key)).Expect(HttpStatusCode.OK);
        Assert.Equal(first.Text, (await site.VerifyAsync(token, claim, key: key)).Expect(HttpStatusCode.OK).Text);
        (await site.VerifyAsync(token, claim)).Refused(HttpStatusCode.Conflict, "IDN-1156");
        (await RefuseAsync(token, claim)).Refused(HttpStatusCode.Conflict, "IDN-1156");
    }

    [Fact]
    public async Task A_refusal_says_why_and_opens_nothing_and_the_code_stays_free()
    {
        var (person, code) = (await site.VerifiedAsync(phone: "+84912000212"), OrganisationKit.NewCode());
        var claim = await site.ClaimAsync(person, code);
        var token = await site.ChiefAsync();
        foreach (var reason in new[] { null, "ngắn", new string('x', 501) })
            Assert.Equal(["reason"], (await RefuseAsync(token, claim, reason)).Refused(HttpStatusCode.BadRequest, "IDN-1168").Fields);

        (await RefuseAsync(token, claim)).Expect(HttpStatusCode.OK);

        var seen = await site.GetAsync($"/api/v1/me/organisation-claims/{claim}", await site.StrongAsync(person));
        Assert.Equal(("refused", "Giấy chứng nhận không hợp lệ", 0), (seen["state"].GetString(), seen["reason"].GetString(), seen["level"].GetInt32()));
        await site.Phones.NoticeAsync("+84912000212", "organisation-refused");
        Assert.Empty(await site.MineAsync(person));
        (await site.VerifyAsync(token, await site.ClaimAsync(person, code))).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_evidence_must_be_complete()
    {
        var claim = await site.ClaimAsync(await site.VerifiedAsync());
        var token = await site.ReceptionAsync();
        Assert.Equal(["certificateDate", "certificateNumber"], (await site.VerifyAsync(token, claim, new { })).Refused(HttpStatusCode.BadRequest, "IDN-1168").Fields.Order());
        Assert.Equal(["certificateDate"], (await site.VerifyAsync(token, claim, OrganisationKit.Certificate(date: site.Today().AddDays(1)))).Refused(HttpStatusCode.BadRequest, "IDN-1168").Fields);
        (await site.VerifyAsync(token, claim, ifMatch: "\"1\"")).Refused(HttpStatusCode.PreconditionFailed, "CMN-0412");
    }

    [Fact]
    public async Task A_claim_belongs_to_the_unit_where_the_papers_are_shown()
    {
        var person = await site.VerifiedAsync();
        var claim = await site.ClaimAsync(person);
        var (here, elsewhere) = (await site.ReceptionAsync(), await site.ElsewhereAsync());

        (await site.GetAsync($"{Queue}/{claim}", elsewhere)).Refused(HttpStatusCode.NotFound, "IDN-1155");
        (await site.VerifyAsync(elsewhere, claim)).Refused(HttpStatusCode.NotFound, "IDN-1155");
        (await RefuseAsync(elsewhere, claim)).Refused(HttpStatusCode.NotFound, "IDN-1155");
        Assert.DoesNotContain((await site.GetAsync($"{Queue}?limit=100", elsewhere)).Items, c => c.GetProperty("id").GetGuid() == claim);
        Assert.Contains((await site.GetAsync($"{Queue}?limit=100", here)).Items, c => c.GetProperty("id").GetGuid() == claim);

        var shown = (await site.GetAsync($"{Queue}/{claim}", here)).Expect(HttpStatusCode.OK);
        Assert.Equal((person.Name, 2, false), (shown["claimant"].GetProperty("name").GetString(), shown["claimant"].GetProperty("level").GetInt32(), shown["codeIsTaken"].GetBoolean()));
        Assert.DoesNotContain(person.Number, shown.Text, StringComparison.Ordinal);
        var log = (await site.GetAsync("/api/v1/me/access-log", await site.StrongAsync(person))).Items;
        Assert.Equal(("organisation-claim", "organisation-verification"), (log[0].Text("what"), log[0].Text("purpose")));
    }

    [Theory]
    [InlineData("citizen")]
    [InlineData("officer")]
    [InlineData("approver")]
    [InlineData("cashier")]
    [InlineData("administrator")]
    [InlineData("helper")]
    public async Task Other_roles_have_no_say(string role)
    {
        var token = await site.TokenAsync(role, strong: true);
        var claim = await site.ClaimAsync(await site.VerifiedAsync());
        (await site.GetAsync(Queue, token)).Expect(HttpStatusCode.Forbidden);
        (await site.VerifyAsync(token, claim)).Expect(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task One_factor_is_not_enough_to_read_or_decide()
    {
        var claim = await site.ClaimAsync(await site.VerifiedAsync());
        var weak = await site.TokenAsync("reception");
        (await site.GetAsync($"{Queue}/{claim}", weak)).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
        (await site.VerifyAsync(weak, claim)).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
        (await RefuseAsync(weak, claim)).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
    }

    [Fact]
    public async Task Nobody_decides_for_his_own_household()
    {
        // The telephone of the reception officer, written in another way.
        var close = await site.ClaimAsync(await site.VerifiedAsync(phone: "+84901000003"));
        (await site.VerifyAsync(await site.ReceptionAsync(), close)).Refused(HttpStatusCode.Forbidden, "IDN-1158");
        (await RefuseAsync(await site.ReceptionAsync(), close)).Refused(HttpStatusCode.Forbidden, "IDN-1158");
        (await site.VerifyAsync(await site.ChiefAsync(), close)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whose_verification_was_undone_meanwhile_gets_no_organisation()
    {
        var person = await site.VerifiedAsync();
        var claim = await site.ClaimAsync(person);
        await site.LevelAsync(person, 1);
        (await site.VerifyAsync(await site.ReceptionAsync(), claim)).Refused(HttpStatusCode.Forbidden, "IDN-1153");
    }

    [Fact]
    public async Task The_queue_is_read_by_state_over_pages_oldest_first()
    {
        const string unit = "06673";
        await site.OfficialAsync("queue.reader", (unit, ["chief"]));
        var token = await site.TokenAsync("queue.reader", strong: true);
        var person = await site.VerifiedAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add((await site.CallAsync(HttpMethod.Post, "/api/v1/me/organisations", await site.StrongAsync(person), OrganisationKit.Form(null, ("unit", unit))))
                .Expect(HttpStatusCode.Accepted)["claim"].GetProperty("id").GetGuid());
        }

        (await RefuseAsync(token, ids[1])).Expect(HttpStatusCode.OK);
        var first = await site.GetAsync($"{Queue}?limit=1", token);
        var second = await site.GetAsync($"{Queue}?limit=1&after={first["after"].GetString()}", token);

        Assert.Equal([ids[0], ids[2]], first.Items.Concat(second.Items).Select(c => c.GetProperty("id").GetGuid()));
        Assert.Equal([ids[1]], (await site.GetAsync($"{Queue}?state=refused", token)).Items.Select(c => c.GetProperty("id").GetGuid()));
        (await site.GetAsync($"{Queue}?state=lost", token)).Refused(HttpStatusCode.BadRequest, "IDN-1168");
        (await site.GetAsync($"{Queue}?limit=0", token)).Refused(HttpStatusCode.BadRequest, "CMN-0400");
        (await site.GetAsync($"{Queue}?after=x", token)).Refused(HttpStatusCode.BadRequest, "CMN-0400");
    }
}
