using System.Diagnostics.Metrics;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Tests.Support;

namespace HaLong.Notifications.Tests.Sending;

/// <summary>A code after the process that sent it has died, and after its provider has told what became of it.</summary>
public sealed class DirectAftermathTests(EngineWorld world) : DirectSteps(world)
{
    [Theory]
    [InlineData(true, "Taken", nameof(DirectState.Sent))]
    [InlineData(true, "Arrived", nameof(DirectState.Delivered))]
    [InlineData(false, "NotKnown", nameof(DirectState.Sent))]
    public async Task After_a_crash_the_repeat_asks_the_provider_first(bool taken, string report, string state)
    {
        await CrashedAsync(taken);
        if (report == "Arrived")
            world.Alpha.Report = _ => new ProviderReport.Arrived("ref", world.Now);

        await SendAsync();

        Assert.Equal((Enum.Parse<DirectState>(state), 2), await StateAsync(id));
        Assert.Equal((1, 1), (world.Alpha.ArrivedOf(id), world.Alpha.Questions.Count(k => k == id)));
    }

    [Fact]
    public async Task After_a_crash_a_number_that_proved_wrong_is_refused()
    {
        await CrashedAsync(taken: true);
        world.Alpha.Report = _ => new ProviderReport.Lost("ref", "no such number", BadAddress: true);

        Assert.Equal(Never, await RefusalAsync());

        Assert.Equal(DirectState.Refused, (await RowAsync()).State);
    }

    [Fact]
    public async Task After_a_crash_at_a_provider_that_lost_it_another_one_carries_it()
    {
        await CrashedAsync(taken: true);
        world.Beta.IsOn = true;
        world.Alpha.Report = _ => new ProviderReport.Lost("ref", "expired there");

        await SendAsync();

        Assert.Equal(("beta", false), ((await RowAsync()).Provider, (await RowAsync()).MayBeTwice));
    }

    [Fact]
    public async Task Two_repeats_at_once_after_a_crash_are_one_turn()
    {
        await CrashedAsync(taken: false);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SendAsync())));

        Assert.Equal((1, 2), (world.Alpha.CallsOf(id), (await RowAsync()).Attempts));
    }

    [Fact]
    public async Task What_becomes_of_a_code_is_told_by_its_provider()
    {
        await SendAsync();
        await TellAsync(new DeliveryReceipt("alpha", id, null, ReceiptStatus.Failed, world.Now, "switched off"));
        Assert.Equal((DirectState.Failed, "switched off"), ((await RowAsync()).State, (await RowAsync()).Reason));
        await TellAsync(new DeliveryReceipt("alpha", null, world.Alpha.ReferenceOf(id), ReceiptStatus.Delivered, world.Now));
        await TellAsync(new DeliveryReceipt("alpha", id, null, ReceiptStatus.Failed, world.Now, "late"));

        Assert.Equal((DirectState.Delivered, null), ((await RowAsync()).State, (await RowAsync()).Reason));
        Assert.NotNull((await RowAsync()).DeliveredAt);
    }

    [Fact]
    public async Task A_code_that_got_lost_on_the_way_goes_to_another_provider_when_it_is_asked_for_again()
    {
        await SendAsync();
        await TellAsync(new DeliveryReceipt("alpha", id, null, ReceiptStatus.Failed, world.Now, "switched off"));
        world.Beta.IsOn = true;

        await SendAsync();

        Assert.Equal(("beta", DirectState.Sent, 2), ((await RowAsync()).Provider, (await RowAsync()).State, (await RowAsync()).Attempts));
    }

    [Fact]
    public async Task A_receipt_that_is_faster_than_our_own_note_stands()
    {
        world.Alpha.AfterTaking = m => m.Key == id ? TellAsync(new DeliveryReceipt("alpha", id, null, ReceiptStatus.Delivered, world.Now)) : Task.CompletedTask;

        await SendAsync();

        Assert.Equal(DirectState.Delivered, (await RowAsync()).State);
    }

    [Fact]
    public async Task How_long_a_code_takes_and_that_it_may_be_two_is_measured()
    {
        var measured = new System.Collections.Concurrent.ConcurrentDictionary<string, double>();
        using var listener = new MeterListener();
        var own = world.Get<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Scope == own && instrument.Name is ("codes.latency" or "sending.may_be_twice"))
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => measured.AddOrUpdate($"{i.Name} {tags[0].Value}", value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<double>((i, _, tags, _) => measured.AddOrUpdate($"{i.Name} {tags[0].Value}", 1, (_, count) => count + 1));
        listener.Start();
        await CrashedAsync(taken: false);
        world.Alpha.Memory = Memory.CannotTell;

        await SendAsync();
        await SendAsync();
        await SendAsync(Guid.CreateVersion7().ToString("N"), MessageChannel.Email);

        Assert.Equal((1, 1), (measured["codes.latency sms"], measured["codes.latency email"]));
        Assert.Equal(1, measured["sending.may_be_twice sms"]);
    }
}
