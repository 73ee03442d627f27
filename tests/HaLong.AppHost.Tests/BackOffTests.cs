using HaLong.AppHost.Native;

namespace HaLong.AppHost.Tests;

/// <summary>When a crash becomes a crash loop, by a clock of the test's own.</summary>
public sealed class BackOffTests
{
    private readonly Clock _clock = new();

    [Fact]
    public void The_first_two_crashes_are_told_singly_and_the_third_is_called_a_loop_with_its_length()
    {
        var backOff = new BackOff(_clock);
        Assert.Equal("was ended by signal 9; next try in 0.5 s", Crash(backOff, after: 1));
        Assert.Equal("was ended by signal 9; next try in 1 s", Crash(backOff, after: 3));
        // From the start of the first of these runs to the last crash.
        Assert.Equal("keeps crashing: 3 times in 10 s, the last time it was ended by signal 9; next try in 2 s", Crash(backOff, after: 5, ran: 2));
    }

    [Fact]
    public void A_run_just_short_of_stable_still_belongs_to_the_loop()
    {
        var backOff = new BackOff(_clock);
        backOff.Next(TimeSpan.Zero, "ended");
        var (delay, _) = backOff.Next(BackOff.Stable - TimeSpan.FromTicks(1), "ended");
        Assert.Equal(BackOff.First * 2, delay);
    }

    [Fact]
    public void After_a_stable_run_the_crashes_before_it_are_no_longer_counted()
    {
        var backOff = new BackOff(_clock);
        for (var i = 0; i < 5; i++)
            Crash(backOff, after: 1);
        backOff.Next(BackOff.Stable, "ended");
        Assert.DoesNotContain("keeps crashing", Crash(backOff, after: 1), StringComparison.Ordinal);
        Assert.Contains("keeps crashing: 3 times", Crash(backOff, after: 1), StringComparison.Ordinal);
    }

    [Fact]
    public void A_loop_of_days_neither_overflows_nor_waits_longer_than_the_limit()
    {
        var backOff = new BackOff(_clock);
        for (var i = 0; i < 200; i++)
            Assert.InRange(backOff.Next(TimeSpan.Zero, "ended").Delay, BackOff.First, BackOff.Longest);
        Assert.Equal(BackOff.Longest, backOff.Next(TimeSpan.Zero, "ended").Delay);
    }

    private string Crash(BackOff backOff, int after, int ran = 0)
    {
        _clock.Now += TimeSpan.FromSeconds(after);
        return backOff.Next(TimeSpan.FromSeconds(ran), "was ended by signal 9").Words;
    }
}

/// <summary>A clock that stands still until the test moves it.</summary>
internal sealed class Clock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 8, 30, 0, 250, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
