using System.Diagnostics.Metrics;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Sending.Carriers;
using HaLong.Notifications.Sending.Sms;
using HaLong.Notifications.Sending.Zalo;
using HaLong.Notifications.Tests.Sending.Support;
using HaLong.Notifications.Tests.Support;
using HaLong.Notifications.Workers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Tests.Sending.Sms;

/// <summary>Receipts that have to be asked for. Each test has the table of messages to itself but for what it leaves behind.</summary>
public sealed class ReceiptPollerTests(CarrierWorld world) : IClassFixture<CarrierWorld>
{
    private readonly ShiftedClock clock = new(stands: true);
    private readonly string phone = CarrierWorld.Phone();

    [Fact]
    public async Task What_arrived_is_asked_for_and_written_down()
    {
        var message = await SentAsync();

        await Poller().TurnAsync(CarrierWorld.Ct);

        var after = await world.ReadAsync(message.Id);
        Assert.Equal(MessageState.Delivered, after.State);
        Assert.True(after.DeliveredAt <= clock.GetUtcNow());
        await Poller().TurnAsync(CarrierWorld.Ct);
        Assert.Null(await PollAsync(message.Id));
    }

    [Fact]
    public async Task What_was_given_up_fails_with_its_reason()
    {
        await world.DialAsync("smsSoap.receiptFailed", 1, phone);
        var message = await SentAsync();

        await Poller().TurnAsync(CarrierWorld.Ct);

        var after = await world.ReadAsync(message.Id);
        Assert.Equal((MessageState.Failed, "unknownSubscriber"), (after.State, after.LastError));
    }

    [Fact]
    public async Task It_asks_again_with_growing_waits_and_never_in_between()
    {
        await world.DialAsync("smsSoap.receiptDrop", true, phone);
        var message = await SentAsync();
        var waits = new List<double>();

        for (var round = 1; round <= 6; round++)
        {
            await Poller().TurnAsync(CarrierWorld.Ct);
            await Poller().TurnAsync(CarrierWorld.Ct);
            var poll = await PollAsync(message.Id);
            Assert.Equal(round, poll?.Asked);
            waits.Add(((poll?.DueAt ?? default) - clock.GetUtcNow()).TotalSeconds);
            clock.Shift = (poll?.DueAt ?? default) - clock.GetUtcNow() + clock.Shift + TimeSpan.FromSeconds(0.001);
        }

        Assert.Equal([30, 60, 120, 240, 300, 300], waits.Select(w => Math.Round(w)));
        Assert.Equal(MessageState.Sent, (await world.ReadAsync(message.Id)).State);
        await EndAsync(message.Id);
    }

    [Fact]
    public async Task After_72_hours_it_is_closed_without_a_receipt_and_a_late_one_is_still_taken()
    {
        var now = clock.GetUtcNow();
        var old = await world.RowAsync(SmsSoapProvider.ProviderName, sentAt: now.AddHours(-72.1));
        var zalo = await world.RowAsync(ZaloProvider.ProviderName, MessageChannel.Zalo, now.AddHours(-73));
        var mail = await world.RowAsync("smtp", MessageChannel.Email, now.AddHours(-100));
        var young = await world.RowAsync(SmsProvider.ProviderName, sentAt: now.AddHours(-71.9));
        var missing = 0L;
        using var listener = Listen("carriers.receipts_missing", value => missing += value);

        await Poller().TurnAsync(CarrierWorld.Ct);

        Assert.Equal((MessageState.Sent, "noReceipt"), await StateAsync(old.Id));
        Assert.Equal((MessageState.Sent, "noReceipt"), await StateAsync(zalo.Id));
        Assert.Equal((MessageState.Sent, null), await StateAsync(mail.Id));
        Assert.Equal((MessageState.Sent, null), await StateAsync(young.Id));
        Assert.Null(await PollAsync(old.Id));
        Assert.Equal(2, missing);
        var word = await world.InScopeAsync(desk => desk.TakeAsync(new DeliveryReceipt(SmsSoapProvider.ProviderName, old.Key, null, ReceiptStatus.Delivered, now), CarrierWorld.Ct));
        Assert.Equal((ReceiptDesk.Taken, (MessageState.Delivered, null)), (word, await StateAsync(old.Id)));
    }

    [Fact]
    public async Task While_it_is_away_nothing_is_lost()
    {
        var message = await SentAsync();
        await world.DialAsync("smsSoap.down", true);

        await Poller().TurnAsync(CarrierWorld.Ct);
        Assert.Equal(MessageState.Sent, (await world.ReadAsync(message.Id)).State);
        clock.Shift += TimeSpan.FromSeconds(31);
        await Poller().TurnAsync(CarrierWorld.Ct);

        Assert.Equal(MessageState.Delivered, (await world.ReadAsync(message.Id)).State);
    }

