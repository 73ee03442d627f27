using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Tests.Support;

namespace HaLong.Notifications.Tests.Sending;

/// <summary>An answer was lost: what the provider says when asked decides what happens, and nobody else gets the message meanwhile.</summary>
[Collection(EngineCollections.Steps)]
public sealed class LostAttemptsTests
{
    private readonly EngineWorld world;

    public LostAttemptsTests(EngineWorld world)
    {
        this.world = world;
        world.Reset();
    }

    [Fact]
    public async Task It_has_it()
    {
        var message = await LoseAsync(Deed.TakeAndFallSilent);

        var done = await world.FinishAsync(message);

        Assert.Equal((MessageState.Sent, "alpha", world.Alpha.ReferenceOf(message.Key), false),
            (done.State, done.Provider, done.ProviderReference, done.MayBeTwice));
        Assert.Equal(["accepted"], (await world.AttemptsAsync(message)).Select(a => a.Outcome));
        Assert.Equal((1, 0), Calls(message));
    }

    [Fact]
    public async Task It_arrived()
    {
        var message = await LoseAsync(Deed.TakeAndFallSilent);
        var at = world.Now;
        world.Alpha.Report = _ => new ProviderReport.Arrived("ref-1", at);

        var done = await world.FinishAsync(message);

        Assert.Equal((MessageState.Delivered, "ref-1"), (done.State, done.ProviderReference));
        Assert.Equal(at, done.DeliveredAt!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await world.ToldAsync(message, "halong.message-delivered.v1"));
        Assert.Equal((1, 0), Calls(message));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_had_it_and_gave_up(bool badAddress)
    {
        var message = await LoseAsync(Deed.TakeAndFallSilent);
        world.Alpha.Report = _ => new ProviderReport.Lost("ref-1", "switched off", badAddress);

        var done = await world.FinishAsync(message);

        Assert.Equal((MessageState.Failed, "switched off", true), (done.State, done.LastError, done.HandedOn));
        Assert.Equal(("lost", "switched off"), ((await world.AttemptsAsync(message))[0].Outcome, (await world.AttemptsAsync(message))[0].Error));
        Assert.Equal((1, 0), Calls(message));
    }

    [Fact]
    public async Task It_never_got_it()
    {
        var message = await LoseAsync(Deed.FallSilent);

        var done = await world.FinishAsync(message);

        Assert.Equal((MessageState.Sent, "alpha", false), (done.State, done.Provider, done.MayBeTwice));
        Assert.Equal(["notTaken", "accepted"], (await world.AttemptsAsync(message)).Select(a => a.Outcome));
        Assert.Equal((2, 0), Calls(message));
    }

    [Fact]
    public async Task It_never_got_it_and_is_disabled_meanwhile_so_another_one_carries_it()
    {
        var message = await LoseAsync(Deed.FallSilent);
        world.Standing(world.Alpha).Learn(ProviderMode.Disabled, 1);

        var done = await world.FinishAsync(message);

        Assert.Equal((MessageState.Sent, "beta"), (done.State, done.Provider));
        Assert.Equal((1, 1), Calls(message));
    }

    [Fact]
    public async Task It_takes_a_key_only_once_so_it_gets_the_same_again()
    {
        var message = await LoseAsync(Deed.TakeAndFallSilent);
        world.Alpha.Memory = Memory.SafeToRepeat;

        var done = await world.FinishAsync(message);

        Assert.Equal((MessageState.Sent, "alpha", false, 1), (done.State, done.Provider, done.MayBeTwice, world.Alpha.ArrivedOf(message.Key)));
        Assert.Equal(["accepted", "accepted"], (await world.AttemptsAsync(message)).Select(a => a.Outcome));
        Assert.Equal((2, 0), Calls(message));
    }

    [Fact]
    public async Task Busy_with_the_repeat_it_keeps_the_message_all_the_same()
    {
        var message = await LoseAsync(Deed.TakeAndFallSilent, Deed.Busy, Deed.Busy);
        world.Alpha.Memory = Memory.SafeToRepeat;

        var done = await world.FinishAsync(message);

        Assert.Equal((MessageState.Sent, "alpha", 1), (done.State, done.Provider, world.Alpha.ArrivedOf(message.Key)));
        Assert.Equal((4, 0), Calls(message));
    }

    [Fact]
    public async Task Disabled_it_may_still_have_it_and_nobody_else_gets_it_before_the_bound()
    {
        var message = await LoseAsync(Deed.TakeAndFallSilent);
        world.Alpha.Memory = Memory.SafeToRepeat;
        world.Standing(world.Alpha).Learn(ProviderMode.Disabled, 1);

        world.Pass(TimeSpan.FromSeconds(16));
        await world.SendDueAsync();
        Assert.Equal((MessageState.Pending, "provider disabled"), ((await world.ReadAsync(message)).State, (await world.ReadAsync(message)).LastError));
        Assert.Equal((1, 0), Calls(message));

        var done = await world.FinishAsync(message);
        Assert.Equal((MessageState.Sent, "beta", true), (done.State, done.Provider, done.MayBeTwice));
    }

    [Fact]
    public async Task It_cannot_say_so_it_is_sent_again_and_said_that_it_may_be_twice()
    {
        var message = await LoseAsync(Deed.TakeAndFallSilent);
        world.Alpha.Memory = Memory.CannotTell;
        world.Beta.IsOn = false;
        world.Alpha.HonoursKeys = false;

        var done = await world.FinishAsync(message);

        Assert.Equal((MessageState.Sent, true, 2), (done.State, done.MayBeTwice, world.Alpha.ArrivedOf(message.Key)));
        Assert.Equal(["cannotTell", "accepted"], (await world.AttemptsAsync(message)).Select(a => a.Outcome));
    }

    [Fact]
    public async Task It_cannot_be_asked_so_everything_waits_until_it_can()
    {
        var message = await LoseAsync(Deed.TakeAndFallSilent);
        world.Alpha.Memory = Memory.Away;
        for (var i = 0; i < 5; i++)
        {
            world.Pass(TimeSpan.FromSeconds(16));
            await world.SendDueAsync();
            var row = await world.ReadAsync(message);
            Assert.Equal((MessageState.Pending, "alpha cannot be asked: down", 1), (row.State, row.LastError, row.Attempts));
        }

        world.Alpha.Memory = Memory.Knows;
        var done = await world.FinishAsync(message);

        Assert.Equal((MessageState.Sent, "alpha", false), (done.State, done.Provider, done.MayBeTwice));
        Assert.Equal((1, 0), Calls(message));
    }

    [Fact]
    public async Task It_cannot_be_asked_for_so_long_that_being_told_twice_is_better_than_not_at_all()
    {
        var message = await LoseAsync(Deed.TakeAndFallSilent);
        // As if its adapter threw, too.
        world.Alpha.Report = _ => throw new HttpRequestException("no route");
        world.Standing(world.Alpha).Learn(ProviderMode.Disabled, 1);

        var done = await world.FinishAsync(message);

        Assert.Equal((MessageState.Sent, "beta", true), (done.State, done.Provider, done.MayBeTwice));
        Assert.Equal((1, 1), Calls(message));
        Assert.InRange(world.Alpha.Questions.Count(k => k == message.Key), 8, 10);
    }

    [Fact]
    public async Task Its_provider_is_no_longer_set_up_which_is_like_away()
    {
        var message = await LoseAsync(Deed.TakeAndFallSilent);
        world.Alpha.IsOn = false;
        world.Pass(TimeSpan.FromSeconds(16));

        await world.SendDueAsync();

        Assert.Equal("alpha cannot be asked: no longer set up", (await world.ReadAsync(message)).LastError);
        Assert.Equal(("beta", true), ((await world.FinishAsync(message)).Provider, (await world.ReadAsync(message)).MayBeTwice));
    }

    [Fact]
    public async Task What_has_expired_is_asked_about_all_the_same()
    {
        var message = await LoseAsync(Deed.TakeAndFallSilent, world.Now.AddSeconds(10));
        var gone = await LoseAsync(Deed.FallSilent, world.Now.AddSeconds(10));

        Assert.Equal(MessageState.Sent, (await world.FinishAsync(message)).State);
        Assert.Equal(MessageState.Expired, (await world.FinishAsync(gone)).State);
        Assert.Equal(0, world.Alpha.ArrivedOf(gone.Key) + world.Beta.ArrivedOf(gone.Key));
    }

    private Task<Message> LoseAsync(params Deed[] deeds) => LoseAsync(null, deeds);

    private Task<Message> LoseAsync(Deed deed, DateTimeOffset expires) => LoseAsync(expires, deed);

    private async Task<Message> LoseAsync(DateTimeOffset? expires, params Deed[] deeds)
    {
        var message = await world.QueueAsync(expires: expires);
        world.Alpha.Will(message.Key, deeds);
        world.Beta.IsOn = false;
        await world.SendDueAsync();
        world.Beta.IsOn = true;
        Assert.Equal((MessageState.Pending, "silence"), ((await world.ReadAsync(message)).State, (await world.ReadAsync(message)).LastError));
        return message;
    }

    private (int Alpha, int Beta) Calls(Message message) => (world.Alpha.CallsOf(message.Key), world.Beta.CallsOf(message.Key));
}
