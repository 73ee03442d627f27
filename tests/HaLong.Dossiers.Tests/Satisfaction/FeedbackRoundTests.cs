using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using HaLong.Dossiers.Satisfaction;
using HaLong.Dossiers.Satisfaction.Petitions;
using HaLong.Dossiers.Tests.Deadlines;
using HaLong.Dossiers.Tests.Watchdog;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Satisfaction.SatisfactionKit;

namespace HaLong.Dossiers.Tests.Satisfaction;

/// <summary>What time alone does to feedback: the service in a time of its own.</summary>
public sealed class FeedbackRoundTests(WatchFixture city) : IClassFixture<WatchFixture>
{
    [Fact]
    public async Task Feedback_is_late_when_its_fifteen_working_days_are_over_and_not_before()
    {
        var unit = NewUnit();
        var id = await SendAtAsync("2025-10-06T10:00", unit);
        await RoundAsync("2025-10-27T16:59");
        Assert.Null((await LoadAsync(id)).OnTime);
        await RoundAsync("2025-10-27T17:01");
        Assert.False((await LoadAsync(id)).OnTime);

        var done = await BodyAsync(await StepAsync(city.As(Roles.Chief, unit), id, "answer", new { answer = "Muộn.", upheld = true }));
        Assert.True(done.GetProperty("late").GetBoolean());
        Assert.False((await LoadAsync(id)).OnTime);
    }

    [Fact]
    public async Task An_answer_that_is_not_published_in_two_working_days_is_late_too()
    {
        var unit = NewUnit();
        var id = await SendAtAsync("2025-10-06T10:00", unit);
        await BodyAsync(await StepAsync(city.As(Roles.Chief, unit), id, "answer", new { answer = "Đã xử lý.", upheld = false }));
        await RoundAsync("2025-10-08T16:59");
        Assert.Null((await LoadAsync(id)).OnTime);
        await RoundAsync("2025-10-08T17:01");
        Assert.False((await LoadAsync(id)).OnTime);
    }

    [Fact]
    public async Task What_is_not_completed_in_ten_working_days_is_closed_without_fault_of_the_agency()
    {
        var unit = NewUnit();
        var ids = new List<Guid>();
        for (var i = 0; i < 3; i++)
            ids.Add(await SendAtAsync("2025-11-03T10:00", unit));
        foreach (var id in ids)
            await BodyAsync(await StepAsync(city.As(Roles.Chief, unit), id, "supplement-request", new { question = "Ngày nào?" }));
        await RoundAsync("2025-11-17T16:59");
        Assert.All(await AllAsync(unit), f => Assert.Equal((FeedbackState.AwaitingSupplement, null), (f.State, f.OnTime)));

        // Two replicas at once: each piece is closed once.
        city.Clock.Set(ClockSamples.At("2025-11-17T17:01"));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => city.City.Services.GetRequiredService<FeedbackRounds>().RunAsync(Ct)));

        Assert.All(await AllAsync(unit), f => Assert.Equal((FeedbackState.Refused, true, null), (f.State, f.OnTime, f.DueAt)));
        Assert.All(await AllAsync(unit), f => Assert.Contains("không bổ sung", f.RefusalReason, StringComparison.Ordinal));
        foreach (var id in ids)
            Assert.Equal(1, await city.InDbAsync(db => db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM evidence WHERE subject = {id.ToString()} AND kind = 'feedback.lapsed'").SingleAsync(Ct)));
    }

    [Fact]
    public async Task What_is_open_and_late_is_measured()
    {
        await using var own = await city.NewCity().StartAsync(waitForBus: false);
        var (gauges, counted) = (new ConcurrentDictionary<string, double>(), new ConcurrentDictionary<string, long>());
        using var listener = new MeterListener();
        var factory = own.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "HaLong.Dossier" && instrument.Meter.Scope == factory)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (instrument.IsObservable)
                gauges[instrument.Name] = value;
            else
                counted.AddOrUpdate($"{instrument.Name}:{(tags.Length > 0 ? tags[0].Value : "")}", value, (_, old) => old + value);
        });
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => gauges[instrument.Name] = value);
        listener.Start();
        city.Clock.Set(ClockSamples.At("2025-10-06T10:00"));
        var author = own.Client(city.Dossiers.Identity.Token(null, [Roles.Citizen]));
        await SendAsync(author, NewUnit());
        city.Clock.Set(ClockSamples.At("2025-10-20T10:00"));
        await SendAsync(author, NewUnit());

        city.Clock.Set(ClockSamples.At("2025-10-27T18:00"));
        await own.Services.GetRequiredService<FeedbackRounds>().RunAsync(Ct);
        listener.RecordObservableInstruments();

        Assert.Equal((2, 1), (gauges["dossier.feedback_open"], gauges["dossier.feedback_late"]));
        Assert.InRange(gauges["dossier.oldest_late_feedback"], 3600, 3700);
        Assert.Equal((2, 1), (counted["dossier.feedback_steps:received"], counted["dossier.feedback_steps:late"]));
    }

    [Fact]
    public async Task The_service_looks_by_itself()
    {
        city.Clock.Set(ClockSamples.At("2025-12-30T10:00"));
        await using var own = await city.NewCity().WithSetting("Satisfaction:Interval", "00:00:00.100").StartAsync(waitForBus: false);
        var id = await SendAsync(own.Client(city.Dossiers.Identity.Token(null, [Roles.Citizen])), NewUnit());
        var past = ClockSamples.At("2025-12-29T10:00").ToUniversalTime();
        await city.InDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE feedback SET due_at = {past} WHERE id = {id}", Ct), own);
        await Eventually.Async(async () => (await city.InDbAsync(db => db.Set<Feedback>().AsNoTracking().SingleAsync(f => f.Id == id, Ct),
            own)).OnTime == false, "it is late");
    }

    [Theory]
    [InlineData("Satisfaction:Interval", "00:00:00")]
    [InlineData("Satisfaction:Batch", "0")]
    [InlineData("Satisfaction:FewestShown", "0")]
    [InlineData("Satisfaction:ChangeableDays", "-1")]
    [InlineData("Statistics:ExpectedWait:Patience", "00:00:00")]
    [InlineData("Statistics:ExpectedWait:WidestDays", "30")]
    [InlineData("Statistics:ExpectedWait:Fewest", "0")]
    public async Task A_setting_that_makes_no_sense_stops_the_start_and_is_named(string key, string value)
    {
        await using var wrong = city.Dossiers.NewFactory().WithSetting(key, value);
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => wrong.StartAsync(waitForBus: false));
        Assert.Contains(key.Split(':')[^1], refusal.ToString(), StringComparison.Ordinal);
    }

    private async Task<Guid> SendAtAsync(string at, string unit)
    {
        city.Clock.Set(ClockSamples.At(at));
        return await SendAsync(city.As(Roles.Citizen, unit: null), unit);
    }

    private async Task RoundAsync(string at)
    {
        city.Clock.Set(ClockSamples.At(at));
        await city.City.Services.GetRequiredService<FeedbackRounds>().RunAsync(Ct);
    }

    private Task<Feedback> LoadAsync(Guid id) => city.InDbAsync(db => db.Set<Feedback>().AsNoTracking().SingleAsync(f => f.Id == id, Ct));

    private Task<List<Feedback>> AllAsync(string unit) =>
        city.InDbAsync(db => db.Set<Feedback>().AsNoTracking().Where(f => f.UnitCode == unit).ToListAsync(Ct));
}
