using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Tests.Deadlines;
using HaLong.Dossiers.Watchdog;
using HaLong.Dossiers.Watchdog.Rounds;
using HaLong.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Watchdog;

/// <summary>What operators see of the watchdog, and what a missing broker does to it.</summary>
public sealed class WatchObservationTests(WatchFixture city) : IClassFixture<WatchFixture>
{
    [Fact]
    public async Task Rounds_warnings_apologies_and_late_waits_are_counted()
    {
        await using var own = await city.NewCity().StartAsync(waitForBus: false);
        var (counted, gauges) = (new ConcurrentDictionary<string, long>(), new ConcurrentDictionary<string, double>());
        using var listener = new MeterListener();
        var factory = own.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "HaLong.Dossier" && instrument.Meter.Scope == factory)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var name = instrument.Name + (tags.Length > 0 ? $":{tags[0].Value}" : "");
            if (instrument.IsObservable)
                gauges[name] = value;
            else
                counted.AddOrUpdate(name, value, (_, old) => old + value);
        });
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => gauges[instrument.Name + (tags.Length > 0 ? $":{tags[0].Value}" : "")] = value);
        listener.Start();
        var stuck = new Stuck(own);
        await stuck.MakeAsync("CHECK", "2025-10-02T10:00");
        await stuck.MakeAsync("CHECK", "2025-10-02T11:00");
        await stuck.MakeAsync("APPRAISAL", "2025-09-01T10:00");

        await city.RoundAsync("2025-10-03T12:00", own);
        listener.RecordObservableInstruments();

        Assert.Equal((1L, 3L, 3L, 1L), (counted["dossier.watchdog_rounds:True"], counted["dossier.wait_warnings:officer"], counted["dossier.wait_warnings:supervisor"], counted["dossier.overdue_apologies"]));
        Assert.Equal(1, counted["dossier.wait_warnings:citizen"]);
        Assert.Equal(2, gauges["dossier.waits_late:CHECK"]);
        Assert.InRange(gauges["dossier.oldest_late_wait:CHECK"], 7200, 7300);
        Assert.False(gauges.ContainsKey("dossier.waits_late:APPRAISAL"));
    }

    [Fact]
    public async Task A_round_is_a_span_that_says_what_was_done()
    {
        var seen = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "HaLong.Dossier",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = seen.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var own = await city.NewCity().StartAsync(waitForBus: false);
        await new Stuck(own).MakeAsync("CHECK", "2025-10-02T10:00");
        await city.RoundAsync("2025-10-03T09:00", own);
        Assert.Contains(seen, a => a.OperationName == "watchdog round" && a.GetTagItem("dossiers") is 1 && a.GetTagItem("warnings") is 1 && a.GetTagItem("apologies") is 0 && a.GetTagItem("leads") is true);
    }

    [Fact]
    public async Task Without_rounds_for_too_long_the_service_is_degraded_but_serves_on()
    {
        // Its first round is due in an hour; eight intervals later it is too late.
        await using var own = await city.Dossiers.NewFactory().WithSetting("Dossiers:Watchdog:Interval", "00:10:00").StartAsync(waitForBus: false);
        var rounds = own.Services.GetRequiredService<WatchRounds>();
        var context = new HealthCheckContext();
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(TimeSpan.FromMinutes(10))).Status);
        var sick = await HealthAsync(TimeSpan.FromTicks(1));
        Assert.Equal(HealthStatus.Degraded, sick.Status);
        Assert.Contains("watchdog", sick.Description, StringComparison.Ordinal);
        await rounds.RunAsync(Ct);
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(TimeSpan.FromMinutes(10))).Status);
        Assert.Equal(HttpStatusCode.OK, (await own.Client().GetAsync("/api/v1/procedures?limit=1", Ct)).StatusCode);

        Task<HealthCheckResult> HealthAsync(TimeSpan interval) =>
            new WatchHealth(rounds, Options.Create(new WatchdogOptions { Interval = interval })).CheckHealthAsync(context, Ct);
    }

    [Fact]
    public async Task The_health_of_the_service_includes_the_watchdog()
    {
        var report = await city.City.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Ct);
        Assert.Equal(HealthStatus.Healthy, report.Entries["watchdog"].Status);
    }

    [Fact]
    public async Task While_the_broker_is_away_warnings_are_written_and_told_when_it_is_back()
    {
        await using var proxy = TcpProxy.Start(new Uri(city.City.Broker));
        await using var own = await city.NewCity().WithBroker(proxy.Url).StartAsync();
        await using var heard = await Listener.StartAsync<DossierWaitWarned>(new Uri(city.City.Broker));
        var id = await new Stuck(own).MakeAsync("CHECK", "2025-10-02T10:00");
        proxy.Cut();

        await city.RoundAsync("2025-10-03T09:00", own);
        await city.RoundAsync("2025-10-03T09:01", own);
        Assert.Equal(["officer"], await city.LevelsAsync(id, own));
        Assert.Empty(heard.Heard);

        proxy.Mend();
        await Eventually.Async(() => Task.FromResult(heard.Heard.Count == 1), "the warning follows", TimeSpan.FromSeconds(60));
        Assert.Equal((id, "2025-10-03 09:00"), (heard.Heard.Single().DossierId, ((DateTimeOffset?)heard.Heard.Single().OccurredAt).Local()));
    }

    [Theory]
    [InlineData("Dossiers:Watchdog:Interval", "00:00:00")]
    [InlineData("Dossiers:Watchdog:Batch", "0")]
    [InlineData("Dossiers:Watchdog:MissedRounds", "0")]
    [InlineData("Dossiers:Watchdog:Ladders:OSS-2025:OfficerPercent", "101")]
    [InlineData("Dossiers:Watchdog:Ladders:OSS-2018:NewAppointmentDays", "0")]
    public async Task A_setting_that_makes_no_sense_stops_the_start_and_is_named(string key, string value)
    {
        await using var wrong = city.Dossiers.NewFactory().WithSetting(key, value);
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => wrong.StartAsync(waitForBus: false));
        Assert.Contains("Watchdog", refusal.ToString(), StringComparison.Ordinal);
    }
}
