using System.Net;
using HaLong.Identity.Administration;
using HaLong.Identity.Tests.Staff;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Administration;

public sealed class FourEyesTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Theory]
    [InlineData("approver", true)]
    [InlineData("chief", true)]
    [InlineData("leader", true)]
    [InlineData("auditor", true)]
    [InlineData("administrator", true)]
    [InlineData("reception", false)]
    [InlineData("officer", false)]
    [InlineData("cashier", false)]
    public async Task Which_roles_wait_for_a_second_administrator(string role, bool waits)
    {
        var id = await site.CreatedAsync("role-" + role, "06688", "officer");
        var answer = await site.GrantAsync(await site.AdministratorAsync(), id, "06685", role);

        answer.Expect(waits ? HttpStatusCode.Accepted : HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_high_role_among_low_ones_makes_all_of_them_wait()
    {
        var id = await site.CreatedAsync("mixed.roles", "06688", "reception");
        (await site.GrantAsync(await site.AdministratorAsync(), id, "06688", "officer", "approver")).Expect(HttpStatusCode.Accepted);

        Assert.Equal(["reception"], await RolesAsync("mixed.roles"));
    }

    [Fact]
    public async Task The_second_administrator_confirms_and_the_role_is_there()
    {
        var (id, grant) = await RequestedAsync("to.confirm");
        var asked = (await site.ReadAsync($"grants/{grant}", await site.SecondAsync())).Expect(HttpStatusCode.OK);
        var confirmed = (await site.PostAsync($"grants/{grant}/confirmation", await site.SecondAsync(), ifMatch: asked.Etag)).Expect(HttpStatusCode.OK);

        Assert.Equal(("confirmed", await site.IdOfAsync("administrator2")), (confirmed.Json.Text("state"), confirmed["decidedBy"].GetGuid()));
        Assert.Equal(["officer", "approver"], await RolesAsync("to.confirm"));
        var made = (await site.ReadAsync($"staff/{id}", await site.AdministratorAsync()))["assignments"].EnumerateArray().Single(a => a.GetProperty("id").GetGuid() == confirmed["assignmentId"].GetGuid());
        Assert.Equal(site.Today().Iso(), made.Text("validFrom"));
        var entries = await site.AuditOfAsync(id.ToString());
        Assert.Equal(["staff.created", "assignment.opened", "grant.requested", "grant.confirmed"], entries.Select(e => e.Text("action")));
        Assert.Equal(("Ngô Văn Quản", "Mai Thị Quản Trị"), (entries[2].Text("actorName"), entries[3].Text("actorName")));
        Assert.Equal(("pending", "confirmed"), (entries[3].GetProperty("before").Text("state"), entries[3].GetProperty("after").Text("state")));
    }

    [Fact]
    public async Task Who_asked_for_it_may_neither_confirm_nor_refuse_but_may_take_it_back()
    {
        var (_, grant) = await RequestedAsync("own.request");
        var token = await site.AdministratorAsync();

        (await site.PostAsync($"grants/{grant}/confirmation", token)).Refused(HttpStatusCode.Forbidden, "IDN-0713");
        (await site.PostAsync($"grants/{grant}/refusal", token, new { reason = "x" })).Refused(HttpStatusCode.Forbidden, "IDN-0713");
        (await site.CallAsync(HttpMethod.Delete, $"/api/v1/admin/grants/{grant}", await site.SecondAsync())).Refused(HttpStatusCode.Forbidden, "CMN-0403");
        Assert.Equal("withdrawn", (await site.CallAsync(HttpMethod.Delete, $"/api/v1/admin/grants/{grant}", token)).Expect(HttpStatusCode.OK).Json.Text("state"));
        (await site.CallAsync(HttpMethod.Delete, $"/api/v1/admin/grants/{grant}", token)).Refused(HttpStatusCode.Conflict, "IDN-0715");
        Assert.Equal(["officer"], await RolesAsync("own.request"));
    }

    [Fact]
    public async Task Who_is_to_get_it_may_not_confirm_it()
    {
        var second = await site.IdOfAsync("administrator2");
        var grant = (await site.GrantAsync(await site.AdministratorAsync(), second, "22", "auditor")).Expect(HttpStatusCode.Accepted)["id"].GetGuid();

        (await site.PostAsync($"grants/{grant}/confirmation", await site.SecondAsync())).Refused(HttpStatusCode.Forbidden, "IDN-0714");
        (await site.PostAsync($"grants/{grant}/refusal", await site.SecondAsync(), new { reason = "x" })).Refused(HttpStatusCode.Forbidden, "IDN-0714");
        Assert.Equal("pending", (await site.ReadAsync($"grants/{grant}", await site.SecondAsync())).Json.Text("state"));
    }

    [Fact]
    public async Task A_refusal_says_why_and_is_final()
    {
        var (_, grant) = await RequestedAsync("to.refuse");
        var token = await site.SecondAsync();
        (await site.PostAsync($"grants/{grant}/refusal", token, new { reason = " " })).Refused(HttpStatusCode.BadRequest, "IDN-0700");
        (await site.PostAsync($"grants/{grant}/refusal", token, new { reason = new string('x', 501) })).Refused(HttpStatusCode.BadRequest, "IDN-0700");
        (await site.PostAsync($"grants/{grant}/refusal", token)).Refused(HttpStatusCode.BadRequest, "IDN-0700");
        var refused = (await site.PostAsync($"grants/{grant}/refusal", token, new { reason = "Chưa có quyết định" })).Expect(HttpStatusCode.OK);

        Assert.Equal(("refused", "Chưa có quyết định"), (refused.Json.Text("state"), refused.Json.Text("reason")));
        (await site.PostAsync($"grants/{grant}/confirmation", token)).Refused(HttpStatusCode.Conflict, "IDN-0715");
        Assert.Equal(["officer"], await RolesAsync("to.refuse"));
    }

    [Fact]
    public async Task Two_confirmations_at_once_make_one_assignment()
    {
        var (id, grant) = await RequestedAsync("raced.grant");
        var tokens = new[] { await site.SecondAsync(), await site.LocalAsync("06688"), await site.SecondAsync(), await site.LocalAsync("06688") };
        var answers = await Task.WhenAll(tokens.Select(t => site.PostAsync($"grants/{grant}/confirmation", t)));

        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => Assert.Equal(HttpStatusCode.Conflict, a.Status));
        Assert.Equal(1, await site.DatabaseAsync(db => db.Assignments.CountAsync(a => a.AccountId == id && a.Roles.Contains("approver"))));
    }

    [Fact]
    public async Task Confirming_and_refusing_at_once_comes_out_one_way()
    {
        var (id, grant) = await RequestedAsync("both.ways");
        var (second, local) = (await site.SecondAsync(), await site.LocalAsync("06688"));
        var answers = await Task.WhenAll(site.PostAsync($"grants/{grant}/confirmation", second), site.PostAsync($"grants/{grant}/refusal", local, new { reason = "Không" }));

        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        var state = (await site.ReadAsync($"grants/{grant}", second)).Json.Text("state");
        Assert.Equal(state == "confirmed" ? 1 : 0, await site.DatabaseAsync(db => db.Assignments.CountAsync(a => a.AccountId == id && a.Roles.Contains("approver"))));
    }

    [Fact]
    public async Task A_repeated_confirmation_with_its_key_gets_the_same_answer()
    {
        var (_, grant) = await RequestedAsync("keyed.grant");
        var token = await site.SecondAsync();
        var first = (await site.PostAsync($"grants/{grant}/confirmation", token, key: "confirm-1")).Expect(HttpStatusCode.OK);

        Assert.Equal(first.Text, (await site.PostAsync($"grants/{grant}/confirmation", token, key: "confirm-1")).Expect(HttpStatusCode.OK).Text);
    }

    [Fact]
    public async Task A_request_like_one_that_waits_is_refused()
    {
        var (id, grant) = await RequestedAsync("asked.twice");
        (await site.GrantAsync(await site.SecondAsync(), id, "06688", "approver")).Refused(HttpStatusCode.Conflict, "IDN-0717");
        (await site.PostAsync($"grants/{grant}/confirmation", await site.SecondAsync())).Expect(HttpStatusCode.OK);

        (await site.GrantAsync(await site.AdministratorAsync(), id, "06688", "approver")).Refused(HttpStatusCode.Conflict, "IDN-0706");
    }

    [Fact]
    public async Task A_weak_sign_in_neither_asks_nor_confirms()
    {
        var (id, grant) = await RequestedAsync("weak.grant");

        (await site.GrantAsync(await site.TokenAsync("administrator"), id, "06685", "approver")).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
        (await site.PostAsync($"grants/{grant}/confirmation", await site.TokenAsync("administrator2"))).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
    }

    [Fact]
    public async Task Nothing_is_confirmed_for_a_closed_account_or_a_stale_revision()
    {
        var (id, grant) = await RequestedAsync("closed.meanwhile");
        (await site.PostAsync($"grants/{grant}/confirmation", await site.SecondAsync(), ifMatch: "\"1\"")).Refused(HttpStatusCode.PreconditionFailed, "CMN-0412");
        await site.DatabaseAsync(async db =>
        {
            (await db.Accounts.SingleAsync(a => a.Id == id)).Close();
            return await db.SaveChangesAsync();
        });

        (await site.PostAsync($"grants/{grant}/confirmation", await site.SecondAsync())).Refused(HttpStatusCode.Conflict, "IDN-0707");
    }

    [Fact]
    public async Task Requests_are_listed_by_state()
    {
        var (_, grant) = await RequestedAsync("listed.grant");
        var token = await site.SecondAsync();

        Assert.Contains((await site.ReadAsync("grants?state=pending&limit=100", token)).Items, g => g.GetProperty("id").GetGuid() == grant);
        Assert.DoesNotContain((await site.ReadAsync("grants?state=confirmed&limit=100", token)).Items, g => g.GetProperty("id").GetGuid() == grant);
        Assert.Equal("state", Assert.Single((await site.ReadAsync("grants?state=maybe", token)).Refused(HttpStatusCode.BadRequest, "IDN-0700").Fields));
        var ids = new List<Guid>();
        for (string? after = ""; after is not null;)
        {
            var page = await site.ReadAsync("grants?limit=1" + (after.Length > 0 ? "&after=" + after : ""), token);
            ids.AddRange(page.Items.Select(g => g.GetProperty("id").GetGuid()));
            after = page["after"].GetString();
        }

        Assert.Equal(ids.Distinct(), ids);
        Assert.Contains(grant, ids);
    }

    private async Task<(Guid Id, Guid Grant)> RequestedAsync(string userName)
    {
        var id = await site.CreatedAsync(userName, "06688", "officer");
        return (id, (await site.GrantAsync(await site.AdministratorAsync(), id, "06688", "approver")).Expect(HttpStatusCode.Accepted)["id"].GetGuid());
    }

    private async Task<List<string?>> RolesAsync(string userName) =>
        [.. (await site.GetAsync("/api/v1/me", await site.TokenAsync(userName)))["roles"].EnumerateArray().Select(r => r.GetString())];
}

