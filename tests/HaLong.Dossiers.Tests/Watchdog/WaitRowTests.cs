using System.Net.Http.Json;
using HaLong.Dossiers.Persistence.Schema;
using HaLong.Dossiers.Tests.Deadlines;
using HaLong.Dossiers.Watchdog;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Watchdog;

/// <summary>The stored wait of a dossier: marked by the database whenever it changes, counted by the watchdog.</summary>
public sealed class WaitRowTests(WatchFixture city) : IClassFixture<WatchFixture>
{
    [Fact]
    public async Task A_filed_dossier_has_a_row_at_once_and_the_round_counts_it()
    {
        var id = await city.Stuck.MakeAsync("CHECK");
        var marked = (await city.WaitAsync(id))!;
        Assert.Equal((DossierWait.NotCounted, null, null), (marked.CountedBy, marked.LatestAt, marked.NextAt));

        await city.RoundAsync("2025-10-06T10:05");

        var row = (await city.WaitAsync(id))!;
        Assert.True(row.CountedBy >= 0);
        Assert.Equal(("CHECK", "reception", Unit, true), (row.Reason, row.Who, row.UnitCode, row.Assumed));
        Assert.Equal(("2025-10-06 10:00", "2025-10-07 10:00", "2025-10-07 08:00"), (row.Since.Local(), row.LatestAt.Local(), row.NextAt.Local()));
    }

    [Fact]
    public async Task Every_move_marks_it_and_what_does_not_concern_the_wait_does_not()
    {
        var id = await city.Stuck.MakeAsync("APPRAISAL");
        await city.RoundAsync("2025-10-06T10:05");
        await city.Stuck.DoAsync(id, "2025-10-06T10:10", (d, at) => Stuck.Must(d.Note(Stuck.As(Roles.Officer), "Đã gọi điện", true, at)));
        Assert.True((await city.WaitAsync(id))!.CountedBy >= 0);
        await city.Stuck.DoAsync(id, "2025-10-06T10:20", (d, at) => Stuck.Must(d.Release(Stuck.As(Roles.Chief), "Quá tải", at)));
        Assert.Equal(DossierWait.NotCounted, (await city.WaitAsync(id))!.CountedBy);
        await city.RoundAsync("2025-10-06T10:25");
        Assert.Equal(("UNASSIGNED", "2025-10-07 17:00"), ((await city.WaitAsync(id))!.Reason, (await city.WaitAsync(id))!.LatestAt.Local()));
        // Whatever writes the row: also statements that know nothing of the aggregate.
        await city.InDbAsync(db => db.Dossiers.Where(d => d.Id == id).ExecuteUpdateAsync(d => d.SetProperty(x => x.UnitCode, OtherUnit), Ct));
        Assert.Equal(DossierWait.NotCounted, (await city.WaitAsync(id))!.CountedBy);
        await city.RoundAsync("2025-10-06T10:30");
        Assert.Equal(OtherUnit, (await city.WaitAsync(id))!.UnitCode);
    }

    [Fact]
    public async Task Dossiers_from_before_there_was_a_watchdog_are_counted_by_it()
    {
        await using var own = await city.NewCity().StartAsync(waitForBus: false);
        var stuck = new Stuck(own);
        var (open, draft, correction) = (await stuck.MakeAsync("CHECK"), await stuck.MakeAsync("DRAFT"), await stuck.MakeAsync("CORRECTION"));
        await city.InDbAsync(db => db.Database.ExecuteSqlRawAsync("DELETE FROM dossier_wait;" + WatchdogSql.Drop + WatchdogSql.Create, Ct), own);

        await city.RoundAsync("2025-10-06T10:05", own);

        Assert.Equal(("CHECK", "CORRECTION", null), ((await city.WaitAsync(open, own))!.Reason, (await city.WaitAsync(correction, own))!.Reason, await city.WaitAsync(draft, own)));
        Assert.Equal("2025-10-07 10:00", (await city.WaitAsync(open, own))!.LatestAt.Local());
    }

    [Fact]
    public async Task When_the_calendar_changes_the_latest_date_follows_and_nobody_is_warned_of_it_twice()
    {
        await using var own = await city.NewCity().StartAsync(waitForBus: false);
        var id = await new Stuck(own).MakeAsync("CHECK", "2025-10-06T16:00");
        await city.RoundAsync("2025-10-06T16:05", own);
        Assert.Equal("2025-10-07 16:00", (await city.WaitAsync(id, own))!.LatestAt.Local());

        await DayOffAsync("2025-10-07");
        await city.RoundAsync("2025-10-06T16:10", own);
        Assert.Equal("2025-10-08 16:00", (await city.WaitAsync(id, own))!.LatestAt.Local());
        // At what was the latest date nobody is told anything; the steps moved with it.
        await city.RoundAsync("2025-10-07T16:00", own);
        Assert.Empty(await city.LevelsAsync(id, own));
        await city.RoundAsync("2025-10-08T14:00", own);
        Assert.Equal(["officer"], await city.LevelsAsync(id, own));
        await DayOffAsync("2025-10-09");
        await city.RoundAsync("2025-10-08T16:00", own);
        Assert.Equal(["officer", "supervisor"], await city.LevelsAsync(id, own));

        async Task DayOffAsync(string date)
        {
            using var admin = own.Client(city.Dossiers.Identity.Token(null, [Roles.Administrator], Unit, strong: true));
            var day = new { date, kind = "SWAP_OFF", nameVi = "Nghỉ bão", nameEn = "Storm", source = "QĐ 2/2025" };
            await BodyAsync(await admin.PatchAsync("/api/v1/admin/calendar/2025", JsonContent.Create(new { reason = "Bão số 5", set = new[] { day }, remove = Array.Empty<string>() }), Ct));
        }
    }

    [Fact]
    public async Task The_scans_of_a_round_go_by_their_indexes()
    {
        await city.Stuck.MakeAsync("CHECK");
        foreach (var (where, index) in new[] { ("counted_by < 5", "ix_dossier_wait_counted_by_dossier_id"), ("next_at <= now()", "ix_dossier_wait_next_at"), ("latest_at < now()", "ix_dossier_wait_latest_at_dossier_id") })
        {
            var plan = await city.InDbAsync(async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(Ct);
                await db.Database.ExecuteSqlRawAsync("SET LOCAL enable_seqscan = off", Ct);
#pragma warning disable EF1002 // the text is written above
                return await db.Database.SqlQueryRaw<string>($"EXPLAIN SELECT dossier_id FROM dossier_wait WHERE {where}").ToListAsync(Ct);
#pragma warning restore EF1002
            });
            Assert.Contains(plan, line => line.Contains(index, StringComparison.Ordinal));
        }
    }
}
