using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using HaLong.Dossiers.Statistics.Keeping;
using HaLong.Dossiers.Statistics.Keeping.Rebuilding;
using HaLong.Dossiers.Tests.Deadlines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Statistics.Keeping;

/// <summary>What operators see of statistics, and what happens by night.</summary>
public sealed class KeepObservationTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task What_waits_is_applied_fails_and_differs_is_measured()
    {
        await using var city = await KeptCity.StartAsync(dossiers);
        var (counted, gauges) = (new ConcurrentDictionary<string, double>(), new ConcurrentDictionary<string, double>());
        using var listener = Listen(city, counted, gauges);
        SampleOf(city, 10, out var facts);
        city.Histories.Broken[facts[0].DossierId] = true;
        await city.HappensAsync(facts);
        await city.SqlAsync("UPDATE statistics.changed SET changed_at = now() - interval '2 hours'");
        await city.KeepAsync();
        listener.RecordObservableInstruments();
        Assert.Equal((9d, 1d), (counted["statistics.facts_applied"], gauges["statistics.changed_waiting"]));
        Assert.True(counted["statistics.keep_failures"] >= 2 && counted["statistics.keep_duration"] > 0);
        Assert.InRange(gauges["statistics.changed_oldest_age"], 7100, 7400);
        Assert.Equal(0, gauges["statistics.differences"]);

        await city.SqlAsync("DELETE FROM statistics.changed");
        await city.SqlAsync("DELETE FROM statistics.cube_month WHERE ctid IN (SELECT ctid FROM statistics.cube_month LIMIT 4)");
        await city.RebuildAsync(RebuildKind.Check);
        listener.RecordObservableInstruments();
        Assert.True(gauges["statistics.differences"] >= 4);
        Assert.True(counted["statistics.rebuild_duration:check"] > 0);
    }

    [Fact]
    public async Task A_round_and_a_rebuild_are_spans()
    {
        var seen = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "HaLong.Dossier",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = seen.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var city = await KeptCity.StartAsync(dossiers);
        SampleOf(city, 37, out var facts);
        await city.HappensAsync(facts);
        await city.KeepAsync();
        await city.RebuildAsync();
        Assert.Contains(seen, a => a.OperationName == "statistics keep" && a.GetTagItem("dossiers") is 37 && a.GetTagItem("leads") is true && a.GetTagItem("waiting") is 0L);
        Assert.Contains(seen, a => a.OperationName == "statistics rebuild" && a.GetTagItem("facts") is 37L && a.GetTagItem("differences") is 0L);
    }

    [Fact]
    public async Task When_changes_wait_too_long_the_service_is_degraded_and_serves_on()
    {
        await using var city = await KeptCity.StartAsync(dossiers);
        var health = city.Services.GetRequiredService<HealthCheckService>();
        SampleOf(city, 1, out var facts);
        city.Histories.Broken[facts[0].DossierId] = true;
        await city.HappensAsync(facts);
        await city.KeepAsync();
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(Ct)).Entries["statistics"].Status);

        await city.SqlAsync("UPDATE statistics.changed SET changed_at = now() - interval '5 minutes'");
        await city.KeepAsync();
        var entry = (await health.CheckHealthAsync(Ct)).Entries["statistics"];
        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Contains("1 changed dossiers", entry.Description, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await city.Factory.Client().GetAsync("/api/v1/procedures?limit=1", Ct)).StatusCode);
    }

    [Theory]
    [InlineData("sample", RebuildKind.Sample)]
    [InlineData("all", RebuildKind.Check)]
    public async Task Once_a_night_what_is_kept_is_compared(string setting, string kind)
    {
        var clock = new ShiftedTime(ClockSamples.At("2026-03-03T01:59"));
        await using var city = await KeptCity.StartAsync(dossiers, f => f.WithSetting("Statistics:NightlyCheck", setting).WithServices(s => s.AddSingleton<TimeProvider>(clock)));
        SampleOf(city, 5, out var facts);
        await city.HappensAsync(facts);
        await city.KeepAsync();
        var night = city.Services.GetRequiredService<NightlyCheck>();
        Assert.Null(await night.RunAsync(Ct));
        clock.Set(ClockSamples.At("2026-03-03T02:01"));
        var check = (await night.RunAsync(Ct))!;
        Assert.Equal((kind, RebuildState.Done, 5L, 0L), (check.Kind, check.State, check.Facts, check.DifferingFacts));
        Assert.Null(await night.RunAsync(Ct));
        clock.Set(ClockSamples.At("2026-03-04T02:01"));
        Assert.NotNull(await night.RunAsync(Ct));
    }

    [Fact]
    public async Task A_night_without_a_check_has_none()
    {
        await using var city = await KeptCity.StartAsync(dossiers);
        Assert.Null(await city.Services.GetRequiredService<NightlyCheck>().RunAsync(Ct));
        Assert.Equal(0, await city.NumberAsync("SELECT count(*) FROM statistics.rebuild"));
    }

    [Fact]
    public void Failed_dossiers_wait_longer_each_time_and_never_more_than_an_hour()
    {
        var clock = new ShiftedTime(ClockSamples.At("2026-03-03T10:00"));
        var (later, id) = (new RetryLater(TimeSpan.FromSeconds(10), clock), Guid.CreateVersion7());
        Assert.Empty(later.NotYet());
        later.Failed(id);
        Assert.Equal([id], later.NotYet());
        clock.Set(ClockSamples.At("2026-03-03T10:01"));
        Assert.Empty(later.NotYet());
        for (var i = 0; i < 40; i++)
            later.Failed(id);
        clock.Set(ClockSamples.At("2026-03-03T11:00"));
        Assert.Equal([id], later.NotYet());
        clock.Set(ClockSamples.At("2026-03-03T11:02"));
        Assert.Empty(later.NotYet());
        later.Succeeded([id]);
        Assert.Equal(0, later.Count);
    }

    private static void SampleOf(KeptCity city, int count, out HaLong.Dossiers.Statistics.Facts.DossierFact[] facts)
    {
        Assert.Empty(city.Histories.Facts);
        facts = [.. SampleFacts.Many(count, count, Unit)];
    }

    private static MeterListener Listen(KeptCity city, ConcurrentDictionary<string, double> counted, ConcurrentDictionary<string, double> gauges)
    {
        var (listener, factory) = (new MeterListener(), city.Services.GetRequiredService<IMeterFactory>());
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "HaLong.Dossier" && instrument.Meter.Scope == factory && instrument.Name.StartsWith("statistics.", StringComparison.Ordinal))
                l.EnableMeasurementEvents(instrument);
        };
        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var name = instrument.Name + (tags.Length > 0 ? $":{tags[0].Value}" : "");
            if (instrument.IsObservable)
                gauges[name] = value;
            else
                counted.AddOrUpdate(name, value, (_, old) => old + value);
        }

        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();
        return listener;
    }
}
