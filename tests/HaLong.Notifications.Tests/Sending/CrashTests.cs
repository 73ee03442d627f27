using HaLong.Notifications.Domain;
using HaLong.Notifications.Tests.Support;

namespace HaLong.Notifications.Tests.Sending;

/// <summary>The process ends at every step of sending, at providers of every kind: what arrives at the person is counted.</summary>
[Collection(EngineCollections.Steps)]
public sealed class CrashTests
{
    private readonly EngineWorld world;

    public CrashTests(EngineWorld world)
    {
        this.world = world;
        world.Reset();
        world.Beta.IsOn = false;
    }

    public enum Step
    {
        BeforeTheAttemptIsNoted,
        AfterTheAttemptIsNoted,
        BeforeTheProviderHasIt,
        AfterTheProviderTookIt,
        BeforeTheOutcomeIsNoted,
        AfterTheOutcomeIsNoted,
    }

    public static TheoryData<Step, string> Everything()
    {
        var data = new TheoryData<Step, string>();
        foreach (var step in Enum.GetValues<Step>())
        {
            foreach (var memory in Enum.GetNames<Memory>())
                data.Add(step, memory);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task After_a_crash_at_any_step_exactly_one_message_arrives_or_it_is_said_that_it_may_be_two(Step step, string memory)
    {
        var message = await world.QueueAsync();
        // Who can be asked needs no key; who cannot must honour it; who does neither may be given it twice.
        world.Alpha.Memory = Enum.Parse<Memory>(memory);
        world.Alpha.HonoursKeys = world.Alpha.Memory == Memory.SafeToRepeat;
        await DieAtAsync(step, message);

        var done = await world.FinishAsync(message);

        Assert.Equal(MessageState.Sent, done.State);
        var doubt = step is not (Step.BeforeTheAttemptIsNoted or Step.AfterTheOutcomeIsNoted);
        var mayBeTwice = doubt && world.Alpha.Memory is (Memory.CannotTell or Memory.Away);
        Assert.Equal(mayBeTwice, done.MayBeTwice);
        Assert.Equal(mayBeTwice && step is (Step.AfterTheProviderTookIt or Step.BeforeTheOutcomeIsNoted) ? 2 : 1, world.Alpha.ArrivedOf(message.Key));
        Assert.Equal(doubt, world.Alpha.Questions.Contains(message.Key));
        Assert.Equal(1, await world.ToldAsync(message, "halong.message-delivered.v1"));
        Assert.All(await world.AttemptsAsync(message), a => Assert.NotNull(a.Outcome));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task However_often_the_process_dies_in_a_row_one_message_arrives(int times)
    {
        var message = await world.QueueAsync();
        world.Alpha.Will(message.Key, Deed.TakeAndKillSender);
        await world.DieAsync(world.Alpha);
        for (var death = 1; death < times; death++)
        {
            // The next one asks, and dies before it has written the answer down.
            world.Pass(TimeSpan.FromSeconds(61));
            world.Crash.Arm(before: 1);
            await world.DieAsync();
        }

        Assert.Equal(MessageState.Sent, (await world.FinishAsync(message)).State);
        Assert.Equal((1, 1), (world.Alpha.ArrivedOf(message.Key), world.Alpha.CallsOf(message.Key)));
    }

    [Fact]
    public async Task Until_its_claim_has_run_out_nobody_touches_the_message_of_a_dead_process()
    {
        var message = await world.QueueAsync();
        world.Crash.Arm(after: 1);
        await world.DieAsync();

        // What other tests have left behind may be due meanwhile: only this message counts.
        var calls = world.Alpha.CallsOf(message.Key);
        world.Pass(TimeSpan.FromSeconds(50));
        await world.SendDueAsync();
        Assert.Equal(calls, world.Alpha.CallsOf(message.Key));
        world.Pass(TimeSpan.FromSeconds(20));
        await world.SendDueAsync();

        Assert.Equal((calls + 1, 1), (world.Alpha.CallsOf(message.Key), world.Alpha.ArrivedOf(message.Key)));
    }

    [Fact]
    public async Task A_crash_while_a_dead_letter_is_written_loses_neither_it_nor_its_fallback()
    {
        var message = await world.QueueAsync();
        world.Alpha.Will(message.Key, Deed.BadAddress);
        world.Crash.Arm(before: 2);
        await world.DieAsync();
        world.Alpha.Report = _ => new Notifications.Sending.ProviderReport.Lost("ref", "no such number", BadAddress: true);

        var done = await world.FinishAsync(message);

        Assert.Equal((MessageState.Failed, "no such number", true), (done.State, done.LastError, done.HandedOn));
        Assert.Equal("lost", Assert.Single(await world.AttemptsAsync(message)).Outcome);
        Assert.Equal(1, await world.ToldAsync(message, "halong.message-failed.v1"));
    }

    private async Task DieAtAsync(Step step, Message message)
    {
        switch (step)
        {
            case Step.BeforeTheAttemptIsNoted:
                world.Crash.Arm(before: 1);
                break;
            case Step.AfterTheAttemptIsNoted:
                world.Crash.Arm(after: 1);
                break;
            case Step.BeforeTheProviderHasIt:
                world.Alpha.Will(message.Key, Deed.KillSender);
                break;
            case Step.AfterTheProviderTookIt:
                world.Alpha.Will(message.Key, Deed.TakeAndKillSender);
                break;
            case Step.BeforeTheOutcomeIsNoted:
                world.Crash.Arm(before: 2);
                break;
            case Step.AfterTheOutcomeIsNoted:
                world.Crash.Arm(after: 2);
                break;
        }

        await world.DieAsync(world.Alpha);
    }
}
