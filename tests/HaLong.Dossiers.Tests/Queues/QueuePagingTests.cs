using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features.Queues;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Queues;

/// <summary>Order, pages, filters, and everything that is refused.</summary>
public sealed class QueuePagingTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private readonly string unit = QueueKit.NewUnit();

    [Fact]
    public async Task Pages_of_any_size_show_every_row_once_also_where_all_dates_are_equal()
    {
        var due = TimeProvider.System.GetUtcNow().AddDays(3);
        for (var i = 0; i < 4; i++)
        {
            await PutAsync(new { submitted_at = "2026-11-02T01:00:00Z", due_at = due, officer_id = Guid.CreateVersion7() });
            await PutAsync(new { submitted_at = $"2026-11-0{i + 3}T01:00:00Z", status = DossierStatus.SupplementProcessing, officer_id = Guid.CreateVersion7() });
        }

        foreach (var sort in new[] { QueueSorts.Filed, QueueSorts.Due })
        {
            var whole = await Official().IdsAsync($"queue=unit&sort={sort}");
            Assert.Equal(8, whole.Distinct().Count());
            for (var limit = 1; limit < 5; limit++)
                Assert.Equal(whole, await Official().IdsAsync($"queue=unit&sort={sort}", limit));
        }
    }

    [Fact]
    public async Task By_due_date_what_stands_comes_last_and_by_filing_the_oldest_first()
    {
        var at = TimeProvider.System.GetUtcNow();
        var (second, first) = (await PutAsync(new { submitted_at = "2026-11-02T01:00:00Z", due_at = at.AddDays(9) }), await PutAsync(new { submitted_at = "2026-11-03T01:00:00Z", due_at = at.AddDays(2) }));
        var stands = await PutAsync(new { submitted_at = "2026-11-01T01:00:00Z", status = DossierStatus.SupplementProcessing });
        Assert.Equal([first, second, stands], await Official().IdsAsync("sort=due"));
        Assert.Equal([stands, second, first], await Official().IdsAsync("sort=filed"));
        Assert.Equal([stands, second, first], await Official().IdsAsync("queue=unit"));
    }

    [Fact]
    public async Task Every_filter_narrows_and_filters_add_up()
    {
        var officer = Guid.CreateVersion7();
        var wanted = await PutAsync(new { officer_id = officer, channel = "counter", submitted_at = "2026-11-10T00:30:00Z", due_at = "2030-05-01T00:00:00Z", procedure_code = Land });
        var other = await PutAsync(new { channel = "online", submitted_at = "2026-11-12T00:30:00Z", due_at = "2030-06-01T00:00:00Z", status = DossierStatus.Accepted, procedure_code = "9.999999" });
        string[] filters =
            ["procedure=" + Land, "field=LAND", "officer=" + officer, "status=PROCESSING", "channel=counter", "filedTo=2026-11-10", "dueBefore=2030-05-02"];
        foreach (var filter in filters)
            Assert.Equal([wanted], await Official().IdsAsync(filter));
        Assert.Equal([wanted], await Official().IdsAsync(string.Join('&', filters)));
        Assert.Equal([other], await Official().IdsAsync("filedFrom=2026-11-11"));
        Assert.Empty(await Official().IdsAsync("officer=" + Guid.CreateVersion7()));
        // A day is a local day: half past midnight UTC is half past seven here.
        Assert.Equal([wanted], await Official().IdsAsync("filedFrom=2026-11-10&filedTo=2026-11-10"));
        Assert.Equal(2, (await Official().IdsAsync("filedFrom=2026-11-10&filedTo=2026-11-12")).Count);
    }

    [Theory]
    [InlineData("queue=all", "queue")]
    [InlineData("status=DRAFT", "status")]
    [InlineData("status=RETURNED", "status")]
    [InlineData("channel=fax", "channel")]
    [InlineData("sort=name", "sort")]
    [InlineData("procedure=a%20b", "procedure")]
    [InlineData("officer=me", "officer")]
    [InlineData("filedFrom=01/11/2026", "filedFrom")]
    [InlineData("filedTo=2026-13-01", "filedTo")]
    [InlineData("filedFrom=2026-11-02&filedTo=2026-11-01", "filedTo")]
    [InlineData("dueBefore=soon", "dueBefore")]
    [InlineData("dueBefore=9999-12-31", "dueBefore")]
    [InlineData("field=NOTHING", "field")]
    [InlineData("search=Nguyen", "search")]
    [InlineData("after=WyJmaWxlZCIsIngiLCJ5Il0", "after")]
    public async Task What_cannot_be_is_refused_with_the_name_of_its_field(string query, string field)
    {
        var problem = await RefusedAsync(await Official().GetAsync("/api/v1/inbox?" + query, Ct), 400, "DOS-0701");
        Assert.Equal([field], problem.GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }

    [Fact]
    public async Task Everything_wrong_is_told_at_once()
    {
        var problem = await RefusedAsync(await Official().GetAsync("/api/v1/inbox?queue=x&status=y&channel=z&sort=w&officer=v", Ct), 400, "DOS-0701");
        Assert.Equal(["channel", "officer", "queue", "sort", "status"], problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order());
        Assert.Equal(400, (int)(await Official().GetAsync("/api/v1/inbox?limit=0", Ct)).StatusCode);
        Assert.Equal(400, (int)(await Official().GetAsync("/api/v1/inbox?after=%25", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_cursor_of_another_order_is_refused_because_it_would_leave_rows_out()
    {
        for (var i = 0; i < 2; i++)
            await PutAsync(new { });
        var after = (await GetAsync(Official(), "/api/v1/inbox?limit=1")).GetProperty("after").GetString();
        await RefusedAsync(await Official().GetAsync($"/api/v1/inbox?limit=1&sort=due&after={after}", Ct), 400, "DOS-0701");
        await BodyAsync(await Official().GetAsync($"/api/v1/inbox?limit=1&queue=officer&after={after}", Ct));
    }

    [Fact]
    public async Task Rows_that_come_and_go_between_pages_neither_repeat_nor_hide_others()
    {
        var ids = new List<Guid>();
        for (var i = 1; i < 6; i++)
            ids.Add(await PutAsync(new { submitted_at = $"2026-11-0{i}T01:00:00Z" }));
        var first = await GetAsync(Official(), "/api/v1/inbox?limit=2");
        await PutAsync(new { submitted_at = "2026-10-01T01:00:00Z" });
        await dossiers.InDbAsync(db => db.Dossiers.Where(d => d.Id == ids[1]).ExecuteDeleteAsync(Ct));
        var second = await GetAsync(Official(), $"/api/v1/inbox?limit=2&after={first.GetProperty("after").GetString()}");
        Assert.Equal(ids[2..4], Ids(second));
    }

    private static List<Guid> Ids(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid())];

    private HttpClient Official() => dossiers.Official(Roles.Officer, unit);

    private Task<Guid> PutAsync(object columns) => dossiers.PutAsync(unit, columns);
}
