using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Sessions;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.V1;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Signatures.Tests.Sessions;

/// <summary>What operators see of sessions: counts by state and outcome, how long it takes, and a trace; never a secret.</summary>
[Collection(SessionTestGroup.Name)]
public sealed class ObservationTests(SessionFixture fixture)
{
    /// <summary>Hears what one service counts from now on, by instrument and tags.</summary>
    private sealed class Counts : IDisposable
    {
        private readonly MeterListener listener;
        private readonly ConcurrentDictionary<string, double> sums = new(StringComparer.Ordinal);

        public Counts(IServiceProvider services)
        {
            // Other services of this test process have instruments of the same names.
            var factory = services.GetRequiredService<IMeterFactory>();
            listener = new MeterListener
            {
                InstrumentPublished = (instrument, l) =>
                {
                    if (instrument.Meter.Name == SignatureTelemetry.Name && instrument.Meter.Scope == factory)
                        l.EnableMeasurementEvents(instrument);
                },
            };
            listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Add(i, tags, value));
            listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Add(i, tags, value));
            listener.Start();
        }

        public double this[string name] => sums.GetValueOrDefault(name);

        private void Add(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags, double value)
        {
            var name = instrument.Name + string.Concat(tags.ToArray().OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $" {t.Key}={t.Value}"));
            sums.AddOrUpdate(name, value, (_, sum) => sum + value);
            sums.AddOrUpdate(name + " times", 1, (_, n) => n + 1);
        }

        public void Dispose() => listener.Dispose();
    }

    [Fact]
    public async Task Each_end_of_a_session_is_counted_once()
    {
        using var counts = new Counts(fixture.Service.Services);
        var person = fixture.Person();
        var (signed, refused, cancelled) = (await fixture.OpenAsync((person.Account, 1)), await fixture.OpenAsync((person.Account, 1)),
            await fixture.OpenAsync((person.Account, 1)));
        (await person.SignAsync(signed)).Succeeded();
        (await person.RefuseAsync(refused)).Succeeded();
        for (var i = 0; i < 2; i++)
            await fixture.As("dossier").CancelAsync(new CancelSigningSessionRequest { SessionId = cancelled.ToString() });
        Assert.Equal((1.0, 1.0, 1.0), (counts["halong.signature.sessions.closed state=Completed"], counts["halong.signature.sessions.closed state=Refused"],
            counts["halong.signature.sessions.closed state=Cancelled"]));
    }

    [Fact]
    public async Task Orders_and_their_documents_are_counted_by_outcome_with_their_time()
    {
        using var counts = new Counts(fixture.Service.Services);
        var person = fixture.Person();
        var (left, declined) = (await fixture.OpenAsync(3, (person.Account, 1)), await fixture.OpenAsync((person.Account, 1)));
        (await person.SignAsync(left, "partial")).Succeeded();
        (await person.SignAsync(declined, "decline")).Refused(System.Net.HttpStatusCode.Conflict, "SIG-0314");
        Assert.Equal((1.0, 1.0), (counts["halong.signature.session_orders outcome=Done provider=scripted"],
            counts["halong.signature.session_orders outcome=Declined provider=scripted"]));
        Assert.Equal((2.0, 1.0, 1.0), (counts["halong.signature.session_documents outcome=signed"],
            counts["halong.signature.session_documents outcome=SIG-0329"],
            counts["halong.signature.session_documents outcome=DECLINED"]));
        Assert.Equal(2, counts["halong.signature.order.duration provider=scripted times"]);
        Assert.True(counts["halong.signature.order.duration provider=scripted"] > 0);
    }

    [Fact]
    public async Task A_session_that_was_refused_to_be_made_is_counted_by_its_code()
    {
        using var counts = new Counts(fixture.Service.Services);
        var refused = await SignatureFixture.RefusedAsync(async () =>
            await fixture.As("dossier").CreateAsync(SessionFixture.Request([(Guid.CreateVersion7(), 0)])));
        Assert.Equal("SIG-0301", refused.Code);
        Assert.Equal(1, counts["halong.signature.refused code=SIG-0301"]);
    }

    [Fact]
    public void Gauges_show_what_was_observed_last()
    {
        using var services = new ServiceCollection().AddMetrics().AddSingleton<SessionTelemetry>().BuildServiceProvider();
        var telemetry = services.GetRequiredService<SessionTelemetry>();
        using var listener = new MeterListener();
        var seen = new Dictionary<string, double>(StringComparer.Ordinal);
        var factory = services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Scope == factory)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((i, value, _, _) => seen[i.Name] = value);
        listener.SetMeasurementEventCallback<double>((i, value, _, _) => seen[i.Name] = value);
        listener.Start();
        telemetry.Observe(9, 9, TimeSpan.FromDays(9));
        telemetry.Observe(3, 5, TimeSpan.FromMinutes(2));
        listener.RecordObservableInstruments();
        Assert.Equal((3.0, 5.0, 120.0), (seen["halong.signature.sessions.open"], seen["halong.signature.session_waits"],
            seen["halong.signature.session_waits.oldest_age"]));
        telemetry.Observe(0, 0, TimeSpan.Zero);
        listener.RecordObservableInstruments();
        Assert.Equal(0, seen.Values.Sum());
        telemetry.AnsweredLate("smartca");
        Assert.Equal(1, seen["halong.signature.orders.late"]);
    }

    [Fact]
    public async Task Making_beginning_and_authorising_are_traced_with_ids_and_nothing_else()
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SignatureTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        var person = fixture.Person();
        var session = await fixture.OpenAsync(2, (person.Account, 1));
        var order = Guid.Parse((await person.SignAsync(session)).Succeeded().Text("id")!);

        Assert.Equal("create signing session", Assert.Single(spans, s => s.GetTagItem("halong.session.id") is Guid id && id == session).OperationName);
        var mine = spans.Where(s => s.GetTagItem("halong.order.id") is Guid id && id == order).ToList();
        Assert.Equal(["authorise signing order", "begin signing order"], mine.Select(s => s.OperationName).Order());
        Assert.All(mine, s => Assert.Equal((ScriptedProvider.Word, 2), (s.GetTagItem("halong.provider"), s.GetTagItem("halong.hashes"))));
        Assert.All(mine.SelectMany(s => s.TagObjects), t => Assert.DoesNotContain(t.Key, new[] { "pin", "account", "title", "hash" }));
        Assert.DoesNotContain(ScriptedProvider.Pin, string.Join(' ', mine.SelectMany(s => s.TagObjects).Select(t => t.Value)), StringComparison.Ordinal);
        Assert.Equal(SessionState.Completed, (await fixture.SessionAsync(session)).State);
    }
}
