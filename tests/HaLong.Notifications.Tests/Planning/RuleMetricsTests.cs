using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Messages;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Notifications.Tests.Planning;

public sealed class RuleMetricsTests(RuleWorld world) : IClassFixture<RuleWorld>
{
    [Fact]
    public async Task What_waits_what_took_over_and_what_is_open_is_measured()
    {
        var measured = new ConcurrentDictionary<string, double>();
        var services = world.World.Service.Services;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == NotificationMetrics.Name && instrument.Meter.Scope == services.GetRequiredService<IMeterFactory>())
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.AddOrUpdate(
            instrument.Name + string.Concat(tags.ToArray().Select(t => " " + t.Value)), value, (_, sum) => instrument is Counter<long> ? sum + value : value));
        listener.Start();
        var person = world.Accounts.Person("", "vi", RuleWorld.Phone());
        world.SetTo(RuleWorld.Tuesday(23));

        var held = await world.AddAsync(person, MessageChannel.Sms);
        await world.UntilAsync(held.Id, m => m.LastError == SendGate.Quiet, "held back");
        var failed = await world.AddAsync(person, MessageChannel.Zalo, due: RuleWorld.Tuesday(23).AddYears(1), fallback: [MessageChannel.Sms]);
        await world.World.Service.InScopeAsync<IServiceProvider, int>(async scope =>
        {
            var tracked = await scope.GetRequiredService<Notifications.Persistence.NotificationDbContext>().Messages.SingleAsync(m => m.Id == failed.Id);
            tracked.End(MessageState.Failed, "gone");
            await scope.GetRequiredService<Fallbacks>().TakeOverAsync(tracked, badAddress: true, World.Ct);
            return 0;
        });
        await world.TurnAsync();
        var streams = services.GetRequiredService<InboxStreams>();
        var stream = streams.Open(person)!; // the first one
        listener.RecordObservableInstruments();

        Assert.True(measured["messages.held quiet hours"] >= 1);
        Assert.Equal(1, measured["messages.taken_over sms"]);
        Assert.Equal(1, measured["contact_problems.open"]);
        Assert.Equal(1, measured["inbox.streams"]);
        streams.Close(person, stream);
        streams.Close(person, stream);
        listener.RecordObservableInstruments();
        Assert.Equal(0, measured["inbox.streams"]);
        world.SetTo(RuleWorld.Tuesday(10));
    }
}
