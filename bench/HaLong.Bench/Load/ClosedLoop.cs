using System.Collections.Concurrent;
using System.Diagnostics;

namespace HaLong.Bench.Load;

/// <summary>So many workers, each starting the next piece of work when its last is done: the most that can be had, not what it is like to wait for it.</summary>
internal static class ClosedLoop
{
    /// <param name="workers">How many at the same time.</param>
    /// <param name="duration">How long.</param>
    /// <param name="work">Gets the worker's number; throws when it fails.</param>
    /// <param name="most">How often at most, all together.</param>
    public static async Task<ClosedLoopResult> RunAsync(int workers, TimeSpan duration, Func<int, Task> work, long most = long.MaxValue)
    {
        var (latency, errors, completed, begun) = (new Histogram(), new ConcurrentDictionary<string, int>(), 0L, 0L);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            while (clock.Elapsed < duration && Interlocked.Increment(ref begun) <= most)
            {
                var started = clock.Elapsed;
                try
                {
                    await work(worker);
                    latency.Record(clock.Elapsed - started);
                    Interlocked.Increment(ref completed);
                }
                catch (Exception e)
                {
                    errors.AddOrUpdate(e is LoadException ? e.Message : e.GetType().Name, 1, (_, n) => n + 1);
                }
            }
        })));
        return new ClosedLoopResult(completed / clock.Elapsed.TotalSeconds, completed, latency, new SortedDictionary<string, int>(errors));
    }
}

/// <summary>What came of it.</summary>
/// <param name="PerSecond">Completed per second.</param>
/// <param name="Completed">Number without error.</param>
/// <param name="Latency">From start to end of each.</param>
/// <param name="Errors">Number by kind.</param>
internal sealed record ClosedLoopResult(double PerSecond, long Completed, Histogram Latency, IReadOnlyDictionary<string, int> Errors)
{
    public int ErrorCount => Errors.Values.Sum();
}
