using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Planning;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Notifications.Tests.Planning;

/// <summary>What takes over when a channel fails, and what does not.</summary>
public sealed class FallbacksTests(RuleWorld world) : IClassFixture<RuleWorld>
{
    /// <summary>So far off that no worker takes it: the tests end it themselves.</summary>
    private static readonly DateTimeOffset Never = RuleWorld.Tuesday(10).AddYears(1);

    [Fact]
    public async Task The_next_channel_takes_over_with_its_own_text_and_the_rest_of_the_order()
    {
        var person = Everywhere();
        var failed = await world.AddAsync(person, MessageChannel.Zalo, due: Never, fallback: [MessageChannel.Sms, MessageChannel.Email]);

        await FailAsync(failed, badAddress: false);

        var next = await world.OneAsync(person, MessageChannel.Sms);
        Assert.Equal(("Tin thay the Sms", failed.Trigger, failed.Kind), (next.Body, next.Trigger, next.Kind));
        Assert.Equal(["email"], next.Fallback);
        Assert.NotNull(next.ExpiresAt);
        Assert.Equal(MessageState.Failed, (await world.OneAsync(person, MessageChannel.Zalo)).State);
        await world.UntilAsync(next.Id, m => m.State == MessageState.Sent, "the SMS that took over");
    }

