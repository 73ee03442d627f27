using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Tests.Support;
using HaLong.Notifications.Workers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Notifications.Tests.Sending;

/// <summary>What providers tell afterwards: in any order, twice, early, late, of things that are not ours.</summary>
[Collection(EngineCollections.Steps)]
public sealed class ReceiptsTests
{
    private readonly EngineWorld world;

    public ReceiptsTests(EngineWorld world)
    {
        this.world = world;
        world.Reset();
        world.Beta.IsOn = false;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_that_arrived_is_delivered_by_our_key_or_by_the_providers_reference(bool byKey)
    {
        var message = await SentAsync();

        Assert.True(await TellAsync(message, ReceiptStatus.Delivered, byKey));

        var delivered = await world.ReadAsync(message);
        Assert.Equal((MessageState.Delivered, null, world.Alpha.ReferenceOf(message.Key)), (delivered.State, delivered.LastError, delivered.ProviderReference));
        Assert.Equal(world.Now, delivered.DeliveredAt!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await world.ToldAsync(message, "halong.message-delivered.v1"));
    }

    [Fact]
    public async Task A_message_that_was_lost_has_failed_and_is_handed_on_once_however_often_it_is_told()
    {
        var message = await SentAsync();

        var told = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => TellAsync(message, ReceiptStatus.Failed, reason: "switched off"))));

        Assert.All(told, Assert.True);
        var failed = await world.ReadAsync(message);
        Assert.Equal((MessageState.Failed, "switched off", true), (failed.State, failed.LastError, failed.HandedOn));
        Assert.Equal(1, await world.ToldAsync(message, "halong.message-failed.v1"));
    }

    [Fact]
    public async Task That_it_arrived_holds_whatever_is_told_before_or_after()
    {
        var message = await SentAsync();
        await TellAsync(message, ReceiptStatus.Delivered);
        await TellAsync(message, ReceiptStatus.Failed);
        Assert.Equal(MessageState.Delivered, (await world.ReadAsync(message)).State);

        var late = await SentAsync();
        await TellAsync(late, ReceiptStatus.Failed);
        await TellAsync(late, ReceiptStatus.Delivered);
        await TellAsync(late, ReceiptStatus.Delivered);
        var corrected = await world.ReadAsync(late);
        Assert.Equal((MessageState.Delivered, null), (corrected.State, corrected.LastError));
    }

    [Theory]
    [InlineData("Expired")]
    [InlineData("Cancelled")]
    public async Task What_arrived_although_it_was_given_up_is_corrected(string state)
    {
        var message = await world.QueueAsync();
        world.Alpha.Will(message.Key, Deed.TakeAndFallSilent);
        await world.SendDueAsync();
        await world.InDatabaseAsync(db => db.Messages.Where(m => m.Id == message.Id)
            .ExecuteUpdateAsync(u => u.SetProperty(m => m.State, Enum.Parse<MessageState>(state))));

        await TellAsync(message, ReceiptStatus.Delivered);

        var delivered = await world.ReadAsync(message);
        Assert.Equal((MessageState.Delivered, "alpha"), (delivered.State, delivered.Provider));
        Assert.NotNull(delivered.SentAt);
    }

    [Fact]
    public async Task A_reader_who_complains_has_got_it()
    {
        var message = await SentAsync();

        await TellAsync(message, ReceiptStatus.Complained);
        await TellAsync(message, ReceiptStatus.Complained);

        var unwanted = await world.ReadAsync(message);
        Assert.Equal((MessageState.Delivered, false), (unwanted.State, unwanted.HandedOn));
        Assert.Equal(world.Now, unwanted.ComplainedAt!.Value, TimeSpan.FromMilliseconds(1));
        var delivered = await SentAsync();
        await TellAsync(delivered, ReceiptStatus.Delivered);
        await TellAsync(delivered, ReceiptStatus.Complained);
        Assert.NotNull((await world.ReadAsync(delivered)).ComplainedAt);
    }

    [Theory]
    [InlineData("Delivered", "Delivered")]
    [InlineData("Failed", "Failed")]
    public async Task A_receipt_by_our_key_that_is_faster_than_our_own_note_is_not_lost(string told, string state)
    {
        var message = await world.QueueAsync();
        world.Alpha.AfterTaking = async m =>
        {
            if (m.Key == message.Key)
                await TellAsync(message, Enum.Parse<ReceiptStatus>(told), reason: "switched off");
        };

        await world.SendDueAsync();

        var done = await world.ReadAsync(message);
        Assert.Equal(
            (Enum.Parse<MessageState>(state), world.Alpha.ReferenceOf(message.Key), 1), (done.State, done.ProviderReference, world.Alpha.CallsOf(message.Key)));
        Assert.Equal("accepted", Assert.Single(await world.AttemptsAsync(message)).Outcome);
        Assert.Equal(0, await StraysAsync(message));
        world.Pass(TimeSpan.FromMinutes(5));
        await world.SendDueAsync();
        Assert.Equal(1, world.Alpha.CallsOf(message.Key));
    }

    [Fact]
    public async Task A_receipt_by_the_providers_reference_that_is_faster_than_our_own_note_waits_for_it()
    {
        var message = await world.QueueAsync();
        world.Alpha.AfterTaking = async m =>
        {
            if (m.Key != message.Key)
                return;
            Assert.False(await TellAsync(message, ReceiptStatus.Delivered, byKey: false));
            Assert.False(await TellAsync(message, ReceiptStatus.Delivered, byKey: false));
            await StrayTurnAsync();
        };

        await world.SendDueAsync();
        Assert.Equal((MessageState.Sent, 1), ((await world.ReadAsync(message)).State, await StraysAsync(message)));
        await Task.WhenAll(StrayTurnAsync(), StrayTurnAsync());

        Assert.Equal((MessageState.Delivered, 0), ((await world.ReadAsync(message)).State, await StraysAsync(message)));
    }

    [Fact]
    public async Task Early_receipts_are_told_in_the_order_in_which_they_happened()
    {
        var message = await world.QueueAsync();
        world.Alpha.AfterTaking = async m =>
        {
            if (m.Key != message.Key)
                return;
            await TellAsync(message, ReceiptStatus.Failed, byKey: false, at: world.Now.AddSeconds(5));
            await TellAsync(message, ReceiptStatus.Delivered, byKey: false, at: world.Now.AddSeconds(1));
        };
        await world.SendDueAsync();

        await StrayTurnAsync();

        Assert.Equal((MessageState.Delivered, false), ((await world.ReadAsync(message)).State, (await world.ReadAsync(message)).HandedOn));
    }

    [Fact]
    public async Task What_is_not_ours_is_kept_for_a_while_and_does_no_harm()
    {
        var reference = Guid.CreateVersion7().ToString();
        var key = Guid.CreateVersion7().ToString("N");
        foreach (var receipt in new[] { Receipt(null, reference), Receipt(key, null), Receipt("no key of ours", null), Receipt(null, new string('x', 500)) })
            Assert.False(await TellAsync(receipt));
        Assert.False(await TellAsync(Receipt(null, null)));
        Assert.False(await TellAsync(Receipt("", "")));

        Assert.Equal(4, await world.InDatabaseAsync(db => db.StrayReceipts.CountAsync(s => s.At == world.Now.AddDays(-1))));
        await StrayTurnAsync();
        Assert.Equal(4, await world.InDatabaseAsync(db => db.StrayReceipts.CountAsync(s => s.At == world.Now.AddDays(-1))));

        DeliveryReceipt Receipt(string? ours, string? by) => new("alpha", ours, by, ReceiptStatus.Delivered, world.Now.AddDays(-1));
    }

    [Fact]
    public async Task Only_who_was_asked_to_carry_a_message_can_tell_of_it()
    {
        var message = await SentAsync();

        Assert.False(await TellAsync(new DeliveryReceipt("beta", message.Key, null, ReceiptStatus.Failed, world.Now, "no")));

        Assert.Equal(MessageState.Sent, (await world.ReadAsync(message)).State);
    }

    [Fact]
    public async Task A_provider_that_lost_what_another_one_has_by_now_changes_nothing()
    {
        var message = await world.QueueAsync();
        world.Alpha.Will(message.Key, Deed.Busy);
        await world.SendDueAsync();
        (world.Alpha.IsOn, world.Beta.IsOn) = (false, true);
        Assert.Equal("beta", (await world.FinishAsync(message)).Provider);

        await TellAsync(message, ReceiptStatus.Failed);
        Assert.Equal(MessageState.Sent, (await world.ReadAsync(message)).State);
        await TellAsync(message, ReceiptStatus.Delivered);
        Assert.Equal((MessageState.Delivered, "alpha"), ((await world.ReadAsync(message)).State, (await world.ReadAsync(message)).Provider));
    }

    [Fact]
    public async Task A_receipt_takes_part_in_the_transaction_of_who_brings_it()
    {
        var message = await SentAsync();
        await using (var scope = world.Service.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<Persistence.NotificationDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync(EngineWorld.Ct);
            Assert.True(await scope.ServiceProvider.GetRequiredService<Receipts>().TakeAsync(
                new DeliveryReceipt("alpha", message.Key, null, ReceiptStatus.Delivered, world.Now), EngineWorld.Ct));
        }

        Assert.Equal(MessageState.Sent, (await world.ReadAsync(message)).State);
    }

    private async Task<Message> SentAsync()
    {
        var message = await world.QueueAsync();
        await world.SendDueAsync();
        Assert.Equal(MessageState.Sent, (await world.ReadAsync(message)).State);
        return message;
    }

    private Task<bool> TellAsync(Message message, ReceiptStatus status, bool byKey = true, string? reason = null, DateTimeOffset? at = null) =>
        TellAsync(new DeliveryReceipt(
            "alpha", byKey ? message.Key : null, byKey ? null : world.Alpha.ReferenceOf(message.Key), status, at ?? world.Now, reason));

    private async Task<bool> TellAsync(DeliveryReceipt receipt)
    {
        await using var scope = world.Service.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Receipts>().TakeAsync(receipt, EngineWorld.Ct);
    }

    private Task StrayTurnAsync() => ActivatorUtilities.CreateInstance<StrayReceipts>(world.Service.Services).TurnAsync(EngineWorld.Ct);

    private Task<int> StraysAsync(Message message) =>
        world.InDatabaseAsync(db => db.StrayReceipts.CountAsync(s => s.Reference == world.Alpha.ReferenceOf(message.Key)));
}
