using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Tests.Support;
using HaLong.Notifications.Workers;
using HaLong.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HaLong.Notifications.Tests.Features;

public sealed class ObservabilityTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task One_trace_leads_from_the_fact_to_the_mail_and_to_the_webhook()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == NotificationMetrics.Name || source.Name == "test",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("test");
        await using var receiver = await Receiver.StartAsync();
        await world.SubscribeAsync(receiver.Url, "tracer");
        var facts = new Facts(world.Accounts.Person("dau.vet@example.vn"));
        string trace;
        using (var fact = source.StartActivity("the fact"))
        {
            trace = fact!.TraceId.ToHexString();
            await world.PublishAsync(facts.Submitted());
        }

        await Eventually.Async(() => Task.FromResult(spans.Any(s => s.OperationName == "send mail" && s.TraceId.ToHexString() == trace)), "the mail's span in the fact's trace");
        await Eventually.Async(() => Task.FromResult(spans.Any(s => s.OperationName == "deliver webhook" && s.TraceId.ToHexString() == trace)), "the webhook's span");
        Assert.Equal(trace, receiver.Deliveries.First(d => d.Subject == facts.Dossier).Headers["traceparent"].Split('-')[1]);
    }

    [Fact]
    public async Task What_waits_and_what_went_is_measured()
    {
        var measured = new ConcurrentDictionary<string, double>();
        var mine = world.Service.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == NotificationMetrics.Name && instrument.Meter.Scope == mine)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured[Key(instrument, tags)] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured[Key(instrument, tags)] = value);
        listener.Start();
        var owner = world.Accounts.Person("do.dem@example.vn");
        var gap = new Facts(owner);
        await world.Mail.DialAsync("mail.failStatus", new { value = 451 });
        await world.PublishAsync(gap.Accepted());
        await Eventually.Async(async () => (await world.MessagesAsync(gap.Dossier)).Any(m => m is { Channel: MessageChannel.Email, Attempts: > 0 }), "a mail that waits");
        await Eventually.Async(() => world.InDatabaseAsync(db => Task.FromResult(db.Events.Any(e => e.DossierId == gap.Dossier))), "an event that waits");

        var sampler = world.Service.Services.GetServices<IHostedService>().OfType<BacklogSampler>().Single();
        await world.Service.InScopeAsync<NotificationDbContext, int>(async db =>
        {
            await sampler.SampleAsync(db, World.Ct);
            return 0;
        });
        listener.RecordObservableInstruments();
        await world.Mail.DialAsync("mail.failStatus", new { value = 0 });

        Assert.Equal(1, measured["messages.pending email"]);
        Assert.Equal(0, measured["messages.pending inApp"]);
        Assert.True(measured["messages.oldest_age email"] > 0);
        Assert.Equal(1, measured["events.waiting"]);
        Assert.True(measured["events.oldest_waiting"] > 0);
        Assert.True(measured.ContainsKey("webhooks.lag"));
        Assert.Equal(1, measured["messages.sent inApp"]);
        await Eventually.Async(() => Task.FromResult(measured.ContainsKey("messages.sent email")), "the mail in the counter");
    }

    private static string Key(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == "channel")
                return $"{instrument.Name} {tag.Value}";
        }

        return instrument.Name;
    }
}
