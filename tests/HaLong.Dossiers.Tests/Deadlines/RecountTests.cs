using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Deadlines.Recounting;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Persistence.Schema;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Deadlines;

/// <summary>The calendar changes under open dossiers. Each test has months of its own, so that they do not move each other's dates.</summary>
public sealed class RecountTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private RecountDeadlines Job => dossiers.Factory.Services.GetRequiredService<RecountDeadlines>();

    [Fact]
    public async Task Only_dossiers_whose_date_really_moves_get_a_new_one_with_history_note_and_fact()
    {
        await using var facts = await dossiers.ListenAsync<DossierDeadlineChanged>();
        var owner = Guid.CreateVersion7();
        var moved = await CalendarSamples.AcceptedAsync(dossiers.Factory, "2024-06-03T09:00", owner);
        var (before, over) = (await CalendarSamples.AcceptedAsync(dossiers.Factory, "2024-05-02T09:00"), await CalendarSamples.AcceptedAsync(dossiers.Factory, "2024-06-03T10:00", resolved: "2024-06-12T09:00"));
        var (unmoved, finished) = (await LoadAsync(before), await LoadAsync(over));
        await DayOffAsync(dossiers.Factory, "2024-06-10");

        Assert.True(await Job.RunAsync(Ct) >= 2);
        Assert.Equal(0, await Job.RunAsync(Ct));

        var dossier = await LoadAsync(moved);
        Assert.Equal("2024-06-27 17:00", dossier.DueAt.Local());
        var fact = await Eventually.ValueAsync(() => Task.FromResult(facts.Heard.SingleOrDefault(f => f.DossierId == moved)), f => f is not null, "the fact");
        Assert.Equal((3L, "2024-06-26 17:00", "2024-06-27 17:00", "calendar", owner), (fact!.Sequence, ((DateTimeOffset?)fact.PreviousDueAt).Local(), ((DateTimeOffset?)fact.DueAt).Local(), fact.Cause, fact.OwnerId));
        var history = await dossiers.InDbAsync(db => db.DueDateChanges.AsNoTracking().SingleAsync(c => c.DossierId == moved, Ct));
        Assert.Equal(("2024-06-26 17:00", "2024-06-27 17:00"), (((DateTimeOffset?)history.OldDueAt).Local(), ((DateTimeOffset?)history.NewDueAt).Local()));
        Assert.Contains("Mất điện toàn thành phố", history.ReasonVi, StringComparison.Ordinal);
        var step = await dossiers.InDbAsync(db => db.Timeline.AsNoTracking().OrderBy(t => t.Step).LastAsync(t => t.DossierId == moved, Ct));
        Assert.Equal(("moveDue", "ACCEPTED", "ACCEPTED", "system", history.ReasonVi, 3), (step.Action, step.FromStatus, step.ToStatus, step.ActorRole, step.NoteVi, step.Step));

        // The others were looked at, or not even that, and are what they were: also their revision.
        Assert.Equal((unmoved.DueAt, unmoved.Version), ((await LoadAsync(before)).DueAt, (await LoadAsync(before)).Version));
        Assert.Equal((finished.DueAt, finished.Version), ((await LoadAsync(over)).DueAt, (await LoadAsync(over)).Version));
        Assert.Null((await ClockAsync(over)).CalendarVersion);

        // And back again.
        await DayOffAsync(dossiers.Factory, "2024-06-10", remove: true);
        await Job.RunAsync(Ct);
        Assert.Equal("2024-06-26 17:00", (await LoadAsync(moved)).DueAt.Local());
        await Eventually.Async(() => Task.FromResult(facts.Heard.Count(f => f.DossierId == moved) == 2), "the second fact");
        var explained = await GetAsync(dossiers.Citizen(owner), $"/api/v1/dossiers/{moved}/deadline");
        Assert.Equal(2, explained.GetProperty("changes").GetArrayLength());
        Assert.DoesNotContain(facts.Heard, f => f.DossierId == before || f.DossierId == over);
    }

    [Fact]
    public async Task What_a_crash_interrupts_is_done_again_once_and_one_bad_dossier_does_not_stop_the_others()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
            ids.Add(await CalendarSamples.AcceptedAsync(dossiers.Factory, $"2024-07-01T09:0{i}"));
        var bad = ids[2];
        await DayOffAsync(dossiers.Factory, "2024-07-09");
        // The database refuses the third dossier's history: like a crash in the middle of the claim.
        await SqlAsync(FormattableString.Invariant($"""
            CREATE FUNCTION refuse_bad() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$;
            CREATE TRIGGER refuse_bad BEFORE INSERT ON due_date_change FOR EACH ROW WHEN (NEW.dossier_id = '{bad}') EXECUTE FUNCTION refuse_bad();
            """));
        Assert.True(await Job.RunAsync(Ct) >= 4);
        Assert.Equal(ids.Where(i => i != bad).Order(), await MovedAsync(ids));
        Assert.Equal((2, 2L), ((await LoadAsync(bad)).Steps, (await LoadAsync(bad)).Sequence));

        await SqlAsync("DROP TRIGGER refuse_bad ON due_date_change; DROP FUNCTION refuse_bad();");
        Assert.Equal(1, await Job.RunAsync(Ct));
        Assert.Equal(ids.Order(), await MovedAsync(ids));
        foreach (var id in ids)
            Assert.Equal((3, 3L), ((await LoadAsync(id)).Steps, (await LoadAsync(id)).Sequence));
    }

    [Fact]
    public async Task A_claim_that_is_never_committed_leaves_nothing_behind()
    {
        var id = await CalendarSamples.AcceptedAsync(dossiers.Factory, "2024-08-01T09:00");
        await DayOffAsync(dossiers.Factory, "2024-08-08");
        var calendar = await dossiers.Factory.Services.GetRequiredService<CalendarCache>().FreshAsync(Ct);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dossiers.Factory.InScopeAsync<RecountClaim, (int, int)>(c => c.RunAsync(calendar, 100, [], stop.Token)));
        Assert.Equal((2, true), ((await LoadAsync(id)).Steps, (await ClockAsync(id)).CalendarVersion < calendar.Version));
        await Job.RunAsync(Ct);
        Assert.Equal((3, calendar.Version), ((await LoadAsync(id)).Steps, (await ClockAsync(id)).CalendarVersion));
    }

    [Fact]
    public async Task Several_replicas_share_the_work_and_nothing_is_told_twice()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 12; i++)
            ids.Add(await CalendarSamples.AcceptedAsync(dossiers.Factory, $"2024-10-01T09:{i:00}"));
        await DayOffAsync(dossiers.Factory, "2024-10-08");
        var calendar = await dossiers.Factory.Services.GetRequiredService<CalendarCache>().FreshAsync(Ct);
        var looked = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            for (var n = 1; n > 0;)
            {
                n = (await dossiers.Factory.InScopeAsync<RecountClaim, (int Looked, int Moved)>(c => c.RunAsync(calendar, 2, [], Ct))).Looked;
                Interlocked.Add(ref looked, n);
            }
        }));
        await Job.RunAsync(Ct);
        Assert.Equal(ids.Order(), await MovedAsync(ids));
        foreach (var id in ids)
            Assert.Equal(3, (await LoadAsync(id)).Steps);
        Assert.True(looked <= 12 + 20, $"{looked} looks");
    }

    [Fact]
    public async Task A_dossier_that_somebody_works_on_is_left_for_the_next_round()
    {
        var id = await CalendarSamples.AcceptedAsync(dossiers.Factory, "2024-11-04T09:00");
        await DayOffAsync(dossiers.Factory, "2024-11-12");
        await dossiers.InDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            await db.LockAsync(id, Ct);
            await Job.RunAsync(Ct);
            return 0;
        });
        Assert.Empty(await MovedAsync([id]));
        Assert.True(await Job.RunAsync(Ct) >= 1);
        Assert.Equal([id], await MovedAsync([id]));
    }

    [Fact]
    public async Task While_the_clock_stands_there_is_no_date_to_move()
    {
        var id = await CalendarSamples.AcceptedAsync(dossiers.Factory, "2024-12-02T09:00");
        var before = await LoadAsync(id);
        await dossiers.InDbAsync(async db =>
        {
            db.ClockEntries.Add(new ClockEntry { DossierId = id, Number = 2, Effect = ClockEffect.Pause, At = ClockSamples.At("2024-12-04T09:00").ToUniversalTime(), Cause = "feeDue", ReasonVi = "Chờ nộp thuế", ReasonEn = "Waiting for the tax" });
            return await db.SaveChangesAsync(Ct);
        });
        await DayOffAsync(dossiers.Factory, "2024-12-10");
        await Job.RunAsync(Ct);
        Assert.Equal((before.DueAt, before.Version), ((await LoadAsync(id)).DueAt, (await LoadAsync(id)).Version));
        Assert.NotNull((await ClockAsync(id)).CalendarVersion);
    }

    [Fact]
    public async Task Confirming_a_year_takes_the_mark_away_and_is_no_news()
    {
        await using var own = await dossiers.NewFactory().StartAsync(waitForBus: false);
        await SetConfirmedAsync(own, 2025, false);
        var id = await CalendarSamples.AcceptedAsync(own, "2025-03-03T09:00");
        Assert.True((await LoadAsync(id, own)).DueAssumed);
        await SetConfirmedAsync(own, 2025, true);
        await own.Services.GetRequiredService<RecountDeadlines>().RunAsync(Ct);
        Assert.Equal((false, 2, 2L), ((await LoadAsync(id, own)).DueAssumed, (await LoadAsync(id, own)).Steps, (await LoadAsync(id, own)).Sequence));
    }

    [Fact]
    public async Task The_service_looks_by_itself()
    {
        await using var own = await dossiers.NewFactory().WithSetting("Deadlines:RecountInterval", "00:00:00.200").StartAsync(waitForBus: false);
        var id = await CalendarSamples.AcceptedAsync(own, "2025-06-02T09:00");
        await DayOffAsync(own, "2025-06-10");
        await Eventually.Async(async () => (await LoadAsync(id, own)).Steps == 3, "the due date follows");
    }

    [Fact]
    public async Task Dossiers_from_before_there_were_clocks_get_theirs()
    {
        await using var own = await dossiers.NewFactory().StartAsync(waitForBus: false);
        var (running, over) = (await CalendarSamples.AcceptedAsync(own, "2025-08-04T09:00"), await CalendarSamples.AcceptedAsync(own, "2025-08-04T09:00", resolved: "2025-08-20T09:00"));
        var expected = await ClocksAsync(own);
        await own.InScopeAsync<DossierDbContext, int>(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("DELETE FROM clock_entry; DELETE FROM dossier_clock; UPDATE dossier SET clock_entries = 0;", Ct);
            return await db.Database.ExecuteSqlRawAsync(ClockBackfillSql.Up + ClockBackfillSql.Up, Ct);
        });
        Assert.Equal(expected.Select(c => (c.DossierId, c.Unit, c.Count, c.LimitAssumed, c.CalendarVersion is null)), (await ClocksAsync(own)).Select(c => (c.DossierId, c.Unit, c.Count, c.LimitAssumed, c.CalendarVersion is null)));
        Assert.Equal((1, 2), ((await LoadAsync(running, own)).ClockEntries, (await LoadAsync(over, own)).ClockEntries));
        await own.Services.GetRequiredService<RecountDeadlines>().RunAsync(Ct);
        Assert.Equal(2, (await LoadAsync(running, own)).Steps);
    }

    private static Task<List<DossierClock>> ClocksAsync(ServiceFactory<Program> factory) =>
        factory.InScopeAsync<DossierDbContext, List<DossierClock>>(db => db.Clocks.AsNoTracking().OrderBy(c => c.DossierId).ToListAsync(Ct));

    private Task<DossierClock> ClockAsync(Guid id) => dossiers.InDbAsync(db => db.Clocks.AsNoTracking().SingleAsync(c => c.DossierId == id, Ct));

    private Task<Dossier> LoadAsync(Guid id, ServiceFactory<Program>? factory = null) =>
        (factory ?? dossiers.Factory).InScopeAsync<DossierDbContext, Dossier>(db => db.Dossiers.AsNoTracking().SingleAsync(d => d.Id == id, Ct));

    private Task<List<Guid>> MovedAsync(List<Guid> ids) =>
        dossiers.InDbAsync(db => db.DueDateChanges.AsNoTracking().Where(c => ids.Contains(c.DossierId)).OrderBy(c => c.DossierId).Select(c => c.DossierId).ToListAsync(Ct));

    private Task<int> SqlAsync(string sql) => dossiers.InDbAsync(db => db.Database.ExecuteSqlRawAsync(sql, Ct));

    private static Task<int> SetConfirmedAsync(ServiceFactory<Program> factory, int year, bool confirmed) => factory.InScopeAsync<DossierDbContext, int>(async db =>
    {
        await db.CalendarYears.Where(y => y.Year == year).ExecuteUpdateAsync(y => y.SetProperty(x => x.Confirmed, confirmed), Ct);
        return (int)await db.NextCalendarVersionAsync(Ct);
    });

    /// <summary>A working day becomes a day off, or the other way round, as an administrator does it.</summary>
    private async Task DayOffAsync(ServiceFactory<Program> factory, string date, bool remove = false)
    {
        using var admin = factory.Client(dossiers.Identity.Token(null, [Roles.Administrator], Unit, strong: true));
        var day = new { date, kind = "SWAP_OFF", nameVi = "Nghỉ đột xuất", nameEn = "Sudden day off", source = "QĐ 1/2024" };
        using var answer = await admin.PatchAsync($"/api/v1/admin/calendar/{date[..4]}", System.Net.Http.Json.JsonContent.Create(remove
            ? new { reason = "Mất điện toàn thành phố", set = (object[])[], remove = new[] { date } }
            : new { reason = "Mất điện toàn thành phố", set = (object[])[day], remove = Array.Empty<string>() }), Ct);
        await BodyAsync(answer);
    }
}
