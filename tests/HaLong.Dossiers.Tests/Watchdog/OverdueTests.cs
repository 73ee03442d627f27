using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Tests.Deadlines;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Watchdog;

/// <summary>Seventeen working days from Monday, 6 October 2025, end on Wednesday the 29th; nobody has done anything.</summary>
public sealed class OverdueTests(WatchFixture city) : IClassFixture<WatchFixture>
{
    private const string Due = "2025-10-29T17:00", NextMorning = "2025-10-30T07:00";

    [Fact]
    public async Task Officer_then_the_last_chance_then_the_supervisors_then_the_apology_with_a_new_date()
    {
        await using var heard = await Listener.StartAsync<DossierOverdue>(new Uri(city.City.Broker));
        var owner = Guid.CreateVersion7();
        var id = await city.Stuck.MakeAsync("APPRAISAL", owner: owner);
        (string At, string[] Levels)[] story =
        [
            ("2025-10-23T13:44", []), ("2025-10-23T13:45", ["officer"]), ("2025-10-27T06:59", ["officer"]), ("2025-10-27T07:00", ["officer", "extension"]),
            ("2025-10-29T16:59", ["officer", "extension"]), (Due, ["officer", "extension", "supervisor"]), ("2025-10-30T06:59", ["officer", "extension", "supervisor"]),
        ];
        foreach (var (at, levels) in story)
        {
            await city.RoundAsync(at);
            Assert.Equal(levels, await city.LevelsAsync(id));
        }
        Assert.Null((await city.LoadAsync(id)).ApologisedFor);

        await city.RoundAsync(NextMorning);
        await city.RoundAsync(NextMorning);

        var dossier = await city.LoadAsync(id);
        Assert.Equal(("2025-11-06 17:00", 1, "2025-10-29 17:00"), (dossier.DueAt.Local(), dossier.Extensions, dossier.ApologisedFor.Local()));
        var fact = await Eventually.ValueAsync(() => Task.FromResult(heard.Heard.SingleOrDefault(f => f.DossierId == id)), f => f is not null, "the fact");
        Assert.Equal((owner, "2025-10-29 17:00", "2025-11-06 17:00", "OVERDUE", dossier.Sequence), (fact!.OwnerId, ((DateTimeOffset?)fact.PreviousDueAt).Local(), fact.DueAt.Local(), fact.Reason, fact.Sequence));
        // The citizen was told by the apology; his step of the old wait is gone with its date.
        Assert.Equal(["officer", "extension", "supervisor"], await city.LevelsAsync(id));
        await city.RoundAsync("2025-10-30T17:00");
        Assert.Equal(3, (await city.LevelsAsync(id)).Count);

        var row = (await city.WaitAsync(id))!;
        Assert.Equal(("APPRAISAL", "officer", "2025-11-06 17:00"), (row.Reason, row.Who, row.LatestAt.Local()));
    }

