using HaLong.Notifications.Domain;
using HaLong.Notifications.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Sending;

/// <summary>One claim after the other: what becomes of a message by what its provider says.</summary>
[Collection(EngineCollections.Steps)]
public sealed class MessageSenderTests
{
    private readonly EngineWorld world;

    public MessageSenderTests(EngineWorld world)
    {
        this.world = world;
        world.Reset();
        world.Beta.IsOn = false;
    }

    [Fact]
    public async Task A_message_that_is_taken_is_sent_with_all_its_provider_needs()
    {
        var message = await world.QueueAsync();

        await world.SendDueAsync();

        var sent = await world.ReadAsync(message);
        Assert.Equal((MessageState.Sent, "alpha", world.Alpha.ReferenceOf(message.Key), 1), (sent.State, sent.Provider, sent.ProviderReference, sent.Attempts));
        Assert.Equal(world.Now, sent.SentAt!.Value, TimeSpan.FromMilliseconds(1));
        var call = Assert.Single(world.Alpha.Calls, c => c.Key == message.Key);
        Assert.StartsWith("+8491", call.Address, StringComparison.Ordinal);
        Assert.Equal((message.Title, message.Body, message.RecipientId, message.Class), (call.Title, call.Text, call.RecipientId!.Value, call.Class));
        Assert.Equal("accepted", Assert.Single(await world.AttemptsAsync(message)).Outcome);
        Assert.Equal(1, await world.ToldAsync(message, "halong.message-delivered.v1"));
    }

    [Fact]
    public async Task What_is_not_taken_comes_back_by_the_schedule_until_the_last_attempt()
    {
        var message = await world.QueueAsync(MessageChannel.Zalo);
        world.Zns.Will(message.Key, Deed.Busy, Deed.Busy, Deed.Busy, Deed.Busy);

        var waits = new List<double>();
        for (var row = await world.ReadAsync(message); row.State == MessageState.Pending; row = await world.ReadAsync(message))
        {
            waits.Add((row.DueAt - world.Now).TotalSeconds);
            world.Pass(row.DueAt - world.Now + TimeSpan.FromMilliseconds(1));
            await world.SendDueAsync();
        }

        Assert.Equal([0, 30, 120, 300], waits.Select(w => Math.Round(w)));
        var failed = await world.ReadAsync(message);
        Assert.Equal((MessageState.Failed, "busy", 4, true), (failed.State, failed.LastError, failed.Attempts, failed.HandedOn));
        Assert.Equal(1, await world.ToldAsync(message, "halong.message-failed.v1"));
    }

    [Fact]
    public async Task A_provider_that_says_when_is_not_asked_before()
    {
        var message = await world.QueueAsync(MessageChannel.Zalo);
        (world.Zns.Otherwise, world.Zns.BusyFor) = (Deed.Busy, TimeSpan.FromHours(3));

        await world.SendDueAsync();

        Assert.Equal(world.Now.AddHours(3), (await world.ReadAsync(message)).DueAt, TimeSpan.FromMilliseconds(1));
        world.Zns.Otherwise = Deed.Take;
        Assert.Equal(MessageState.Sent, (await world.FinishAsync(message)).State);
    }

    [Theory]
    [InlineData("Refuse", "refused")]
    [InlineData("BadAddress", "no such number")]
    public async Task What_is_refused_has_failed_at_once(string deed, string reason)
    {
        var message = await world.QueueAsync();
        world.Alpha.Will(message.Key, Enum.Parse<Deed>(deed));

        await world.SendDueAsync();

        var failed = await world.ReadAsync(message);
        Assert.Equal((MessageState.Failed, reason, 1, true), (failed.State, failed.LastError, failed.Attempts, failed.HandedOn));
        Assert.Equal(("refused", reason), ((await world.AttemptsAsync(message))[0].Outcome, (await world.AttemptsAsync(message))[0].Error));
    }

    [Fact]
    public async Task What_is_past_its_time_is_not_sent()
    {
        var message = await world.QueueAsync(expires: world.Now.AddMinutes(1));
        world.Pass(TimeSpan.FromMinutes(2));

        await world.SendDueAsync();

        var expired = await world.ReadAsync(message);
        Assert.Equal((MessageState.Expired, 0), (expired.State, expired.Attempts));
        Assert.Equal(0, world.Alpha.CallsOf(message.Key));
    }

