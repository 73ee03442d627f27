using System.Net;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Organisations;
using HaLong.Identity.Tests.Administration;
using HaLong.Identity.Tests.Delegations;
using HaLong.Identity.Tests.Staff;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Organisations;

public sealed class RepresentativeTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static string Path(Guid organisation, Guid? representative = null) =>
        $"/api/v1/organisations/{organisation}/representatives" + (representative is null ? "" : "/" + representative);

    private async Task<(TestPerson Legal, Guid Organisation)> FirmAsync()
    {
        var legal = await site.VerifiedAsync();
        return (legal, await site.OrganisationAsync(legal));
    }

    [Fact]
    public async Task The_legal_representative_authorises_somebody_who_must_agree()
    {
        await using var heard = await Ear.OnAsync<RepresentativesChanged>(site);
        var (legal, firm) = await FirmAsync();
        var clerk = await site.VerifiedAsync("Đỗ Văn Nhân");
        var token = await site.StrongAsync(legal);

        var invited = (await site.InviteAsync(token, firm, clerk, to: site.Day(60))).Expect(HttpStatusCode.Created);
        var id = invited["id"].GetGuid();
        Assert.Equal(("invited", "authorised", "Đỗ Văn Nhân"), (invited["state"].GetString(), invited["kind"].GetString(), invited["name"].GetString()));
        Assert.Equal(Path(firm, id), invited.Location);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, invited["accountId"].ValueKind);
        Assert.Equal([("invited", "authorised")], (await site.MineAsync(clerk)).Select(m => (m.Text("state"), m.Text("kind"))));
        (await site.GetAsync($"/api/v1/organisations/{firm}", await site.StrongAsync(clerk))).Refused(HttpStatusCode.NotFound, "IDN-1159");

        Assert.Equal("active", (await site.AnswerAsync(await site.StrongAsync(clerk), id, "acceptance")).Expect(HttpStatusCode.OK)["state"].GetString());

        var shown = (await site.GetAsync(Path(firm, id), token)).Expect(HttpStatusCode.OK);
        Assert.Equal((clerk.Id, "active"), (shown["accountId"].GetGuid(), shown["state"].GetString()));
        Assert.Equal("Công ty TNHH Thử Nghiệm", (await site.GetAsync($"/api/v1/organisations/{firm}", await site.StrongAsync(clerk))).Expect(HttpStatusCode.OK)["name"].GetString());
        await heard.HearAsync(e => e.RepresentativeId == id && e.Change == "invited" && e.AccountId == clerk.Id);
        await heard.HearAsync(e => e.RepresentativeId == id && e.Change == "added");
    }

    [Fact]
    public async Task Whether_the_number_is_known_does_not_show_and_who_registers_later_finds_the_invitation()
    {
        var (legal, firm) = await FirmAsync();
        var token = await site.StrongAsync(legal);
        var known = await site.VerifiedAsync("Lê Thị Biết");
        var number = People.NewNumber();
        var later = new TestPerson(Guid.Empty, "", number, "Lê Thị Biết");

        var one = (await site.InviteAsync(token, firm, known)).Expect(HttpStatusCode.Created);
        var other = (await site.InviteAsync(token, firm, later)).Expect(HttpStatusCode.Created);
        var slip = (await site.InviteAsync(token, firm, await site.VerifiedAsync("Ai Đó Khác"), name: "Lê Thị Biết")).Expect(HttpStatusCode.Created);
        static string Shape(Reply r) => string.Join(';', r.Json.EnumerateObject().Where(p => p.Name is not ("id" or "addedAt" or "version")).Select(p => $"{p.Name}={p.Value}"));
        Assert.Equal(Shape(one), Shape(other));
        Assert.Equal(Shape(one), Shape(slip));

        var registered = await site.PersonWithAsync(number, "LE THI BIET");
        await site.LevelAsync(registered, 2);
        var found = Assert.Single(await site.MineAsync(registered));
        (await site.AnswerAsync(await site.StrongAsync(registered), found.GetProperty("id").GetGuid(), "acceptance")).Expect(HttpStatusCode.OK);
        Assert.Equal("active", Assert.Single(await site.MineAsync(registered)).Text("state"));
    }

    [Fact]
    public async Task Who_declines_or_is_not_surely_known_does_not_represent()
    {
        var (legal, firm) = await FirmAsync();
        var clerk = await site.PersonAsync();
        var id = (await site.InviteAsync(await site.StrongAsync(legal), firm, clerk)).Expect(HttpStatusCode.Created)["id"].GetGuid();

        (await site.AnswerAsync(await site.StrongAsync(clerk), id, "acceptance")).Refused(HttpStatusCode.Forbidden, "IDN-1153");
        (await site.AnswerAsync(await site.TokenAsync(clerk.UserName), id, "acceptance")).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
        (await site.AnswerAsync(await site.StrongAsync(await site.VerifiedAsync()), id, "acceptance")).Refused(HttpStatusCode.NotFound, "IDN-1161");
        Assert.Equal("declined", (await site.AnswerAsync(await site.StrongAsync(clerk), id, "refusal")).Expect(HttpStatusCode.OK)["state"].GetString());
        (await site.AnswerAsync(await site.StrongAsync(clerk), id, "refusal")).Refused(HttpStatusCode.Conflict, "IDN-1162");
        await site.LevelAsync(clerk, 2);
        (await site.AnswerAsync(await site.StrongAsync(clerk), id, "acceptance")).Refused(HttpStatusCode.Conflict, "IDN-1162");
    }

    [Fact]
    public async Task Two_answers_at_once_are_one()
    {
        var (legal, firm) = await FirmAsync();
        var clerk = await site.VerifiedAsync();
        var id = (await site.InviteAsync(await site.StrongAsync(legal), firm, clerk)).Expect(HttpStatusCode.Created)["id"].GetGuid();
        var token = await site.StrongAsync(clerk);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => site.AnswerAsync(token, id, i % 2 == 0 ? "acceptance" : "refusal")));

        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => Assert.Contains(a.Code, new[] { "IDN-1162", "CMN-0409" }));
    }

    [Fact]
    public async Task What_is_typed_wrongly_is_told_field_by_field_and_nobody_is_invited_twice()
    {
        var (legal, firm) = await FirmAsync();
        var (token, clerk) = (await site.StrongAsync(legal), await site.VerifiedAsync());

        Assert.Equal(["from", "name", "personalNumber", "to"], (await site.CallAsync(HttpMethod.Post, Path(firm), token,
            new { personalNumber = "12", name = "", from = site.Day(-1), to = site.Day(-2) })).Refused(HttpStatusCode.BadRequest, "IDN-1160").Fields.Order());
        var key = Guid.CreateVersion7().ToString();
        var first = (await site.InviteAsync(token, firm, clerk, key: key)).Expect(HttpStatusCode.Created);
        Assert.Equal(first.Text, (await site.InviteAsync(token, firm, clerk, key: key)).Expect(HttpStatusCode.Created).Text);
        (await site.InviteAsync(token, firm, clerk)).Refused(HttpStatusCode.Conflict, "IDN-1167");
        (await site.AnswerAsync(await site.StrongAsync(clerk), first["id"].GetGuid(), "acceptance")).Expect(HttpStatusCode.OK);
        (await site.InviteAsync(token, firm, clerk)).Refused(HttpStatusCode.Conflict, "IDN-1167");
        (await site.InviteAsync(token, firm, legal)).Refused(HttpStatusCode.Conflict, "IDN-1167");
        (await site.InviteAsync(await site.TokenAsync(legal.UserName), firm, clerk)).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
    }

    [Fact]
    public async Task Twenty_invitations_a_day_are_enough()
    {
        var (legal, firm) = await FirmAsync();
        var token = await site.StrongAsync(legal);
        // The legal representative is the first of the twenty entered today.
        for (var i = 0; i < 19; i++)
            (await site.InviteAsync(token, firm, new TestPerson(Guid.Empty, "", People.NewNumber(), "Người Thứ Nhiều"))).Expect(HttpStatusCode.Created);

        (await site.InviteAsync(token, firm, new TestPerson(Guid.Empty, "", People.NewNumber(), "Người Thứ Nhiều"))).Refused(HttpStatusCode.TooManyRequests, "IDN-1166");
        var page = await site.GetAsync(Path(firm) + "?limit=15", token);
        var rest = await site.GetAsync($"{Path(firm)}?limit=15&after={page["after"].GetString()}", token);
        Assert.Equal((20, 1), (page.Items.Concat(rest.Items).Select(r => r.GetProperty("id").GetGuid()).Distinct().Count(), rest.Items.Count(r => r.Text("kind") == "legal")));
    }

    [Fact]
    public async Task Who_is_authorised_reads_but_appoints_nobody_and_may_leave()
    {
        var (legal, firm) = await FirmAsync();
        var clerk = await site.VerifiedAsync();
        var id = await site.AuthorisedAsync(firm, legal, clerk);
        var token = await site.StrongAsync(clerk);

        Assert.Equal(2, (await site.GetAsync(Path(firm), token)).Expect(HttpStatusCode.OK).Items.Count);
        (await site.InviteAsync(token, firm, await site.VerifiedAsync())).Refused(HttpStatusCode.Forbidden, "IDN-1165");
        (await site.CallAsync(HttpMethod.Delete, Path(firm, id), token)).Refused(HttpStatusCode.Forbidden, "IDN-1165");
        (await site.CallAsync(HttpMethod.Patch, $"/api/v1/organisations/{firm}", token, new { email = "x@y.example" })).Refused(HttpStatusCode.Forbidden, "IDN-1165");

        (await site.CallAsync(HttpMethod.Delete, $"/api/v1/me/organisations/{id}", token)).Expect(HttpStatusCode.NoContent);
        (await site.CallAsync(HttpMethod.Delete, $"/api/v1/me/organisations/{id}", token)).Refused(HttpStatusCode.Conflict, "IDN-1163");
        (await site.GetAsync(Path(firm), token)).Refused(HttpStatusCode.NotFound, "IDN-1159");
    }

    [Fact]
    public async Task Who_speaks_by_law_cannot_be_clicked_away_and_does_not_leave()
    {
        var (legal, firm) = await FirmAsync();
        var token = await site.StrongAsync(legal);
        var id = Assert.Single((await site.GetAsync(Path(firm), token)).Items).GetProperty("id").GetGuid();
        (await site.CallAsync(HttpMethod.Delete, Path(firm, id), token)).Refused(HttpStatusCode.Forbidden, "IDN-1164");
        (await site.CallAsync(HttpMethod.Delete, $"/api/v1/me/organisations/{id}", token)).Refused(HttpStatusCode.Forbidden, "IDN-1164");
    }

    [Fact]
    public async Task Other_peoples_organisations_and_representatives_do_not_exist()
    {
        var ((legal, firm), (_, theirs)) = (await FirmAsync(), await FirmAsync());
        var token = await site.StrongAsync(legal);
        var foreign = await site.DatabaseAsync(db => db.Representatives.Where(r => r.OrganisationId == theirs).Select(r => r.Id).SingleAsync());

        foreach (var path in new[] { $"/api/v1/organisations/{theirs}", Path(theirs), Path(theirs, foreign) })
            (await site.GetAsync(path, token)).Refused(HttpStatusCode.NotFound, "IDN-1159");
        (await site.InviteAsync(token, theirs, await site.VerifiedAsync())).Refused(HttpStatusCode.NotFound, "IDN-1159");
        (await site.CallAsync(HttpMethod.Delete, Path(theirs, foreign), token)).Refused(HttpStatusCode.NotFound, "IDN-1159");
        // Under the own organisation the others' representative is unknown.
        (await site.GetAsync(Path(firm, foreign), token)).Refused(HttpStatusCode.NotFound, "IDN-1161");
        (await site.CallAsync(HttpMethod.Delete, Path(firm, foreign), token)).Refused(HttpStatusCode.NotFound, "IDN-1161");
        (await site.CallAsync(HttpMethod.Delete, $"/api/v1/me/organisations/{foreign}", token)).Refused(HttpStatusCode.NotFound, "IDN-1161");
        (await site.CallAsync(HttpMethod.Patch, $"/api/v1/organisations/{theirs}", token, new { email = "x@y.example" })).Refused(HttpStatusCode.NotFound, "IDN-1159");
        (await site.GetAsync($"/api/v1/organisations/{firm}", await site.ReceptionAsync())).Expect(HttpStatusCode.Forbidden);
        (await site.GetAsync(Path(firm) + "?after=x", token)).Refused(HttpStatusCode.BadRequest, "CMN-0400");
    }

    [Fact]
    public async Task Contact_points_are_changed_by_the_legal_representative_and_name_and_code_by_nobody()
    {
        var (legal, firm) = await FirmAsync();
        var token = await site.StrongAsync(legal);
        var path = $"/api/v1/organisations/{firm}";
        var before = await site.GetAsync(path, token);

        var after = (await site.CallAsync(HttpMethod.Patch, path, token, new { phone = "0912 345 678", address = "Số 2 đường Lê Thánh Tông", shortName = "TN" }, ifMatch: before.Etag)).Expect(HttpStatusCode.OK);
        Assert.Equal(("+84912345678", "Số 2 đường Lê Thánh Tông", "TN", "lienhe@thunghiem.example", "Trial Company Limited"), (after["phone"].GetString(), after["address"].GetString(),
            after["shortName"].GetString(), after["email"].GetString(), after["foreignName"].GetString()));
        (await site.CallAsync(HttpMethod.Patch, path, token, new { shortName = "TM" }, ifMatch: before.Etag)).Refused(HttpStatusCode.PreconditionFailed, "CMN-0412");
        Assert.Equal(["address", "name", "phone"], (await site.CallAsync(HttpMethod.Patch, path, token, new { name = "Khác", phone = "1", address = "x" }))
            .Refused(HttpStatusCode.BadRequest, "IDN-1151").Fields.Order());
    }

    [Fact]
    public async Task What_is_over_by_date_is_written_down_and_told()
    {
        await using var heard = await Ear.OnAsync<RepresentativesChanged>(site);
        var (_, firm) = await FirmAsync();
        var former = await site.VerifiedAsync();
        await site.RepresentAsync(new TestPerson(firm, "", "", ""), former, -9, -1, RepresentativeKind.Authorised);
        Assert.Equal(["expired"], (await site.MineAsync(former)).Select(m => m.Text("state")));

        await site.DatabaseAsync(db => RepresentativeSweep.RunOnceAsync(db, site.Clock.GetUtcNow(), default));

        await heard.HearAsync(e => e.AccountId == former.Id && e.Change == "expired");
        Assert.Equal(0, await site.DatabaseAsync(db => RepresentativeSweep.RunOnceAsync(db, site.Clock.GetUtcNow(), default)));
    }
}