    [Fact]
    public async Task The_form_the_timeline_and_the_ledger_of_the_deadline_tell_it()
    {
        var owner = Guid.CreateVersion7();
        var id = await city.Stuck.MakeAsync("APPRAISAL", owner: owner);
        await city.RoundAsync(NextMorning);
        var client = city.As(Roles.Citizen, unit: null, id: owner);

        var form = Assert.Single((await GetAsync(client, $"/api/v1/dossiers/{id}/forms")).EnumerateArray(), f => f.GetProperty("kind").GetString() == "APOLOGY");
        Assert.Equal(("04", "OVERDUE", "Quá hạn, chưa có kết quả"), (form.GetProperty("number").GetString(), form.GetProperty("data").GetProperty("reasonCode").GetString(), form.GetProperty("data").GetProperty("reason").GetString()));
        Assert.Equal("2025-11-06T10:00:00+00:00", form.GetProperty("data").GetProperty("newDueAt").GetString());

        var step = (await GetAsync(client, $"/api/v1/dossiers/{id}/timeline")).EnumerateArray().Last();
        Assert.Equal(("apologise", "PROCESSING", "system"), (step.GetProperty("action").GetString(), step.GetProperty("to").GetString(), step.GetProperty("role").GetString()));

        var deadline = await GetAsync(client, $"/api/v1/dossiers/{id}/deadline");
        var last = deadline.GetProperty("steps").EnumerateArray().Last();
        Assert.Equal(("extend", "apologise"), (last.GetProperty("effect").GetString(), last.GetProperty("cause").GetString()));
        Assert.Contains("a new appointment is given", last.GetProperty("words").GetProperty("textEn").GetString(), StringComparison.Ordinal);
        // Late it stays: by the original date, and for statistics.
        Assert.Equal(("overdue", 1), (deadline.GetProperty("punctuality").GetString(), deadline.GetProperty("extensions").GetInt32()));
        Assert.Equal("2025-10-29 17:00", ((DateTimeOffset?)deadline.GetProperty("originalDueAt").GetDateTimeOffset()).Local());
        Assert.Equal("2025-10-29 17:00", ((DateTimeOffset?)deadline.GetProperty("statistical").GetProperty("dueAt").GetDateTimeOffset()).Local());
        Assert.Equal("2025-11-06 17:00", ((DateTimeOffset?)deadline.GetProperty("dueAt").GetDateTimeOffset()).Local());
    }

