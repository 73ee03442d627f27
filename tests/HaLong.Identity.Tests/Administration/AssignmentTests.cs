using System.Net;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Tests.Staff;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Administration;

public sealed class AssignmentTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task A_second_unit_is_added_and_the_first_stays_the_main_one()
    {
        var (token, id) = await NewAsync("second.unit");
        var added = (await site.GrantAsync(token, id, "06685", "cashier")).Expect(HttpStatusCode.Created);

        Assert.False(added["primary"].GetBoolean());
        Assert.Equal("06688", (await site.GetAsync("/api/v1/me", await site.TokenAsync("second.unit")))["unit"].Text("code"));
        Assert.Equal(added.Location, $"/api/v1/admin/staff/{id}/assignments/{added["id"].GetGuid()}");
    }

    [Fact]
    public async Task The_same_role_in_the_same_unit_at_the_same_time_is_refused_and_later_it_is_not()
    {
        var (token, id) = await NewAsync("twice.the.same");
        var assignment = await AssignmentOfAsync(token, id);
        (await site.GrantAsync(token, id, "06688", "officer")).Refused(HttpStatusCode.Conflict, "IDN-0706");
        await PatchAsync(token, id, assignment, new { validTo = site.Today().AddDays(5).Iso() });

        var later = AdminKit.Appointment("06688", ["officer"], from: site.Today().AddDays(6));
        (await site.PostAsync($"staff/{id}/assignments", token, later)).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Title_papers_last_day_and_main_unit_can_be_changed()
    {
        await using var heard = await Heard.OnAsync(site);
        var (token, id) = await NewAsync("to.change");
        var second = (await site.GrantAsync(token, id, "06685", "cashier"))["id"].GetGuid();
        var end = site.Today().AddDays(30);
        var changed = (await PatchAsync(token, id, second, new { title = "Phó phòng", primary = true, validTo = end.Iso(), decisionNumber = "20/QĐ", legalBasis = "NĐ 118", endDecision = "21/QĐ" })).Expect(HttpStatusCode.OK);

        Assert.Equal(("Phó phòng", true, end.Iso(), "20/QĐ", "NĐ 118", "21/QĐ", "ended"), (
            changed.Json.Text("title"), changed["primary"].GetBoolean(), changed.Json.Text("validTo"), changed.Json.Text("decisionNumber"),
            changed.Json.Text("legalBasis"), changed.Json.Text("endDecision"), changed.Json.Text("endReason")));
        Assert.Equal("06685", (await site.GetAsync("/api/v1/me", await site.TokenAsync("to.change")))["unit"].Text("code"));
        var released = await heard.OneAsync<StaffReleased>(e => e.AssignmentId == second);
        Assert.Equal((end, false), (released.LastDay, released.IsImmediate));
        var longer = (await PatchAsync(token, id, second, new { validTo = end.AddDays(30).Iso() })).Expect(HttpStatusCode.OK);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, longer["endReason"].ValueKind);
        await heard.OneAsync<StaffAssigned>(e => e.AssignmentId == second && e.ValidTo == end.AddDays(30));
    }

    [Fact]
    public async Task A_high_role_is_shortened_by_one_administrator_but_not_lengthened()
    {
        var id = await site.OfficialAsync("high.for.now");
        var today = site.Today();
        var assignment = await site.AssignAsync(id, "06688", StaffKit.Terms(["approver"], today.AddDays(-1), today.AddDays(10)));
        var token = await site.AdministratorAsync();

        (await PatchAsync(token, id, assignment, new { validTo = today.AddDays(20).Iso() })).Refused(HttpStatusCode.Conflict, "IDN-0711");
        (await PatchAsync(token, id, assignment, new { validTo = today.AddDays(5).Iso() })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Changes_that_make_no_sense_are_refused_all_at_once()
    {
        var (token, id) = await NewAsync("no.sense");
        var body = new { title = " ", validTo = site.Today().AddDays(-1).Iso(), primary = false, decisionNumber = new string('x', 101), legalBasis = new string('x', 501), endDecision = new string('x', 101) };
        var refused = (await PatchAsync(token, id, await AssignmentOfAsync(token, id), body)).Refused(HttpStatusCode.BadRequest, "IDN-0700");

        Assert.Equal(["decisionNumber", "endDecision", "legalBasis", "primary", "title", "validTo"], refused.Fields.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Ending_takes_the_rights_at_once_and_again_without_harm()
    {
        var (token, id) = await NewAsync("to.end");
        var assignment = await AssignmentOfAsync(token, id);
        var epoch = await EpochAsync(id);
        var path = $"/api/v1/admin/staff/{id}/assignments/{assignment}?decision=22%2FQD";
        (await site.CallAsync(HttpMethod.Delete, path, token)).Expect(HttpStatusCode.NoContent);
        (await site.CallAsync(HttpMethod.Delete, path, token)).Expect(HttpStatusCode.NoContent);

        Assert.Empty((await site.GetAsync("/api/v1/me", await site.TokenAsync("to.end")))["roles"].EnumerateArray());
        Assert.Equal(epoch + 1, await EpochAsync(id));
        var ended = (await site.ReadAsync($"staff/{id}", token))["assignments"][0];
        Assert.Equal(("revoked", "22/QD"), (ended.Text("endReason"), ended.Text("endDecision")));
        (await PatchAsync(token, id, assignment, new { title = "x" })).Refused(HttpStatusCode.Conflict, "IDN-0710");
        Assert.Equal(["staff.created", "assignment.opened", "assignment.ended"], (await site.AuditOfAsync(id.ToString())).Select(e => e.Text("action")));
        (await site.CallAsync(HttpMethod.Delete, $"/api/v1/admin/staff/{id}/assignments/{assignment}?decision={new string('x', 101)}", token)).Refused(HttpStatusCode.BadRequest, "IDN-0700");
    }

    [Fact]
    public async Task A_stale_revision_is_refused()
    {
        var (token, id) = await NewAsync("stale.revision");
        var assignment = await AssignmentOfAsync(token, id);
        var first = await PatchAsync(token, id, assignment, new { title = "Một" });

        (await PatchAsync(token, id, assignment, new { title = "Hai" }, "\"1\"")).Refused(HttpStatusCode.PreconditionFailed, "CMN-0412");
        (await PatchAsync(token, id, assignment, new { title = "Ba" }, first.Etag)).Expect(HttpStatusCode.OK);
        (await site.CallAsync(HttpMethod.Delete, $"/api/v1/admin/staff/{id}/assignments/{assignment}", token, ifMatch: "\"1\"")).Refused(HttpStatusCode.PreconditionFailed, "CMN-0412");
        (await site.PostAsync($"staff/{id}/closing", token, ifMatch: "\"1\"")).Refused(HttpStatusCode.PreconditionFailed, "CMN-0412");
    }

    [Fact]
    public async Task Nobody_changes_their_own_rights()
    {
        var token = await site.AdministratorAsync();
        var self = await site.IdOfAsync("administrator");
        var own = await site.DatabaseAsync(db => db.Assignments.Where(a => a.AccountId == self).Select(a => a.Id).SingleAsync());

        (await site.GrantAsync(token, self, "06688", "cashier")).Refused(HttpStatusCode.Forbidden, "IDN-0709");
        (await PatchAsync(token, self, own, new { title = "Vua" })).Refused(HttpStatusCode.Forbidden, "IDN-0709");
        (await site.CallAsync(HttpMethod.Delete, $"/api/v1/admin/staff/{self}/assignments/{own}", token)).Refused(HttpStatusCode.Forbidden, "IDN-0709");
        (await site.PostAsync($"staff/{self}/closing", token)).Refused(HttpStatusCode.Forbidden, "IDN-0709");
    }

    [Fact]
    public async Task Closing_ends_assignments_sessions_and_requests_and_nothing_can_be_added_after()
    {
        var (token, id) = await NewAsync("to.close");
        await site.TokenAsync("to.close");
        var grant = (await site.GrantAsync(token, id, "06688", "approver")).Expect(HttpStatusCode.Accepted)["id"].GetGuid();
        var closed = (await site.PostAsync($"staff/{id}/closing", token)).Expect(HttpStatusCode.OK);
        (await site.PostAsync($"staff/{id}/closing", token)).Expect(HttpStatusCode.OK);

        Assert.True(closed["closed"].GetBoolean());
        Assert.Equal("account_closed", closed["assignments"][0].Text("endReason"));
        Assert.Equal("withdrawn", (await site.ReadAsync($"grants/{grant}", token)).Json.Text("state"));
        Assert.True(await site.DatabaseAsync(db => db.Sessions.Where(s => s.AccountId == id).AllAsync(s => s.EndReason == "account_closed")));
        (await site.GrantAsync(token, id, "06685", "officer")).Refused(HttpStatusCode.Conflict, "IDN-0707");
    }

    [Fact]
    public async Task An_administrator_lifts_a_lock_and_signs_somebody_out_everywhere()
    {
        var token = await site.AdministratorAsync();
        var id = await site.OfficialAsync("locked.out", ("06688", ["officer"]));
        for (var n = 0; n < 6; n++)
            (await site.NewBrowser().SubmitSignInAsync("locked.out", "wrong")).Dispose();
        using (var locked = await site.NewBrowser().SubmitSignInAsync("locked.out", IdentityProgram.DemoPassword))
            Assert.Equal(HttpStatusCode.TooManyRequests, locked.StatusCode);

        (await site.CallAsync(HttpMethod.Delete, $"/api/v1/admin/staff/{id}/lock", token)).Expect(HttpStatusCode.NoContent);
        var browser = site.NewBrowser();
        var tokens = await browser.TokensAsync("locked.out");
        (await site.CallAsync(HttpMethod.Delete, $"/api/v1/admin/staff/{id}/sessions", token)).Expect(HttpStatusCode.NoContent);

        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(tokens.Text("refresh_token"))));
        Assert.Equal(["staff.unlocked", "staff.sessions_ended"], (await site.AuditOfAsync(id.ToString())).Select(e => e.Text("action")));
    }

    private async Task<(string Token, Guid Id)> NewAsync(string userName) => (await site.AdministratorAsync(), await site.CreatedAsync(userName, "06688", "officer"));

    private async Task<Guid> AssignmentOfAsync(string token, Guid id) =>
        (await site.ReadAsync($"staff/{id}", token))["assignments"][0].GetProperty("id").GetGuid();

    private Task<Reply> PatchAsync(string token, Guid id, Guid assignment, object body, string? ifMatch = null) =>
        site.CallAsync(HttpMethod.Patch, $"/api/v1/admin/staff/{id}/assignments/{assignment}", token, body, ifMatch);

    private Task<int> EpochAsync(Guid id) => site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == id).Select(a => a.Epoch).SingleAsync());
}
