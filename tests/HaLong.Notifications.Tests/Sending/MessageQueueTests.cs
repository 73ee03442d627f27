using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Sending;

[Collection(EngineCollections.Steps)]
public sealed class MessageQueueTests
{
    private readonly EngineWorld world;

    public MessageQueueTests(EngineWorld world)
    {
        this.world = world;
        world.Reset();
    }

    [Fact]
    public async Task The_more_urgent_goes_first_and_then_the_longer_due()
    {
        await DrainAsync();
        var reminder = await world.QueueAsync(of: NoticeClass.Reminder, due: world.Now.AddHours(-3));
        var late = await world.QueueAsync(of: NoticeClass.Status, due: world.Now.AddMinutes(-1));
        var early = await world.QueueAsync(of: NoticeClass.Status, due: world.Now.AddMinutes(-2));
        var urgent = await world.QueueAsync(of: NoticeClass.Urgent);
        var optional = await world.QueueAsync(of: NoticeClass.Optional, due: world.Now.AddHours(-9));

        var order = new List<Guid>();
        for (var i = 0; i < 5; i++)
            order.Add(Assert.Single(await ClaimAsync(MessageChannel.Sms, 1)).Id);

        Assert.Equal([urgent.Id, early.Id, late.Id, reminder.Id, optional.Id], order);
    }

    [Fact]
    public async Task Each_channel_has_its_lane()
    {
        await DrainAsync();
        for (var i = 0; i < 5; i++)
            await world.QueueAsync(MessageChannel.Email, NoticeClass.Urgent);
        var sms = await world.QueueAsync(of: NoticeClass.Optional);

        var claimed = await world.Get<MessageQueue>().ClaimAsync(
            new Dictionary<MessageChannel, int> { [MessageChannel.Email] = 2, [MessageChannel.Sms] = 2, [MessageChannel.Zalo] = 0 }, EngineWorld.Ct);

        Assert.Equal(3, claimed.Count);
        Assert.Equal((sms.Id, 1), (Assert.Single(claimed, c => c.Channel == MessageChannel.Sms).Id, claimed[0].Claim));
        Assert.Empty(await world.Get<MessageQueue>().ClaimAsync(new Dictionary<MessageChannel, int> { [MessageChannel.Email] = 0 }, EngineWorld.Ct));
    }

    [Fact]
    public async Task Only_what_is_due_and_waits_is_claimed_and_not_twice()
    {
        await DrainAsync();
        await world.QueueAsync(due: world.Now.AddSeconds(1));
        var cancelled = await world.QueueAsync();
        await world.InDatabaseAsync(db => db.Messages.Where(m => m.Id == cancelled.Id)
            .ExecuteUpdateAsync(u => u.SetProperty(m => m.State, MessageState.Cancelled)));
        var due = await world.QueueAsync();

        Assert.Equal([due.Id], (await world.ClaimAsync()).Select(c => c.Id));
        Assert.Empty(await world.ClaimAsync());
    }

    [Fact]
    public async Task A_claim_that_ran_out_is_given_to_the_next_with_a_higher_number()
    {
        await DrainAsync();
        await world.QueueAsync();

        Assert.Equal(1, Assert.Single(await world.ClaimAsync()).Claim);
        world.Pass(TimeSpan.FromSeconds(61));
        Assert.Equal(2, Assert.Single(await world.ClaimAsync()).Claim);
    }

    [Fact]
    public async Task Workers_at_once_share_without_waiting_for_each_other()
    {
        await DrainAsync();
        var recipient = world.Accounts.Person(phone: "+84912345678");
        for (var i = 0; i < 40; i++)
            await world.QueueAsync(recipient: recipient);

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => world.ClaimAsync(room: 10))));

        var ids = claims.SelectMany(c => c).Select(c => c.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(40, ids.Count + (await world.ClaimAsync(room: 100)).Count);
    }

    [Fact]
    public async Task What_waits_for_the_morning_is_not_walked_over()
    {
        await DrainAsync();
        await world.InDatabaseAsync(db => db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO message (id, recipient_id, kind, class, trigger, channel, target, language, title, body, template_version, created_at, due_at, fallback,
                state, claim, attempts, attempts_before, round, may_be_twice, handed_on)
            SELECT gen_random_uuid(), gen_random_uuid(), 'k', 1, n::text, 'sms', '', 'vi', 't', 'b', 1, {world.Now}, {world.Now.AddHours(9)},
                ARRAY[]::text[], 'pending', 0, 0, 0, 0, false, false
            FROM generate_series(1, 20000) n
            """));
        await world.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"ANALYZE message"));

        var plan = await world.InDatabaseAsync(db => db.Database.SqlQuery<string>(
            $"""
            EXPLAIN SELECT id FROM message WHERE state = 'pending' AND channel = 'sms' AND class = 1::smallint AND due_at <= {world.Now}
            ORDER BY due_at LIMIT 32 FOR UPDATE SKIP LOCKED
            """).ToListAsync());

        Assert.Contains(plan, line => line.Contains("ix_message_due", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("Sort", StringComparison.Ordinal) || line.Contains("Seq Scan", StringComparison.Ordinal));
        await world.InDatabaseAsync(db => db.Messages.Where(m => m.Kind == "k").ExecuteDeleteAsync());
    }

    private Task<IReadOnlyList<ClaimedMessage>> ClaimAsync(MessageChannel channel, int room) =>
        world.Get<MessageQueue>().ClaimAsync(new Dictionary<MessageChannel, int> { [channel] = room }, EngineWorld.Ct);

    private Task<int> DrainAsync() => world.InDatabaseAsync(db => db.Messages.ExecuteDeleteAsync());
}