    [Fact]
    public async Task A_failure_that_is_told_twice_or_many_times_at_once_has_one_successor()
    {
        var person = Everywhere();
        var failed = await world.AddAsync(person, MessageChannel.Zalo, due: Never, fallback: [MessageChannel.Sms, MessageChannel.Email]);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => FailAsync(failed, badAddress: false)));
        await FailAsync(failed, badAddress: false);

        Assert.Equal([MessageChannel.Sms, MessageChannel.Zalo], (await world.ToAsync(person)).Select(m => m.Channel).Order());
    }

    [Fact]
    public async Task A_channel_without_address_is_passed_over_and_so_is_one_without_text()
    {
        var mailOnly = world.Accounts.Person($"{Guid.CreateVersion7():N}@example.vn");
        var noPhone = await world.AddAsync(mailOnly, MessageChannel.Push, due: Never, fallback: [MessageChannel.Zalo, MessageChannel.Sms, MessageChannel.Email]);
        var everywhere = Everywhere();
        var noText = await world.AddAsync(everywhere, MessageChannel.Push, due: Never, fallback: [MessageChannel.Zalo, MessageChannel.Sms]);
        await world.World.InDatabaseAsync(db => db.Set<ReserveText>().Where(r => r.RecipientId == everywhere && r.Channel == MessageChannel.Zalo).ExecuteDeleteAsync());

        await FailAsync(noPhone, badAddress: false);
        await FailAsync(noText, badAddress: false);

        Assert.Equal([MessageChannel.Email, MessageChannel.Push], (await world.ToAsync(mailOnly)).Select(m => m.Channel).Order());
        Assert.Equal([MessageChannel.Sms, MessageChannel.Push], (await world.ToAsync(everywhere)).Select(m => m.Channel).Order());
    }

    [Fact]
    public async Task When_nobody_is_left_the_message_has_failed_and_nothing_follows()
    {
        var nowhere = world.Accounts.Person(email: "");
        var failed = await world.AddAsync(nowhere, MessageChannel.Push, due: Never, fallback: [MessageChannel.Sms, MessageChannel.Email]);

        await FailAsync(failed, badAddress: false);

        Assert.Equal(MessageState.Failed, Assert.Single(await world.ToAsync(nowhere)).State);
    }

    [Fact]
    public async Task One_device_that_fails_changes_nothing_while_another_one_lives_and_the_last_one_hands_over()
    {
        var person = Everywhere();
        var trigger = $"{Guid.CreateVersion7():N}";
        var first = await world.AddAsync(person, MessageChannel.Push, trigger: trigger, target: "a", due: Never, fallback: [MessageChannel.Sms]);
        var second = await world.AddAsync(person, MessageChannel.Push, trigger: trigger, target: "b", due: Never, fallback: [MessageChannel.Sms]);

        await FailAsync(first, badAddress: true);
        Assert.Equal(2, (await world.ToAsync(person)).Count);
        await FailAsync(second, badAddress: true);

        Assert.Single(await world.ToAsync(person), m => m.Channel == MessageChannel.Sms);
        // A browser that is gone is nobody's task.
        Assert.Equal(0, await world.World.InDatabaseAsync(db => db.Set<ContactProblem>().CountAsync(p => p.AccountId == person)));
    }

    [Fact]
    public async Task Two_devices_that_fail_at_the_same_moment_hand_over_once_and_surely()
    {
        for (var round = 0; round < 5; round++)
        {
            var person = Everywhere();
            var trigger = $"{Guid.CreateVersion7():N}";
            var devices = new List<Message>();
            for (var i = 0; i < 4; i++)
                devices.Add(await world.AddAsync(person, MessageChannel.Push, trigger: trigger, target: $"{i}", due: Never, fallback: [MessageChannel.Sms]));

            await Task.WhenAll(devices.Select(d => FailAsync(d, badAddress: false)));

            Assert.Single(await world.ToAsync(person), m => m.Channel == MessageChannel.Sms);
        }
    }

    [Fact]
    public async Task At_night_what_takes_over_by_telephone_waits_for_the_morning()
    {
        var person = Everywhere();
        var failed = await world.AddAsync(person, MessageChannel.Email, due: Never, fallback: [MessageChannel.Sms]);
        world.SetTo(RuleWorld.Tuesday(23));

        await FailAsync(failed, badAddress: false);

        Assert.Equal(QuietHours.End(RuleWorld.Tuesday(23), person), (await world.OneAsync(person, MessageChannel.Sms)).DueAt);
        world.SetTo(RuleWorld.Tuesday(10));
    }

    [Fact]
    public async Task A_lost_claim_leaves_neither_the_failure_nor_a_successor()
    {
        var person = Everywhere();
        var failed = await world.AddAsync(person, MessageChannel.Zalo, due: Never, fallback: [MessageChannel.Sms]);

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => FailAsync(failed, badAddress: true, meanwhile: () => world.World.InDatabaseAsync(
            db => db.Database.ExecuteSqlAsync($"UPDATE message SET claim = claim + 1 WHERE id = {failed.Id}"))));

        Assert.Equal(MessageState.Pending, Assert.Single(await world.ToAsync(person)).State);
        Assert.Equal(0, await world.World.InDatabaseAsync(db => db.Set<ContactProblem>().CountAsync(p => p.AccountId == person)));
    }

    [Fact]
    public async Task Identity_away_passes_no_channel_over()
    {
        var person = Guid.CreateVersion7();
        var failed = await world.AddAsync(person, MessageChannel.Zalo, due: Never, fallback: [MessageChannel.Sms, MessageChannel.Email]);
        world.Accounts.IsDown = true;
        try
        {
            await FailAsync(failed, badAddress: false);
        }
        finally
        {
            world.Accounts.IsDown = false;
        }

        Assert.Single(await world.ToAsync(person), m => m.Channel == MessageChannel.Sms);
    }

    [Fact]
    public async Task What_no_carrier_says_arrived_is_told_by_the_next_one_after_half_an_hour_and_once()
    {
        var (late, lapsed, young, arrived) = (Everywhere(), Everywhere(), Everywhere(), Everywhere());
        var now = RuleWorld.Tuesday(10);
        await SentAsync(late, now.AddMinutes(-31));
        await SentAsync(young, now.AddMinutes(-29));
        await SentAsync(arrived, now.AddMinutes(-31), MessageState.Delivered);
        await SentAsync(lapsed, now, MessageState.Expired, expires: now.AddMinutes(-1));

        await world.TurnAsync();
        await world.TurnAsync();

        Assert.Single(await world.ToAsync(late), m => m.Channel == MessageChannel.Sms);
        Assert.Single(await world.ToAsync(lapsed), m => m.Channel == MessageChannel.Sms);
        Assert.Single(await world.ToAsync(young));
        Assert.Single(await world.ToAsync(arrived));
        Assert.Equal(MessageState.Sent, (await world.OneAsync(late, MessageChannel.Zalo)).State);
    }

    private Guid Everywhere() => world.Accounts.Person($"{Guid.CreateVersion7():N}@example.vn", "vi", RuleWorld.Phone());

    private async Task SentAsync(Guid person, DateTimeOffset at, MessageState state = MessageState.Sent, DateTimeOffset? expires = null)
    {
        var message = await world.AddAsync(person, MessageChannel.Zalo, due: Never, expires: expires, fallback: [MessageChannel.Sms]);
        await world.World.InDatabaseAsync(db => db.Messages.Where(m => m.Id == message.Id).ExecuteUpdateAsync(s => s.SetProperty(m => m.State, state).SetProperty(m => m.SentAt, at)));
    }

    /// <summary>Ends a message as the sender does.</summary>
    private Task<int> FailAsync(Message message, bool badAddress, Func<Task>? meanwhile = null) => world.World.Service.InScopeAsync<IServiceProvider, int>(async services =>
    {
        var tracked = await services.GetRequiredService<NotificationDbContext>().Messages.SingleAsync(m => m.Id == message.Id);
        if (meanwhile is not null)
            await meanwhile();
        tracked.End(MessageState.Failed, "gone");
        await services.GetRequiredService<Fallbacks>().TakeOverAsync(tracked, badAddress, World.Ct);
        return 0;
    });
}