/// <summary>Time passes: requests are made older than they are.</summary>
public sealed class GrantExpiryTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task After_seven_days_nobody_can_confirm_and_the_request_shows_as_expired()
    {
        var id = await site.CreatedAsync("expiring", "06688", "officer");
        var asked = (await site.GrantAsync(await site.AdministratorAsync(), id, "06688", "chief")).Expect(HttpStatusCode.Accepted);
        var grant = asked["id"].GetGuid();
        Assert.Equal(TimeSpan.FromDays(7), asked["expiresAt"].GetDateTimeOffset() - asked["requestedAt"].GetDateTimeOffset());
        await AgeAsync(grant, RoleGrant.Lifetime);

        (await site.PostAsync($"grants/{grant}/confirmation", await site.SecondAsync())).Refused(HttpStatusCode.Conflict, "IDN-0716");
        (await site.PostAsync($"grants/{grant}/refusal", await site.SecondAsync(), new { reason = "x" })).Refused(HttpStatusCode.Conflict, "IDN-0716");
        Assert.Equal("expired", (await site.ReadAsync($"grants/{grant}", await site.SecondAsync())).Json.Text("state"));
        Assert.Contains((await site.ReadAsync("grants?state=expired", await site.SecondAsync())).Items, g => g.GetProperty("id").GetGuid() == grant);
        Assert.DoesNotContain((await site.ReadAsync("grants?state=pending", await site.SecondAsync())).Items, g => g.GetProperty("id").GetGuid() == grant);
        // And the same can be asked for anew.
        (await site.GrantAsync(await site.AdministratorAsync(), id, "06688", "chief")).Expect(HttpStatusCode.Accepted);
        Assert.Equal(1, await site.DatabaseAsync(async db =>
        {
            await RoleGrants.ExpireAsync(db, site.Clock.GetUtcNow(), default);
            return await db.RoleGrants.CountAsync(g => g.State == RoleGrant.Expired);
        }));
    }

    [Fact]
    public async Task A_request_confirmed_late_counts_from_that_day_and_not_before()
    {
        var id = await site.CreatedAsync("confirmed.late", "06688", "officer");
        var asked = await site.PostAsync($"staff/{id}/assignments", await site.AdministratorAsync(), AdminKit.Appointment("06688", ["leader"], from: site.Today().AddDays(-2)));
        var confirmed = (await site.PostAsync($"grants/{asked["id"].GetGuid()}/confirmation", await site.SecondAsync())).Expect(HttpStatusCode.OK);

        var made = confirmed["assignmentId"].GetGuid();
        Assert.Equal(site.Today(), await site.DatabaseAsync(db => db.Assignments.Where(a => a.Id == made).Select(a => a.ValidFrom).SingleAsync()));
    }

    [Fact]
    public async Task A_request_whose_time_or_unit_is_over_before_it_is_confirmed_has_run_out()
    {
        var id = await site.CreatedAsync("too.late", "06688", "officer");
        var timed = (await site.PostAsync($"staff/{id}/assignments", await site.AdministratorAsync(), AdminKit.Appointment("06688", ["leader"], to: site.Today())))["id"].GetGuid();
        var united = (await site.GrantAsync(await site.AdministratorAsync(), id, "07180", "leader"))["id"].GetGuid();
        var yesterday = site.Today().AddDays(-1);
        await site.DatabaseAsync(async db =>
        {
            await db.RoleGrants.Where(g => g.Id == timed).ExecuteUpdateAsync(g => g.SetProperty(x => x.ValidTo, yesterday));
            return await db.Units.Where(u => u.Code == "07180").ExecuteUpdateAsync(u => u.SetProperty(x => x.ValidTo, yesterday));
        });

        (await site.PostAsync($"grants/{timed}/confirmation", await site.SecondAsync())).Refused(HttpStatusCode.Conflict, "IDN-0716");
        (await site.PostAsync($"grants/{united}/confirmation", await site.SecondAsync())).Refused(HttpStatusCode.Conflict, "IDN-0716");
    }

    private Task<int> AgeAsync(Guid grant, TimeSpan by) => site.DatabaseAsync(db => db.RoleGrants.Where(g => g.Id == grant)
        .ExecuteUpdateAsync(g => g.SetProperty(x => x.RequestedAt, x => x.RequestedAt - by).SetProperty(x => x.ExpiresAt, x => x.ExpiresAt - by)));
}
