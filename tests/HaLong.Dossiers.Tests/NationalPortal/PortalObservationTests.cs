using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using HaLong.Dossiers.NationalPortal;
using HaLong.Dossiers.NationalPortal.Sending;
using HaLong.Dossiers.Tests.Watchdog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Tests.NationalPortal;

/// <summary>What operators see, the circuit, and settings that make no sense.</summary>
public sealed class PortalObservationTests(PortalFixture city) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task Attempts_delays_what_waits_drift_and_the_circuit_are_measured()
    {
        await using var lab = await PortalLab.StartAsync();
        await using var own = await city.NewCity(lab).StartAsync(waitForBus: false);
        var (counted, gauges) = (new ConcurrentDictionary<string, long>(), new ConcurrentDictionary<string, double>());
        var delays = new ConcurrentBag<double>();
        using var listener = new MeterListener();
        var factory = own.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name.StartsWith("portal.", StringComparison.Ordinal) && instrument.Meter.Scope == factory)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => gauges[instrument.Name] = value);
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var name = instrument.Name + string.Concat(tags.ToArray().Select(t => $":{t.Value}"));
            if (instrument.IsObservable)
                gauges[name] = value;
            else
                counted.AddOrUpdate(name, value, (_, old) => old + value);
        });
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) =>
        {
            if (instrument.IsObservable)
                gauges[instrument.Name] = value;
            else
                delays.Add(value);
        });
        listener.Start();
        var stuck = new Stuck(own);
        await stuck.MakeAsync("CHECK");
        await city.SendAsync(own);
        Assert.Equal((1L, 1L), (counted["portal.attempts:dossier:Taken"], counted["portal.attempts:progress:Taken"]));
        Assert.NotEmpty(delays);

        await stuck.MakeAsync("CHECK");
        lab.Faults.Reject = 1;
        await city.SendAsync(own);
        lab.Faults = new PortalFaults();
        lab.Set("000.00.97.H49-260101-0001", 1, null);
        Assert.Equal(1, (await city.CompareAsync(own)).Unknown);
        lab.Faults.Down = true;
        for (var i = 0; i < 6; i++)
            await stuck.MakeAsync("CHECK");
        await city.SendAsync(own);
        listener.RecordObservableInstruments();

        Assert.Equal(1, counted["portal.attempts:dossier:Rejected"]);
        Assert.Equal(1, counted["portal.compares:done"]);
        // What was rejected is missing there, too.
        Assert.Equal((6, 1, 1, 1), ((int)gauges["portal.pending"], (int)gauges["portal.rejected"], (int)gauges["portal.drift:unknown"],
            (int)gauges["portal.drift:missing"]));
        Assert.Equal(2, gauges["portal.circuit"]);
        Assert.True(gauges["portal.oldest_pending"] > 0);
    }

    [Fact]
    public async Task A_message_is_a_span_and_its_trace_reaches_the_portal()
    {
        var seen = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "HaLong.Dossier",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = seen.Add,
        };
        ActivitySource.AddActivityListener(listener);
        var (id, code) = await city.KnownAsync();
        var span = seen.Single(a => a.OperationName == "portal message" && a.GetTagItem("dossier.id") is Guid of && of == id
            && a.GetTagItem("message") is "dossier");
        Assert.Equal("Taken", span.GetTagItem("outcome"));
        var received = city.Lab.Received.First(r => r.Body.Contains(code, StringComparison.Ordinal));
        Assert.Contains(span.TraceId.ToString(), received.Trace, StringComparison.Ordinal);
        Assert.Equal(span.GetTagItem("message.id"), received.Id);
    }

    [Fact]
    public void The_circuit_opens_after_failures_in_a_row_and_each_break_is_longer()
    {
        var (circuit, clock) = Circuit();
        var away = new PortalAnswer(PortalOutcome.Unknown, "timeout", Away: true);
        for (var i = 0; i < 4; i++)
            circuit.Failed(away);
        Assert.Equal(CircuitState.Closed, circuit.State);
        circuit.Answered();
        for (var i = 0; i < 5; i++)
            circuit.Failed(away);
        Assert.Equal((CircuitState.Open, "timeout"), (circuit.State, circuit.Reason));
        clock.Set(clock.GetUtcNow().AddSeconds(6));
        Assert.Equal(CircuitState.HalfOpen, circuit.State);
        circuit.Failed(away);
        clock.Set(clock.GetUtcNow().AddSeconds(6));
        Assert.Equal(CircuitState.Open, circuit.State);
        clock.Set(clock.GetUtcNow().AddSeconds(10));
        Assert.Equal(CircuitState.HalfOpen, circuit.State);
        circuit.Answered();
        Assert.Equal((CircuitState.Closed, null), (circuit.State, circuit.Reason));
    }

    [Fact]
    public void A_wished_pause_is_kept_to_although_others_were_answered()
    {
        var (circuit, clock) = Circuit();
        circuit.Failed(new PortalAnswer(PortalOutcome.NotTaken, "tooMany", After: TimeSpan.FromSeconds(30)));
        circuit.Answered();
        Assert.Equal((CircuitState.Open, "tooMany"), (circuit.State, circuit.Reason));
        clock.Set(clock.GetUtcNow().AddSeconds(31));
        Assert.Equal(CircuitState.HalfOpen, circuit.State);
    }

    [Fact]
    public void Pauses_grow_to_their_limit_and_are_scattered()
    {
        var (first, longest) = (TimeSpan.FromSeconds(4), TimeSpan.FromMinutes(1));
        Assert.All(Enumerable.Range(0, 50), _ => Assert.InRange(Pauses.Of(first, longest, 1).TotalSeconds, 3, 4));
        Assert.All(Enumerable.Range(0, 50), _ => Assert.InRange(Pauses.Of(first, longest, 3).TotalSeconds, 12, 16));
        Assert.All(Enumerable.Range(0, 50), _ => Assert.InRange(Pauses.Of(first, longest, 900).TotalSeconds, 45, 60));
        Assert.True(Enumerable.Range(0, 50).Select(_ => Pauses.Of(first, longest, 3)).Distinct().Count() > 1);
    }

    [Theory]
    [InlineData("NationalPortal:ClientSecret", "")]
    [InlineData("NationalPortal:ClientId", "")]
    [InlineData("NationalPortal:Url", "not an address")]
    [InlineData("NationalPortal:Sending:Lease", "00:00:10")]
    [InlineData("NationalPortal:Compare:Interval", "00:00:00")]
    public void A_setting_that_makes_no_sense_is_not_valid(string key, string value)
    {
        var options = new PortalOptions { Url = "http://portal.test", ClientId = "a", ClientSecret = "b" };
        Assert.True(options.IsValid);
        switch (key)
        {
            case "NationalPortal:ClientSecret":
                options.ClientSecret = value;
                break;
            case "NationalPortal:ClientId":
                options.ClientId = value;
                break;
            case "NationalPortal:Url":
                options.Url = value;
                break;
            case "NationalPortal:Sending:Lease":
                options.Sending.Lease = TimeSpan.Parse(value, null);
                break;
            default:
                options.Compare.Interval = TimeSpan.Parse(value, null);
                break;
        }

        Assert.False(options.IsValid);
        Assert.True(new PortalOptions().IsValid);
    }

    [Fact]
    public async Task A_secret_that_is_missing_stops_the_start_and_is_named()
    {
        await using var wrong = city.NewCity().WithSetting("NationalPortal:ClientSecret", "");
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => wrong.StartAsync(waitForBus: false));
        Assert.Contains("NationalPortal", refusal.ToString(), StringComparison.Ordinal);
    }

    private static (PortalCircuit Circuit, ShiftedTime Clock) Circuit()
    {
        var clock = new ShiftedTime(TimeProvider.System.GetUtcNow());
        return (new PortalCircuit(Options.Create(new PortalOptions()), new PortalTelemetry(new Meters()), clock), clock);
    }

    private sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
