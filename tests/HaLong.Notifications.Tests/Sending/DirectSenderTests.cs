using HaLong.Notifications.Direct;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Tests.Support;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Sending;

/// <summary>Codes and notices to an address: recorded before they leave, answered the same to a repeat, never twice where that can be known.</summary>
public sealed class DirectSenderTests(EngineWorld world) : DirectSteps(world)
{
    [Fact]
    public async Task A_code_is_recorded_without_number_text_or_code()
    {
        world.Alpha.Before = async m => Assert.Equal((DirectState.Sending, 1), await StateAsync(m.Key));

        await SendAsync();

        var row = await RowAsync();
        Assert.Equal(("registration", "alpha", world.Alpha.ReferenceOf(id), DirectState.Sent, "accepted", 1),
            (row.Purpose, row.Provider, row.Reference, row.State, row.Outcome, row.Attempts));
        Assert.Equal((MessageChannel.Sms, false), (row.Channel, row.MayBeTwice));
        var text = await world.InDatabaseAsync(db => db.Database
            .SqlQuery<string>($"SELECT row_to_json(d)::text AS \"Value\" FROM direct_send d WHERE id = {id}").SingleAsync());
        Assert.DoesNotContain(phone, text, StringComparison.Ordinal);
        Assert.DoesNotContain("482913", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeat_is_answered_the_same_and_sends_nothing()
    {
        await SendAsync();
        await SendAsync();
        Assert.Equal(1, world.Alpha.CallsOf(id));

        var refused = Guid.CreateVersion7().ToString("N");
        world.Alpha.Will(refused, Deed.BadAddress);
        Assert.Equal(Never, await RefusalAsync(refused));
        Assert.Equal(Never, await RefusalAsync(refused));
        Assert.Equal((1, DirectState.Refused), (world.Alpha.CallsOf(refused), (await StateAsync(refused)).State));
    }

    [Fact]
    public async Task Many_calls_with_the_same_id_at_once_are_one_text_and_one_answer()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => SendAsync())));

        Assert.Equal((1, 1), (world.Alpha.CallsOf(id), (await RowAsync()).Attempts));
    }

    [Fact]
    public async Task A_call_that_finds_another_at_it_for_long_is_told_to_come_back()
    {
        var going = new TaskCompletionSource();
        var held = new TaskCompletionSource();
        world.Alpha.Before = m =>
        {
            going.TrySetResult();
            return m.Key == id ? held.Task : Task.CompletedTask;
        };
        var first = SendAsync();
        await going.Task;

        Assert.Equal(Away, await RefusalAsync());
        held.SetResult();
        await first;
        await SendAsync();

        Assert.Equal(1, world.Alpha.CallsOf(id));
    }

    [Fact]
    public async Task A_caller_that_hangs_up_does_not_make_us_forget_what_the_provider_says()
    {
        using var caller = new CancellationTokenSource();
        world.Alpha.Before = _ => caller.CancelAsync();

        await SendAsync(ct: caller.Token);

        Assert.Equal(DirectState.Sent, (await RowAsync()).State);
    }

    [Theory]
    [InlineData(nameof(Deed.Busy))]
    [InlineData(nameof(Deed.FallSilent))]
    public async Task Surely_not_with_the_first_provider_the_next_one_carries_it_at_once(string deed)
    {
        await PreferAlphaAsync();
        world.Alpha.Will(id, Enum.Parse<Deed>(deed));

        await SendAsync();

        var row = await RowAsync();
        Assert.Equal(("beta", DirectState.Sent, false), (row.Provider, row.State, row.MayBeTwice));
        Assert.Equal((1, 1), (world.Alpha.CallsOf(id), world.Beta.ArrivedOf(id)));
    }

    [Fact]
    public async Task A_lost_answer_is_asked_about_at_once()
    {
        await PreferAlphaAsync();
        world.Alpha.Will(id, Deed.TakeAndFallSilent);

        await SendAsync();

        Assert.Equal(
            ("alpha", DirectState.Sent, world.Alpha.ReferenceOf(id)), ((await RowAsync()).Provider, (await RowAsync()).State, (await RowAsync()).Reference));
        Assert.Equal((1, 0), (world.Alpha.ArrivedOf(id), world.Beta.CallsOf(id)));
    }

    [Theory]
    [InlineData(nameof(Memory.SafeToRepeat), "alpha", 1, 0, false)]
    [InlineData(nameof(Memory.Knows), "alpha", 1, 0, false)]
    [InlineData(nameof(Memory.CannotTell), "beta", 1, 1, true)]
    public async Task A_lost_answer_that_cannot_be_cleared_up_is_unavailable_and_the_repeat_asks_first(
        string memory, string provider, int alpha, int beta, bool twice)
    {
        await PreferAlphaAsync();
        world.Alpha.Will(id, Deed.TakeAndFallSilent);
        world.Alpha.Memory = memory == nameof(Memory.Knows) ? Memory.Away : Enum.Parse<Memory>(memory);
        Assert.Equal(Away, await RefusalAsync());
        Assert.Equal(DirectState.Unknown, (await RowAsync()).State);

        world.Alpha.Memory = Enum.Parse<Memory>(memory);
        await SendAsync();

        var row = await RowAsync();
        Assert.Equal((provider, DirectState.Sent, twice, 2), (row.Provider, row.State, row.MayBeTwice, row.Attempts));
        Assert.Equal((alpha, beta), (world.Alpha.ArrivedOf(id), world.Beta.ArrivedOf(id)));
    }

    [Fact]
    public async Task A_provider_that_may_have_it_and_cannot_be_asked_keeps_it_for_half_a_minute()
    {
        await PreferAlphaAsync();
        world.Alpha.Will(id, Deed.TakeAndFallSilent);
        world.Alpha.Memory = Memory.Away;
        Assert.Equal(Away, await RefusalAsync());
        world.Pass(TimeSpan.FromSeconds(20));
        Assert.Equal(Away, await RefusalAsync());
        Assert.Equal(0, world.Beta.CallsOf(id));

        world.Pass(TimeSpan.FromSeconds(11));
        await SendAsync();

        Assert.Equal(("beta", true), ((await RowAsync()).Provider, (await RowAsync()).MayBeTwice));
    }

    [Fact]
    public async Task Pinned_to_a_provider_that_is_busy_it_stays_there()
    {
        await PreferAlphaAsync();
        world.Alpha.Memory = Memory.SafeToRepeat;
        world.Alpha.Will(id, Deed.TakeAndFallSilent, Deed.Busy);
        Assert.Equal(Away, await RefusalAsync());
        Assert.Equal(Away, await RefusalAsync());
        Assert.Equal(DirectState.Unknown, (await RowAsync()).State);

        await SendAsync();

        Assert.Equal((3, 1, 0), (world.Alpha.CallsOf(id), world.Alpha.ArrivedOf(id), world.Beta.CallsOf(id)));
    }

    [Fact]
    public async Task Nobody_takes_it_now_and_the_repeat_begins_anew()
    {
        world.Beta.IsOn = true;
        (world.Alpha.Otherwise, world.Beta.Otherwise) = (Deed.Busy, Deed.Busy);
        Assert.Equal(Away, await RefusalAsync());
        Assert.Equal((DirectState.Away, 1), await StateAsync(id));
        Assert.Equal(2, world.Alpha.CallsOf(id) + world.Beta.CallsOf(id));

        (world.Alpha.Otherwise, world.Beta.Otherwise) = (Deed.Take, Deed.Take);
        await SendAsync();

        Assert.Equal((DirectState.Sent, 2), await StateAsync(id));
    }

    [Fact]
    public async Task Without_a_provider_nothing_is_recorded()
    {
        world.Alpha.IsOn = false;

        Assert.Equal(Away, await RefusalAsync());

        Assert.False(await world.InDatabaseAsync(db => db.DirectSends.AnyAsync(d => d.Id == id)));
        world.Post.IsOn = false;
        Assert.Equal("NOT-0010", await RefusalAsync(channel: MessageChannel.Email));
    }

    [Fact]
    public async Task What_a_provider_has_is_answered_the_same_when_nobody_is_set_up_any_more()
    {
        await SendAsync();
        world.Alpha.IsOn = false;

        await SendAsync();

        Assert.Equal(1, world.Alpha.CallsOf(id));
    }

    [Fact]
    public async Task A_code_that_runs_out_while_the_first_provider_keeps_us_waiting_goes_to_no_other()
    {
        await PreferAlphaAsync();
        var expires = world.Now.AddSeconds(10);
        world.Alpha.Will(id, Deed.Busy);
        world.Alpha.Before = _ =>
        {
            world.Pass(TimeSpan.FromSeconds(11));
            return Task.CompletedTask;
        };

        var refusal = await Assert.ThrowsAsync<ErrorException>(
            () => world.Get<DirectSender>().SendAsync(MessageChannel.Sms, "registration", Text(id) with { ExpiresAt = expires }, EngineWorld.Ct));

        Assert.Equal(("NOT-0012", 0), (refusal.Error.Code, world.Beta.CallsOf(id)));
        Assert.Equal((DirectState.Away, 1), await StateAsync(id));
    }

    [Fact]
    public async Task A_provider_whose_code_breaks_is_asked_like_one_that_fell_silent()
    {
        world.Alpha.Will(id, Deed.Break);
        world.Alpha.Report = _ => throw new HttpRequestException("away");

        Assert.Equal(Away, await RefusalAsync());

        Assert.Equal((DirectState.Unknown, 1), await StateAsync(id));
    }

    [Fact]
    public async Task Codes_do_not_wait_for_messages_that_hold_all_providers_up()
    {
        var held = new TaskCompletionSource();
        world.Alpha.Before = m => m.Key == id ? Task.CompletedTask : held.Task;
        for (var i = 0; i < 40; i++)
            await world.QueueAsync(of: NoticeClass.Urgent);
        var others = (await world.ClaimAsync()).Select(c => world.SendAsync(c)).ToList();
        await Eventually.Async(() => Task.FromResult(world.Alpha.Calls.Count >= 40), "forty messages under way");

        await SendAsync();

        Assert.Equal(1, world.Alpha.ArrivedOf(id));
        Assert.All(others, o => Assert.False(o.IsCompleted));
        held.SetResult();
        await Task.WhenAll(others);
    }
}
