using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Sending.Carriers;
using HaLong.Notifications.Sending.Sms;
using HaLong.Notifications.Sending.Zalo;
using HaLong.Notifications.Tests.Sending.Support;

namespace HaLong.Notifications.Tests.Sending;

/// <summary>What carriers answer and tell is counted, by provider and outcome and by nothing that says who.</summary>
public sealed class CarrierMetricsTests(CarrierWorld world) : IClassFixture<CarrierWorld>
{
    [Fact]
    public async Task Answers_are_counted_and_timed_by_provider_and_outcome()
    {
        var counts = new ConcurrentDictionary<string, double>();
        using var listener = Listen(counts);
        foreach (var (dial, value) in new[] { ("smsSoap.errorCode", 1), ("smsSoap.errorCode", 5), ("smsSoap.errorCode", 7), ("smsSoap.fault", 1) })
        {
            var phone = CarrierWorld.Phone();
            await world.DialAsync(dial, value, phone);
            await world.Provider(SmsSoapProvider.ProviderName).SendAsync(CarrierWorld.Message(phone), CarrierWorld.Ct);
        }

        foreach (var outcome in new[] { "accepted", "refused", "later", "unknown" })
        {
            Assert.Equal(1, counts[$"carriers.answers sms-soap {outcome}"]);
            Assert.True(counts[$"carriers.duration sms-soap {outcome}"] > 0);
        }
    }

    [Fact]
    public async Task Receipts_are_counted_by_provider_and_what_became_of_them()
    {
        var counts = new ConcurrentDictionary<string, double>();
        using var listener = Listen(counts);
        var (sent, waits) = (await world.RowAsync(ZaloProvider.ProviderName, MessageChannel.Zalo), await world.RowAsync(provider: null, MessageChannel.Zalo));
        foreach (var key in new[] { sent.Key, waits.Key, Guid.CreateVersion7().ToString("N"), "code-of-somebody-1" })
        {
            await world.InScopeAsync(desk => desk.TakeAsync(
                new DeliveryReceipt(ZaloProvider.ProviderName, key, null, ReceiptStatus.Delivered, TimeProvider.System.GetUtcNow()), CarrierWorld.Ct));
        }

        using var forged = new HttpRequestMessage(HttpMethod.Post, "/hooks/zalo") { Content = System.Net.Http.Json.JsonContent.Create(new { }) };
        await world.Outside.SendAsync(forged, CarrierWorld.Ct);

        Assert.Equal(
            (1, 3, 1),
            (counts["carriers.receipts zalo taken"], counts["carriers.receipts zalo unknown"], counts["carriers.receipts zalo refused"]));
    }

    [Fact]
    public void Before_there_is_a_token_it_has_no_age()
    {
        using var meters = new Meters();
        var metrics = new CarrierMetrics(meters, TimeProvider.System);
        var measured = new ConcurrentDictionary<string, double>();
        using var listener = Listen(measured, meters);
        listener.RecordObservableInstruments();
        Assert.DoesNotContain(measured.Keys, k => k.StartsWith("zalo.", StringComparison.Ordinal));

        var now = TimeProvider.System.GetUtcNow();
        metrics.Token(new CarrierMetrics.TokenTimes(now.AddHours(-1), now.AddHours(24), now.AddDays(89)));
        metrics.Waiting(7);
        listener.RecordObservableInstruments();

        Assert.Equal((3600, 86_400, 89 * 86_400), (Near(measured["zalo.token_age"]), Near(measured["zalo.token_left"]), Near(measured["zalo.refresh_token_left"])));
        Assert.Equal(7, measured["carriers.receipts_waiting"]);
    }

    // To ten minutes: a busy machine takes its time.
    private static double Near(double seconds) => Math.Round(seconds / 600) * 600;

    private MeterListener Listen(ConcurrentDictionary<string, double> counts, IMeterFactory? of = null)
    {
        var mine = of ?? world.Get<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == NotificationMetrics.Name && instrument.Meter.Scope == mine)
                    l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => counts.AddOrUpdate(Key(instrument, tags), value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => counts.AddOrUpdate(Key(instrument, tags), value, (_, sum) => sum + value));
        listener.Start();
        return listener;
    }

    private static string Key(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = instrument.Name;
        foreach (var tag in tags)
            key += " " + tag.Value;
        return key;
    }

    private sealed class Meters : IMeterFactory
    {
        private readonly List<Meter> made = [];

        public Meter Create(MeterOptions options)
        {
            options.Scope = this;
            var meter = new Meter(options);
            made.Add(meter);
            return meter;
        }

        public void Dispose() => made.ForEach(m => m.Dispose());
    }
}
