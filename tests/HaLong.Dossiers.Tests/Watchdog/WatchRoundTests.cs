using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Tests.Deadlines;
using HaLong.Dossiers.Watchdog.Rounds;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Watchdog;

/// <summary>Crashes, replicas, standstills, and dossiers that move in time.</summary>
public sealed class WatchRoundTests(WatchFixture city) : IClassFixture<WatchFixture>
{
    [Fact]
    public async Task A_dossier_that_moved_in_time_gets_no_warning_about_what_it_waited_for()
    {
        var id = await city.Stuck.MakeAsync("CHECK");
        await city.RoundAsync("2025-10-06T11:00");
        await city.Stuck.DoAsync(id, "2025-10-07T07:30", (d, at) =>
            Stuck.Must(d.RequestSupplement(Stuck.As(Roles.Reception), new SupplementAsk([new SupplementItem(1, null, "Đơn", "Thiếu")], null, Stuck.Until(at)), null, at)));
        foreach (var at in new[] { "2025-10-07T08:00", "2025-10-07T10:00", "2025-10-08T17:00" })
            await city.RoundAsync(at);
        Assert.Empty(await city.LevelsAsync(id));
        Assert.Equal("SUPPLEMENT", (await city.WaitAsync(id))!.Reason);
    }

    [Fact]
    public async Task What_is_over_has_no_row_any_more_and_hears_nothing()
    {
        var id = await city.Stuck.MakeAsync("CHECK");
        await city.RoundAsync("2025-10-06T11:00");
        Assert.NotNull(await city.WaitAsync(id));
        await city.Stuck.DoAsync(id, "2025-10-06T12:00", (d, at) => Stuck.Must(d.Reject(Stuck.As(Roles.Reception), new Grounds("Điều 17", "Không thuộc thẩm quyền"), at)));
        await city.RoundAsync("2025-10-09T10:00");
        Assert.Null(await city.WaitAsync(id));
        Assert.Empty(await city.LevelsAsync(id));
    }

    [Fact]
    public async Task After_a_week_of_standstill_every_level_gets_its_row_once_and_only_the_highest_is_urgent()
    {
        await using var heard = await Listener.StartAsync<DossierWaitWarned>(new Uri(city.City.Broker));
        var id = await city.Stuck.MakeAsync("CHECK");
        await city.RoundAsync("2025-10-13T10:00");
        await city.RoundAsync("2025-10-13T10:01");
        var given = await city.WarningsAsync(id);
        Assert.Equal([("officer", false), ("supervisor", false), ("citizen", true)], given.Select(w => (w.Level, w.Urgent)));
        Assert.All(given, w => Assert.Equal("2025-10-13 10:00", ((DateTimeOffset?)w.GivenAt).Local()));
        Assert.Equal(["2025-10-07 08:00", "2025-10-07 10:00", "2025-10-08 17:00"], given.Select(w => ((DateTimeOffset?)w.PlannedAt).Local()));
        Assert.Null((await city.WaitAsync(id))!.NextAt);
        await Eventually.Async(() => Task.FromResult(heard.Heard.Count(w => w.DossierId == id) == 3), "three facts");
        Assert.Equal("citizen", heard.Heard.Single(w => w.DossierId == id && w.Urgent).Level);
    }

    [Fact]
    public async Task A_leader_whose_connection_is_killed_in_the_middle_of_a_claim_loses_nothing_and_repeats_nothing()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
            ids.Add(await city.Stuck.MakeAsync("CHECK", $"2025-11-03T09:0{i}"));
        // The third warning makes the database end the connection it comes by: half of the claim is written.
        await SqlAsync("""
            CREATE FUNCTION kill_leader() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
            """);
        await SqlAsync(FormattableString.Invariant($"CREATE TRIGGER kill_leader BEFORE INSERT ON wait_warning FOR EACH ROW WHEN (NEW.dossier_id = '{ids[2]}') EXECUTE FUNCTION kill_leader();"));
        city.Clock.Set(ClockSamples.At("2025-11-04T07:30"));
        await RunThroughAsync();
        Assert.DoesNotContain(ids[2], await WarnedAsync(ids));