    [Fact]
    public async Task When_the_new_date_passes_too_there_is_an_apology_without_a_date_and_then_the_ladder_up_to_the_citizen()
    {
        await using var heard = await Listener.StartAsync<DossierOverdue>(new Uri(city.City.Broker));
        var owner = Guid.CreateVersion7();
        var id = await city.Stuck.MakeAsync("APPRAISAL", owner: owner);
        await city.RoundAsync(NextMorning);
        foreach (var at in new[] { "2025-11-06T17:00", "2025-11-07T07:00", "2025-11-07T17:00", "2025-11-20T17:00" })
            await city.RoundAsync(at);

        Assert.Equal((1, "2025-11-06 17:00"), ((await city.LoadAsync(id)).Extensions, (await city.LoadAsync(id)).DueAt.Local()));
        await Eventually.Async(() => Task.FromResult(heard.Heard.Count(f => f.DossierId == id) == 2), "two facts");
        Assert.Null(heard.Heard.Where(f => f.DossierId == id).MaxBy(f => f.Sequence)!.DueAt);
        Assert.Equal(["officer", "supervisor", "officer", "supervisor", "citizen"], WatchFixture.OfWait(await city.LevelsAsync(id)));
        var steps = (await GetAsync(city.As(Roles.Citizen, null, owner), $"/api/v1/dossiers/{id}/deadline")).GetProperty("steps").EnumerateArray().ToList();
        Assert.Equal(["start", "extend", "none"], steps.Select(s => s.GetProperty("effect").GetString()));
        Assert.Contains("không hẹn lại lần nữa", steps[^1].GetProperty("words").GetProperty("textVi").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_standstill_over_the_due_date_the_apology_is_the_owners_news_and_comes_once()
    {
        var id = await city.Stuck.MakeAsync("APPRAISAL");
        await city.RoundAsync("2025-11-10T09:00");
        await city.RoundAsync("2025-11-10T09:01");
        Assert.Equal([("officer", false), ("supervisor", true), ("citizen", false)], (await city.WarningsAsync(id)).Select(w => (w.Level, w.Urgent)));
        var dossier = await city.LoadAsync(id);
        // Five working days from when it was said, and no warning about a chance that is gone.
        Assert.Equal(("2025-11-17 17:00", "2025-10-29 17:00"), (dossier.DueAt.Local(), dossier.ApologisedFor.Local()));
    }

    [Fact]
    public async Task When_the_agency_gave_a_new_date_in_time_the_platform_waits_for_that_one_and_gives_no_other()
    {
        var id = await city.Stuck.MakeAsync("APPRAISAL");
        var day = DateOnly.Parse("2025-11-03", System.Globalization.CultureInfo.InvariantCulture);
        city.Clock.Set(ClockSamples.At("2025-10-28T09:00"));
        await BodyAsync(await PostAsync(city.As(Roles.Approver), id, "extension", new { dueDate = day, reason = "Cần xác minh" }));
        await city.RoundAsync(NextMorning);
        Assert.Null((await city.LoadAsync(id)).ApologisedFor);
        await city.RoundAsync("2025-11-04T07:00");
        var dossier = await city.LoadAsync(id);
        Assert.Equal(("2025-11-03 17:00", "2025-11-03 17:00", 1), (dossier.DueAt.Local(), dossier.ApologisedFor.Local(), dossier.Extensions));
        // The warning that an appointment can be given still was not given: there was none left.
        Assert.DoesNotContain(WaitLevels.Extension, (await city.WarningsAsync(id)).Where(w => ((DateTimeOffset?)w.LatestAt).Local() == "2025-11-03 17:00").Select(w => w.Level));
    }

    [Fact]
    public async Task After_the_platforms_date_no_official_can_give_another()
    {
        var id = await city.Stuck.MakeAsync("APPRAISAL");
        await city.RoundAsync(NextMorning);
        await RefusedAsync(await PostAsync(city.As(Roles.Approver), id, "extension", new { dueDate = "2025-11-20", reason = "Nữa" }), 409, "DOS-0106");
    }

    [Fact]
    public async Task While_the_clock_stands_nothing_is_overdue_and_when_it_goes_on_late_the_apology_follows()
    {
        var id = await city.Stuck.MakeAsync("DUTY");
        await city.RoundAsync("2025-12-01T09:00");
        Assert.Equal((null, null), ((await city.LoadAsync(id)).DueAt, (await city.LoadAsync(id)).ApologisedFor));
        await city.Stuck.DoAsync(id, "2025-12-01T10:00", (d, at) =>
        {
            var demand = new FeeDemand { Id = Guid.CreateVersion7(), DossierId = id, Number = 1, Fees = [], Amount = 1, Reason = "", Deadline = at, RequestedAt = at };
            Assert.True(d.RecordPayment(demand, Guid.CreateVersion7(), 500_000, at));
        }, ClockEffect.Resume);
        var due = (await city.LoadAsync(id)).DueAt.Local();
        Assert.Equal("2025-12-24 17:00", due);
        await city.RoundAsync("2025-12-25T07:00");
        Assert.Equal(due, (await city.LoadAsync(id)).ApologisedFor.Local());
    }

    [Fact]
    public async Task An_approval_at_the_same_time_as_the_apology_leaves_one_truth()
    {
        for (var i = 0; i < 4; i++)
        {
            var id = await city.Stuck.MakeAsync("APPRAISAL");
            city.Clock.Set(ClockSamples.At(NextMorning));
            var (round, approval) = (city.Watchdog.RunAsync(Ct), PostAsync(city.As(Roles.Approver), id, "approval", new { decision = "Chấp thuận." }));
            await Task.WhenAll(round, approval);
            Assert.Contains((int)(await approval).StatusCode, new[] { 200, 409, 412 });
            await city.RoundAsync(NextMorning);
            var steps = await city.InDbAsync(db => db.Timeline.AsNoTracking().Where(t => t.DossierId == id).OrderBy(t => t.Step).ToListAsync(Ct));
            Assert.Equal(Enumerable.Range(1, steps.Count), steps.Select(s => s.Step));
            Assert.True(steps.Count(s => s.Action == Moves.Apologise) <= 1);
            Assert.Equal((int)(await approval).StatusCode == 200 ? 1 : 0, steps.Count(s => s.Action == Moves.Approve));
        }
    }
}