    [Fact]
    public async Task Who_has_no_address_is_a_failure_without_an_attempt()
    {
        var message = await world.QueueAsync(recipient: world.Accounts.Person(phone: ""));

        await world.SendDueAsync();

        var failed = await world.ReadAsync(message);
        Assert.Equal((MessageState.Failed, "no address", 0), (failed.State, failed.LastError, failed.Attempts));
    }

    [Fact]
    public async Task While_identity_is_away_or_nobody_carries_the_channel_a_message_waits_without_an_attempt()
    {
        var message = await world.QueueAsync();
        world.Accounts.IsDown = true;
        await world.SendDueAsync();
        world.Accounts.IsDown = false;
        Assert.Equal((MessageState.Pending, "identity away", 0), await StateAsync(message));

        world.Alpha.IsOn = false;
        world.Pass(TimeSpan.FromSeconds(10));
        await world.SendDueAsync();
        Assert.Equal((MessageState.Pending, "no provider", 0), await StateAsync(message));

        world.Alpha.IsOn = true;
        Assert.Equal((MessageState.Sent, 1), ((await world.FinishAsync(message)).State, world.Alpha.CallsOf(message.Key)));
    }

    [Fact]
    public async Task A_provider_at_its_rate_makes_messages_wait_without_an_attempt()
    {
        // Five a second, two of them kept for codes. What others left is gone, and the rate has recovered from it.
        await world.InDatabaseAsync(db => db.Messages.ExecuteDeleteAsync());
        world.Pass(TimeSpan.FromMinutes(1));
        var recipient = world.Accounts.Person("nhieu.thu@example.vn");
        var messages = new List<Message>();
        for (var i = 0; i < 6; i++)
            messages.Add(await world.QueueAsync(MessageChannel.Email, recipient: recipient));

        await world.SendDueAsync();
        Assert.Equal(3, messages.Sum(m => world.Post.CallsOf(m.Key)));
        Assert.Equal(3, await world.InDatabaseAsync(db => db.Messages.CountAsync(
            m => m.RecipientId == recipient && m.State == MessageState.Pending && m.LastError == "provider at its rate" && m.Attempts == 0)));

        world.Pass(TimeSpan.FromSeconds(1));
        await world.SendDueAsync();
        Assert.All(messages, m => Assert.Equal(1, world.Post.ArrivedOf(m.Key)));
    }

    [Fact]
    public async Task A_provider_whose_code_breaks_may_have_taken_it_and_is_asked()
    {
        var message = await world.QueueAsync();
        world.Alpha.Will(message.Key, Deed.Break, Deed.Take);
        await world.SendDueAsync();
        Assert.Equal((MessageState.Pending, "InvalidOperationException", 1), await StateAsync(message));

        Assert.Equal(MessageState.Sent, (await world.FinishAsync(message)).State);
        Assert.Equal((1, 1), (world.Alpha.ArrivedOf(message.Key), world.Alpha.Questions.Count(k => k == message.Key)));
    }

    [Fact]
    public async Task After_the_last_attempt_a_lost_answer_is_asked_about_before_anything_is_given_up()
    {
        var taken = await world.QueueAsync(MessageChannel.Zalo);
        var never = await world.QueueAsync(MessageChannel.Zalo);
        world.Zns.Will(taken.Key, Deed.Busy, Deed.Busy, Deed.Busy, Deed.TakeAndFallSilent);
        world.Zns.Will(never.Key, Deed.Busy, Deed.Busy, Deed.Busy, Deed.FallSilent);

        var (first, second) = (await world.FinishAsync(taken), await world.FinishAsync(never));

        Assert.Equal((MessageState.Sent, 4, 1), (first.State, first.Attempts, world.Zns.ArrivedOf(taken.Key)));
        Assert.Equal((MessageState.Failed, "silence", 4, 0), (second.State, second.LastError, second.Attempts, world.Zns.ArrivedOf(never.Key)));
    }

