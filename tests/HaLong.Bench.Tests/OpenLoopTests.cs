using System.Diagnostics;
using HaLong.Bench.Load;

namespace HaLong.Bench.Tests;

public sealed class OpenLoopTests
{
    [Fact]
    public async Task Work_is_started_at_the_rate_asked_for()
    {
        var clock = Stopwatch.StartNew();
        var result = await new OpenLoop(200, TimeSpan.FromSeconds(1)).RunAsync(_ => Task.CompletedTask);
        Assert.Equal(200, result.Started);
        Assert.Equal(200, result.Completed);
        Assert.True(clock.Elapsed > TimeSpan.FromMilliseconds(950), "The last start is due just before the second is over.");
    }

    [Fact]
    public async Task Slow_work_does_not_hold_back_the_work_after_it()
    {
        var started = 0;
        var release = new TaskCompletionSource();
        var lateness = TimeSpan.Zero;
        var result = await new OpenLoop(100, TimeSpan.FromSeconds(0.5)).RunAsync(async late =>
        {
            lateness = late > lateness ? late : lateness;
            if (Interlocked.Increment(ref started) == 50)
            {
                release.SetResult();
            }

            // Nobody ends before everybody has started: a closed loop would never get there.
            await release.Task;
        });
        Assert.Equal(50, result.Completed);
        Assert.True(lateness >= TimeSpan.Zero);
        Assert.True(result.Whole.MaxMilliseconds >= 400, $"The first one waited for the last: {result.Whole.MaxMilliseconds} ms.");
    }

    [Fact]
    public async Task Failures_are_counted_by_kind_and_have_no_latency()
    {
        var number = 0;
        var result = await new OpenLoop(100, TimeSpan.FromSeconds(0.1)).RunAsync(_ => Interlocked.Increment(ref number) switch
        {
            1 => throw new LoadException("draft 503"),
            2 => throw new TimeoutException(),
            _ => Task.CompletedTask,
        });
        Assert.Equal(2, result.ErrorCount);
        Assert.Equal(1, result.Errors["draft 503"]);
        Assert.Equal(1, result.Errors["TimeoutException"]);
        Assert.Equal(8, result.Whole.Count);
    }

    [Fact]
    public async Task When_too_much_is_under_way_the_run_ends()
    {
        var stuck = new TaskCompletionSource();
        var result = await new OpenLoop(1000, TimeSpan.FromSeconds(5), maxInFlight: 20).RunAsync(_ => stuck.Task.WaitAsync(TimeSpan.FromSeconds(1)));
        Assert.True(result.Saturated);
        Assert.Equal(20, result.Started);
    }
}
