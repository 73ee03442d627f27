using HaLong.Gateway.Limits;

namespace HaLong.Gateway.Tests;

public sealed class WindowLimiterTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly Clock _clock = new() { Now = new DateTimeOffset(2026, 11, 23, 8, 0, 30, TimeSpan.Zero) };

    [Fact]
    public void Grants_up_to_the_limit_and_no_more()
    {
        using var limiter = new WindowLimiter(2, Minute, _clock);
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => limiter.AttemptAcquire().IsAcquired));
        Assert.Equal(0, limiter.GetStatistics().CurrentAvailablePermits);
    }

    [Fact]
    public void Is_whole_again_when_the_clock_turns()
    {
        using var limiter = new WindowLimiter(1, Minute, _clock);
        Assert.True(limiter.AttemptAcquire().IsAcquired);
        _clock.Now += TimeSpan.FromSeconds(29);
        Assert.False(limiter.AttemptAcquire().IsAcquired);
        _clock.Now += TimeSpan.FromSeconds(1);
        Assert.True(limiter.AttemptAcquire().IsAcquired);
    }

    [Fact]
    public void Says_how_long_until_then() => Assert.Equal(TimeSpan.FromSeconds(30), WindowLimiter.Reset(Minute, _clock));

    [Fact]
    public void May_be_forgotten_only_when_its_window_is_over()
    {
        using var limiter = new WindowLimiter(1, Minute, _clock);
        limiter.AttemptAcquire();
        Assert.Null(limiter.IdleDuration);
        _clock.Now += TimeSpan.FromSeconds(45);
        Assert.Equal(TimeSpan.FromSeconds(15), limiter.IdleDuration);
    }

    [Fact]
    public async Task Many_at_once_get_exactly_the_limit()
    {
        using var limiter = new WindowLimiter(1000, Minute, _clock);
        var granted = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Enumerable.Range(0, 500).Count(_ => limiter.AttemptAcquire().IsAcquired))));
        Assert.Equal(1000, granted.Sum());
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