    [Fact]
    public async Task Given_up_while_its_provider_may_have_it_a_message_says_so()
    {
        var message = await world.QueueAsync(MessageChannel.Zalo);
        world.Zns.Memory = Memory.SafeToRepeat;
        world.Zns.Will(message.Key, Deed.TakeAndFallSilent, Deed.Busy, Deed.Busy, Deed.Busy);

        var failed = await world.FinishAsync(message);

        Assert.Equal((MessageState.Failed, "busy", true, true), (failed.State, failed.LastError, failed.MayBeTwice, failed.HandedOn));
    }

    [Fact]
    public async Task A_claim_that_was_lost_changes_nothing_and_sends_nothing()
    {
        var message = await world.QueueAsync();
        var old = Assert.Single(await world.ClaimAsync(), c => c.Id == message.Id);
        world.Pass(TimeSpan.FromSeconds(61));
        var current = Assert.Single(await world.ClaimAsync(), c => c.Id == message.Id);

        await world.SendAsync(old);
        Assert.Equal((0, MessageState.Pending), (world.Alpha.CallsOf(message.Key), (await world.ReadAsync(message)).State));
        await world.SendAsync(current);
        await world.SendAsync(current);

        Assert.Equal((1, MessageState.Sent), (world.Alpha.CallsOf(message.Key), (await world.ReadAsync(message)).State));
    }

    [Fact]
    public async Task A_claim_that_is_lost_before_the_attempt_is_noted_asks_no_provider()
    {
        var message = await world.QueueAsync();
        var claim = Assert.Single(await world.ClaimAsync(), c => c.Id == message.Id);
        world.Crash.Before = async () =>
        {
            world.Crash.Before = null;
            await world.InDatabaseAsync(db => db.Messages.Where(m => m.Id == message.Id)
                .ExecuteUpdateAsync(u => u.SetProperty(m => m.Claim, m => m.Claim + 1)));
        };

        await world.SendAsync(claim);

        Assert.Equal(0, world.Alpha.CallsOf(message.Key));
        Assert.Empty(await world.AttemptsAsync(message));
        Assert.Equal(MessageState.Sent, (await world.FinishAsync(message)).State);
    }

    [Fact]
    public async Task A_claim_that_is_lost_while_the_provider_takes_the_message_is_no_second_message()
    {
        var message = await world.QueueAsync();
        world.Alpha.AfterTaking = async _ =>
        {
            world.Alpha.AfterTaking = null;
            await world.InDatabaseAsync(db => db.Messages.Where(m => m.Id == message.Id)
                .ExecuteUpdateAsync(u => u.SetProperty(m => m.Claim, m => m.Claim + 1)));
        };

        await world.SendDueAsync();

        var sent = await world.ReadAsync(message);
        Assert.Equal((MessageState.Sent, "alpha", 1), (sent.State, sent.Provider, world.Alpha.CallsOf(message.Key)));
        Assert.Equal("accepted", Assert.Single(await world.AttemptsAsync(message)).Outcome);
        Assert.Equal(1, await world.ToldAsync(message, "halong.message-delivered.v1"));
    }

    [Fact]
    public async Task Many_workers_send_each_message_once()
    {
        var recipient = world.Accounts.Person(phone: "+84912345678");
        var messages = new List<Message>();
        for (var i = 0; i < 60; i++)
            messages.Add(await world.QueueAsync(recipient: recipient));

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            for (var claims = await world.ClaimAsync(room: 5); claims.Count > 0; claims = await world.ClaimAsync(room: 5))
                await Task.WhenAll(claims.Select(c => world.SendAsync(c)));
        })));

        Assert.All(messages, m => Assert.Equal(1, world.Alpha.CallsOf(m.Key)));
        Assert.Equal(60, await world.InDatabaseAsync(db => db.Messages.CountAsync(
            m => m.RecipientId == recipient && m.State == MessageState.Sent && m.Attempts == 1)));
    }

    private async Task<(MessageState, string?, int)> StateAsync(Message message)
    {
        var row = await world.ReadAsync(message);
        return (row.State, row.LastError, row.Attempts);
    }
}