        await SqlAsync("DROP TRIGGER kill_leader ON wait_warning; DROP FUNCTION kill_leader();");
        await city.RoundAsync("2025-11-04T07:31");
        Assert.Equal(ids.Order(), await WarnedAsync(ids));
    }

    [Fact]
    public async Task One_dossier_that_cannot_be_saved_does_not_silence_the_others()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 4; i++)
            ids.Add(await city.Stuck.MakeAsync("CHECK", $"2025-11-05T09:0{i}"));
        var bad = ids[1];
        await SqlAsync("CREATE FUNCTION refuse_warning() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$;");
        await SqlAsync(FormattableString.Invariant($"CREATE TRIGGER refuse_warning BEFORE INSERT ON wait_warning FOR EACH ROW WHEN (NEW.dossier_id = '{bad}') EXECUTE FUNCTION refuse_warning();"));
        await city.RoundAsync("2025-11-06T07:30");
        Assert.Equal(ids.Where(i => i != bad).Order(), await WarnedAsync(ids));
        await SqlAsync("DROP TRIGGER refuse_warning ON wait_warning; DROP FUNCTION refuse_warning();");
        await city.RoundAsync("2025-11-06T07:31");
        Assert.Equal(ids.Order(), await WarnedAsync(ids));
    }

    [Fact]
    public async Task Replicas_that_look_at_once_warn_once()
    {
        await using var other = await city.ReplicaAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < 12; i++)
            ids.Add(await city.Stuck.MakeAsync("CHECK", $"2025-11-10T09:{i:00}"));
        city.Clock.Set(ClockSamples.At("2025-11-11T07:30"));
        var calendar = await city.City.Services.GetRequiredService<HaLong.Dossiers.Deadlines.CalendarCache>().FreshAsync(Ct);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async n =>
        {
            var factory = n % 2 == 0 ? city.City : other;
            for (var left = 12; left > 0; left--)
                await factory.InScopeAsync<WatchClaim, Looked?>(c => c.RunAsync(calendar, 2, [], Ct));
        }));
        await city.RoundAsync("2025-11-11T07:30");
        foreach (var id in ids)
            Assert.Equal(["officer"], await city.LevelsAsync(id));
    }

    [Fact]
    public async Task Who_does_not_lead_leaves_the_round_to_the_leader()
    {
        var id = await city.Stuck.MakeAsync("CHECK", "2025-11-12T09:00");
        city.Clock.Set(ClockSamples.At("2025-11-13T07:30"));
        await city.InDbAsync(async db =>
        {
            await using var leader = await db.Database.BeginTransactionAsync(Ct);
            await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(hashtext('halong.dossier.watchdog'))", Ct);
            Assert.False(await city.Watchdog.RunAsync(Ct));
            Assert.Empty(await city.LevelsAsync(id));
            return 0;
        });
        Assert.True(await city.Watchdog.RunAsync(Ct));
        Assert.Equal(["officer"], await city.LevelsAsync(id));
    }

    [Fact]
    public async Task A_dossier_that_somebody_works_on_right_now_is_left_for_the_next_round()
    {
        var id = await city.Stuck.MakeAsync("CHECK", "2025-11-17T09:00");
        await city.InDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            await db.LockAsync(id, Ct);
            await city.RoundAsync("2025-11-18T07:30");
            Assert.Empty(await city.LevelsAsync(id));
            return 0;
        });
        await city.RoundAsync("2025-11-18T07:30");
        Assert.Equal(["officer"], await city.LevelsAsync(id));
    }

    [Fact]
    public async Task A_warning_changes_neither_the_revision_nor_the_timeline_of_the_dossier()
    {
        var id = await city.Stuck.MakeAsync("CHECK", "2025-11-19T09:00");
        var before = await city.LoadAsync(id);
        await city.RoundAsync("2025-11-24T10:00");
        var after = await city.LoadAsync(id);
        Assert.Equal(3, (await city.LevelsAsync(id)).Count);
        Assert.Equal((before.Version, before.Steps, before.Sequence, before.UpdatedAt), (after.Version, after.Steps, after.Sequence, after.UpdatedAt));
    }

    [Fact]
    public async Task The_service_looks_by_itself()
    {
        city.Clock.Set(ClockSamples.At("2025-11-25T09:00"));
        await using var own = await city.NewCity().WithSetting("Dossiers:Watchdog:Interval", "00:00:00.100").StartAsync(waitForBus: false);
        var id = await new Stuck(own).MakeAsync("CHECK", "2025-11-24T10:00");
        await Eventually.Async(async () => (await city.LevelsAsync(id, own)).Contains(WaitLevels.Officer), "the warning");
    }

    // A killed connection may fail one round; nothing else is expected of it.
    private async Task RunThroughAsync()
    {
        try
        {
            await city.Watchdog.RunAsync(Ct);
        }
        catch (Exception e) when (e is DbUpdateException or InvalidOperationException or System.Data.Common.DbException)
        {
            Assert.NotNull(e.Message);
        }
    }

    private Task<List<Guid>> WarnedAsync(List<Guid> ids) => city.InDbAsync(db =>
        db.WaitWarnings.AsNoTracking().Where(w => ids.Contains(w.DossierId)).OrderBy(w => w.DossierId).Select(w => w.DossierId).ToListAsync(Ct));

    private Task<int> SqlAsync(string sql) => city.InDbAsync(db => db.Database.ExecuteSqlRawAsync(sql, Ct));
}
