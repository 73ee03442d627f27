using System.Net;
using HaLong.Identity.Tests.Staff;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaLong.Identity.Tests.Administration;

public sealed class AuditTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task Rows_are_only_ever_added_whoever_asks_the_database()
    {
        var id = await site.CreatedAsync("never.changed", "06688", "officer");
        Assert.Equal(2, (await site.AuditOfAsync(id.ToString())).Count);

        foreach (var sql in (string[])["UPDATE admin_audit SET action = 'nothing'", "DELETE FROM admin_audit", "TRUNCATE admin_audit"])
        {
            var error = await Assert.ThrowsAsync<PostgresException>(() => site.DatabaseAsync(db => db.Database.ExecuteSqlRawAsync(sql)));
            Assert.Equal("55000", error.SqlState);
        }

        Assert.Equal(2, (await site.AuditOfAsync(id.ToString())).Count);
    }

    [Fact]
    public async Task It_is_filtered_by_action_actor_unit_and_day_over_pages()
    {
        var id = await site.CreatedAsync("filtered.one", "06706", "officer");
        var (token, today) = (await site.AdministratorAsync(), site.Today());
        var actor = await site.IdOfAsync("administrator");

        Assert.All((await site.ReadAsync("audit?action=assignment.&limit=100", token)).Items, e => Assert.StartsWith("assignment.", e.Text("action"), StringComparison.Ordinal));
        Assert.Equal(["staff.created"], (await site.ReadAsync($"audit?action=staff.created&target={id}", token)).Items.Select(e => e.Text("action")));
        Assert.Equal(2, (await site.ReadAsync($"audit?actor={actor}&target={id}&from={today.Iso()}&to={today.Iso()}", token)).Items.Count);
        Assert.Empty((await site.ReadAsync($"audit?target={id}&to={today.AddDays(-1).Iso()}", token)).Items);
        Assert.Empty((await site.ReadAsync($"audit?target={id}&from={today.AddDays(1).Iso()}", token)).Items);
        Assert.Empty((await site.ReadAsync($"audit?target={id}&actor={Guid.CreateVersion7()}", token)).Items);
        Assert.Equal(2, (await site.ReadAsync("audit?unit=06706", token)).Items.Count);
        Assert.Empty((await site.ReadAsync("audit?unit=99999", token)).Items);
        var first = await site.ReadAsync("audit?unit=06706&limit=1", token);
        var second = await site.ReadAsync("audit?unit=06706&limit=1&after=" + first["after"].GetString(), token);
        Assert.Equal(["assignment.opened", "staff.created"], first.Items.Concat(second.Items).Select(e => e.Text("action")));
        Assert.Null(second["after"].GetString());
    }

    [Fact]
    public async Task An_auditor_reads_that_of_the_unit_and_the_province_reads_all()
    {
        var here = await site.CreatedAsync("seen.here", "06688", "officer");
        var there = await site.CreatedAsync("seen.there", "06685", "officer");
        await site.OfficialAsync("province.auditor", ("22", ["auditor"]));
        (await site.PostAsync("clients", await site.AdministratorAsync(), new
        {
            clientId = "audited.client",
            name = "Đối tác",
            type = "confidential",
            authentication = "secret",
            grant = "clientCredentials",
            scopes = new[] { "halong.events" },
        })).Expect(HttpStatusCode.Created);

        var local = (await site.ReadAsync("audit?limit=100", await site.TokenAsync("auditor"))).Expect(HttpStatusCode.OK).Items;
        var all = (await site.ReadAsync("audit?limit=100", await site.TokenAsync("province.auditor"))).Expect(HttpStatusCode.OK).Items;
        Assert.Contains(local, e => e.Text("targetId") == here.ToString());
        Assert.DoesNotContain(local, e => e.Text("targetId") == there.ToString());
        Assert.All(local, e => Assert.Equal("06688@2025-07-01", e.Text("unitId")));
        Assert.Contains(all, e => e.Text("targetId") == there.ToString());
        Assert.Contains(all, e => e.Text("targetId") == "audited.client");
    }

    [Fact]
    public async Task An_auditor_changes_nothing()
    {
        await site.OfficialAsync("reading.auditor", ("22", ["auditor"]));
        var token = await site.TokenAsync("reading.auditor", strong: true);

        (await site.ReadAsync("staff", token)).Refused(HttpStatusCode.Forbidden, "CMN-0403");
        (await site.PostAsync("staff", token, AdminKit.Person("by.auditor", AdminKit.Appointment("06688", ["officer"])))).Refused(HttpStatusCode.Forbidden, "CMN-0403");
    }

    [Fact]
    public async Task A_filter_that_is_no_day_or_id_is_refused()
    {
        foreach (var query in (string[])["from=yesterday", "to=2025-02-30", "actor=me"])
            (await site.ReadAsync("audit?" + query, await site.AdministratorAsync())).Expect(HttpStatusCode.BadRequest);
    }
}