    [Fact]
    public async Task Many_are_asked_about_in_batches_and_by_one_process_only()
    {
        await using var canned = await Canned.StartAsync();
        canned.Body = "<Envelope><Body><r><return><result>1</result></return></r></Body></Envelope>";
        var rows = new List<Message>();
        for (var i = 0; i < 25; i++)
            rows.Add(await world.RowAsync(SmsSoapProvider.ProviderName));

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Poller(canned.Url, batch: 10).TurnAsync(CarrierWorld.Ct)));

        var asked = canned.Asked.Select(body => body.Split("<RequestID>").Skip(1).Select(part => part[..32]).ToList()).ToList();
        Assert.All(asked, keys => Assert.InRange(keys.Count, 1, 10));
        Assert.All(rows, row => Assert.Equal(1, asked.SelectMany(keys => keys).Count(key => key == row.Key)));
        foreach (var row in rows)
            await EndAsync(row.Id);
    }

    [Fact]
    public async Task Other_providers_messages_and_states_nobody_asked_for_change_nothing()
    {
        await using var canned = await Canned.StartAsync();
        var (other, mine) = (await world.RowAsync(SmsProvider.ProviderName), await world.RowAsync(SmsSoapProvider.ProviderName));
        canned.Body = $"<Envelope><Body><r><return><result>1</result><mt><RequestID>{other.Key}</RequestID><state>3</state></mt><mt><RequestID>{mine.Key}</RequestID><state>0</state></mt></return></r></Body></Envelope>";

        await Poller(canned.Url).TurnAsync(CarrierWorld.Ct);

        Assert.Equal(MessageState.Sent, (await world.ReadAsync(other.Id)).State);
        Assert.Equal(MessageState.Sent, (await world.ReadAsync(mine.Id)).State);
        Assert.DoesNotContain(canned.Asked, body => body.Contains(other.Key, StringComparison.Ordinal));
        await EndAsync(mine.Id);
    }

    [Fact]
    public async Task Where_nothing_can_be_asked_nothing_is()
    {
        await using var canned = await Canned.StartAsync();
        var message = await world.RowAsync(SmsSoapProvider.ProviderName);

        await Poller(canned.Url, canBeAsked: false).TurnAsync(CarrierWorld.Ct);
        await Poller("").TurnAsync(CarrierWorld.Ct);

        Assert.Empty(canned.Asked);
        await EndAsync(message.Id);
    }

    [Fact]
    public async Task The_service_itself_asks()
    {
        var message = await SentAsync();

        await world.Poller().TurnAsync(CarrierWorld.Ct);

        Assert.Equal(MessageState.Delivered, (await world.ReadAsync(message.Id)).State);
    }

    private async Task<Message> SentAsync()
    {
        var message = await world.RowAsync(SmsSoapProvider.ProviderName);
        Assert.IsType<ProviderAnswer.Accepted>(
            await world.Provider(SmsSoapProvider.ProviderName).SendAsync(CarrierWorld.Message(phone, key: message.Key), CarrierWorld.Ct));
        return message;
    }

    private async Task<(MessageState State, string? Error)> StateAsync(Guid id)
    {
        var message = await world.ReadAsync(id);
        return (message.State, message.LastError);
    }

    private Task<ReceiptPoll?> PollAsync(Guid id) =>
        world.InDatabaseAsync(db => db.Set<ReceiptPoll>().AsNoTracking().SingleOrDefaultAsync(p => p.MessageId == id, CarrierWorld.Ct));

    // Out of the way of the next test.
    private Task<int> EndAsync(Guid id) => world.InDatabaseAsync(db => db.Messages.Where(m => m.Id == id).ExecuteDeleteAsync(CarrierWorld.Ct));

    private MeterListener Listen(string name, Action<long> heard)
    {
        var mine = world.Get<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Name == name && instrument.Meter.Scope == mine)
                    l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => heard(value));
        listener.Start();
        return listener;
    }

    private ReceiptPoller Poller(string? url = null, int batch = 100, bool canBeAsked = true)
    {
        var options = Options.Create(new SmsSoapOptions
        {
            Url = url ?? world.LabUrl + "/sms-soap",
            User = "halong",
            Password = "soap-password",
            CpCode = "HALONG",
            Sender = "HA LONG",
            Timeout = TimeSpan.FromSeconds(20),
            PollBatch = batch,
            CanBeAsked = canBeAsked,
            LongestPollDelay = TimeSpan.FromMinutes(5),
        });
        var provider = new SmsSoapProvider(world.Get<IHttpClientFactory>(), options, world.Get<CarrierMetrics>(), clock, NullLogger<SmsSoapProvider>.Instance);
        return new ReceiptPoller(world.Get<IServiceScopeFactory>(), provider, options, world.Get<CarrierMetrics>(), clock, NullLogger<ReceiptPoller>.Instance);
    }
}
