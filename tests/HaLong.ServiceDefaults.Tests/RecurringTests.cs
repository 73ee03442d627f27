using System.Collections.Concurrent;
using HaLong.TestSupport;

namespace HaLong.ServiceDefaults.Tests;

public sealed class RecurringTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(5);

    private readonly ConcurrentQueue<Exception> failures = new();

    [Fact]
    public async Task A_turn_that_fails_is_told_of_and_the_next_comes_also_after_somebodys_time_limit()
    {
        using var stop = new CancellationTokenSource();
        var turns = 0;
        var work = Recurring.RunAsync(Soon, TimeProvider.System, _ => Interlocked.Increment(ref turns) switch
        {
            1 => throw new InvalidOperationException("first"),
            2 => Task.FromException(new OperationCanceledException("a time limit of somebody")),
            _ => Task.CompletedTask,
        }, failures.Enqueue, stop.Token);

        await Eventually.Async(() => Task.FromResult(Volatile.Read(ref turns) >= 4), "turns go on");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);

        Assert.Equal([typeof(InvalidOperationException), typeof(OperationCanceledException)], failures.Select(f => f.GetType()));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task The_first_turn_comes_at_once_only_where_it_is_wanted(bool atOnce, int expected)
    {
        using var stop = new CancellationTokenSource();
        var turns = 0;
        var work = Recurring.RunAsync(TimeSpan.FromHours(1), TimeProvider.System, _ =>
        {
            turns++;
            return Task.CompletedTask;
        }, failures.Enqueue, stop.Token, atOnce);

        Assert.Equal(expected, turns);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
    }

    [Fact]
    public async Task The_end_of_the_service_ends_a_turn_and_is_no_failure()
    {
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var work = Recurring.RunAsync(Soon, TimeProvider.System, async ct =>
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.Infinite, ct);
        }, failures.Enqueue, stop.Token, atOnce: true);

        await begun.Task;
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        Assert.Empty(failures);
    }
}
