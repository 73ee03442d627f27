using System.Diagnostics.Metrics;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Deadlines.Recounting;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Deadlines;

/// <summary>Dossiers with a history, and many of them, when the calendar changes.</summary>
public sealed class RecountCaseTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private RecountDeadlines Job => dossiers.Factory.Services.GetRequiredService<RecountDeadlines>();

    [Fact]
    public async Task A_new_appointment_stays_where_the_agency_set_it_unless_that_day_is_off_now()
    {
        var id = await CalendarSamples.AcceptedAsync(dossiers.Factory, "2024-03-04T09:00");
        await AddAsync(id, ClockEffect.Extend, "2024-03-11T09:00", "2024-04-03T17:00");
        await SetDueAsync(id, "2024-04-03T17:00");
        await DayOffAsync("2024-03-14");
        await Job.RunAsync(Ct);
        Assert.Equal(("2024-04-03 17:00", 2), ((await LoadAsync(id)).DueAt.Local(), (await LoadAsync(id)).Steps));
        await DayOffAsync("2024-04-03");
        await Job.RunAsync(Ct);
        Assert.Equal(("2024-04-04 17:00", 3), ((await LoadAsync(id)).DueAt.Local(), (await LoadAsync(id)).Steps));
    }

    [Fact]
    public async Task What_began_anew_is_counted_from_there()
    {
        var id = await CalendarSamples.AcceptedAsync(dossiers.Factory, "2024-05-06T09:00");
        await AddAsync(id, ClockEffect.Pause, "2024-05-08T09:00");
        await AddAsync(id, ClockEffect.Restart, "2024-05-20T09:00");
        await SetDueAsync(id, "2024-06-12T17:00");
        await DayOffAsync("2024-05-10");
        await Job.RunAsync(Ct);
        Assert.Equal("2024-06-12 17:00", (await LoadAsync(id)).DueAt.Local());
        await DayOffAsync("2024-06-04");
        await Job.RunAsync(Ct);
        Assert.Equal("2024-06-13 17:00", (await LoadAsync(id)).DueAt.Local());
    }

    [Fact]
    public async Task A_worked_Saturday_brings_a_date_forward()
    {
        var id = await CalendarSamples.AcceptedAsync(dossiers.Factory, "2024-10-07T09:00");
        Assert.Equal("2024-10-30 17:00", (await LoadAsync(id)).DueAt.Local());
        await ChangeAsync("2024-10-19", "SWAP_WORK");
        await Job.RunAsync(Ct);
        Assert.Equal("2024-10-29 17:00", (await LoadAsync(id)).DueAt.Local());
        var change = await dossiers.InDbAsync(db => db.DueDateChanges.AsNoTracking().SingleAsync(c => c.DossierId == id, Ct));
        Assert.True(change.NewDueAt < change.OldDueAt);
    }

    [Fact]
    public async Task A_lost_race_between_an_official_and_the_calendar_is_seen_by_the_official()
    {
        var owner = Guid.CreateVersion7();
        var id = await CalendarSamples.AcceptedAsync(dossiers.Factory, "2024-12-02T09:00", owner);
        var etag = Etag.Of((await LoadAsync(id)).Version);
        await DayOffAsync("2024-12-10");
        await Job.RunAsync(Ct);
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Officer), id, "assignment", ifMatch: etag), 412, "CMN-0412");
        var view = await BodyAsync(await PostAsync(dossiers.Official(Roles.Officer), id, "assignment", ifMatch: Etag.Of((await LoadAsync(id)).Version)));
        Assert.Equal("PROCESSING", view.GetProperty("status").GetString());
        var actions = (await GetAsync(dossiers.Citizen(owner), $"/api/v1/dossiers/{id}/timeline")).EnumerateArray().Select(s => s.GetProperty("action").GetString());
        Assert.Equal(["submit", "accept", "moveDue", "assign"], actions);
    }

    [Fact]
    public async Task More_dossiers_than_one_claim_holds_are_counted_and_measured()
    {
        await using var own = await dossiers.NewFactory().WithSetting("Deadlines:RecountBatch", "4").StartAsync(waitForBus: false);
        var ids = new List<Guid>();
        for (var i = 0; i < 11; i++)
            ids.Add(await CalendarSamples.AcceptedAsync(own, $"2024-0{1 + (i % 2 * 5)}-08T09:{i:00}"));
        await ChangeAsync("2024-06-19", "SWAP_OFF", own);
        using var metrics = new Metrics();
        var job = own.Services.GetRequiredService<RecountDeadlines>();
        Assert.Equal((11, 0), (await job.RunAsync(Ct), await job.RunAsync(Ct)));
        // Five were received in June.
        Assert.Equal(5, await own.InScopeAsync<DossierDbContext, int>(db => db.DueDateChanges.CountAsync(Ct)));
        Assert.Equal((11L, 5L), (metrics["dossier.deadlines_recounted"], metrics["dossier.due_dates_moved"]));
    }

    [Fact]
    public async Task A_service_whose_calendar_is_empty_still_counts_by_weekends_and_says_so()
    {
        await using var own = await dossiers.NewFactory().StartAsync(waitForBus: false);
        await own.InScopeAsync<DossierDbContext, int>(async db =>
        {
            await db.CalendarDays.ExecuteDeleteAsync(Ct);
            await db.CalendarYears.ExecuteDeleteAsync(Ct);
            return await db.CalendarVersions.ExecuteDeleteAsync(Ct);
        });
        var owner = Guid.CreateVersion7();
        var id = await CalendarSamples.AcceptedAsync(own, "2026-02-09T09:00", owner);
        var dossier = await own.InScopeAsync<DossierDbContext, Dossier>(db => db.Dossiers.AsNoTracking().SingleAsync(d => d.Id == id, Ct));
        Assert.Equal(("2026-03-04 17:00", true), (dossier.DueAt.Local(), dossier.DueAssumed));
        using var client = own.Client(dossiers.Identity.Token(owner, [Roles.Citizen]));
        var view = await GetAsync(client, $"/api/v1/dossiers/{id}/deadline");
        Assert.Contains(view.GetProperty("assumptions").EnumerateArray(), a => a.GetProperty("what").GetString() == "calendarYear");
        Assert.Equal("missing", (await GetAsync(client, "/api/v1/calendar?year=2026")).GetProperty("state").GetString());
    }

    private Task<Dossier> LoadAsync(Guid id) => dossiers.InDbAsync(db => db.Dossiers.AsNoTracking().SingleAsync(d => d.Id == id, Ct));

    private Task<int> SetDueAsync(Guid id, string due) => dossiers.InDbAsync(db =>
        db.Dossiers.Where(d => d.Id == id).ExecuteUpdateAsync(d => d.SetProperty(x => x.DueAt, ClockSamples.At(due).ToUniversalTime()), Ct));

    private Task<int> AddAsync(Guid id, ClockEffect effect, string at, string? extendTo = null) => dossiers.InDbAsync(async db =>
    {
        db.ClockEntries.Add(new ClockEntry
        {
            DossierId = id,
            Number = await db.ClockEntries.CountAsync(e => e.DossierId == id, Ct) + 1,
            Effect = effect,
            At = ClockSamples.At(at).ToUniversalTime(),
            Cause = "test",
            ReasonVi = "vì",
            ReasonEn = "because",
            ExtendTo = extendTo is null ? null : ClockSamples.At(extendTo).ToUniversalTime(),
        });
        return await db.SaveChangesAsync(Ct);
    });

    private Task DayOffAsync(string date) => ChangeAsync(date, "SWAP_OFF");

    private async Task ChangeAsync(string date, string kind, ServiceFactory<Program>? factory = null)
    {
        using var admin = (factory ?? dossiers.Factory).Client(dossiers.Identity.Token(null, [Roles.Administrator], Unit, strong: true));
        var day = new { date, kind, nameVi = "Đổi lịch", nameEn = "Changed", source = "QĐ 2/2024" };
        using var answer = await admin.PatchAsync(
            $"/api/v1/admin/calendar/{date[..4]}", System.Net.Http.Json.JsonContent.Create(new { reason = "Đổi lịch làm việc", set = new[] { day } }), Ct);
        await BodyAsync(answer);
    }

    private sealed class Metrics : IDisposable
    {
        private readonly MeterListener listener = new();
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, long> sums = new();

        public Metrics()
        {
            listener.InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == "HaLong.Dossier")
                    l.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
            listener.Start();
        }

        public long this[string name] => sums.GetValueOrDefault(name);

        public void Dispose() => listener.Dispose();
    }
}
