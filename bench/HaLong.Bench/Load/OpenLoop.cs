using System.Collections.Concurrent;
using System.Diagnostics;

namespace HaLong.Bench.Load;

/// <summary>
/// Starts work at fixed moments whatever became of the work before, as the world does. Latency counts from the intended moment, so a stall
/// costs everybody who would have come during it (no coordinated omission).
/// </summary>
internal sealed class OpenLoop(double rate, TimeSpan duration, int maxInFlight = 4096)
{
    private readonly ConcurrentDictionary<string, int> _errors = new();
    private readonly Stopwatch _clock = new();
    private int _inFlight, _completed;

    /// <summary>Runs the work and waits for its end.</summary>
    /// <param name="work">Gets how late it was started; throws when it fails.</param>
    public async Task<OpenLoopResult> RunAsync(Func<TimeSpan, Task> work)
    {
        var whole = new Histogram();
        var total = (int)Math.Floor(rate * duration.TotalSeconds);
        var running = new List<Task>(total);
        var saturated = false;
        _clock.Start();
        for (var i = 0; i < total; i++)
        {
            var intended = TimeSpan.FromSeconds(i / rate);
            await UntilAsync(intended);
            if (Volatile.Read(ref _inFlight) >= maxInFlight)
            {
                // More of the same tells nothing new, and the backlog would only take longer to go.
                saturated = true;
                break;
            }

            Interlocked.Increment(ref _inFlight);
            running.Add(Task.Run(() => OneAsync(work, intended, whole)));
        }

        var offered = _clock.Elapsed;
        await Task.WhenAll(running);
        var rateAchieved = _completed / Math.Max(_clock.Elapsed.TotalSeconds, duration.TotalSeconds);
        return new OpenLoopResult(rate, rateAchieved, running.Count, _completed, whole, new SortedDictionary<string, int>(_errors), saturated, _clock.Elapsed - offered);
    }

    private async Task OneAsync(Func<TimeSpan, Task> work, TimeSpan intended, Histogram whole)
    {
        try
        {
            await work(_clock.Elapsed - intended);
            whole.Record(_clock.Elapsed - intended);
            Interlocked.Increment(ref _completed);
        }
        catch (Exception e)
        {
            _errors.AddOrUpdate(Name(e), 1, (_, n) => n + 1);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private static string Name(Exception e) => e is LoadException ? e.Message : e.GetType().Name;

    // Timers are about a millisecond coarse: sleep through the most of it, give the rest away in turns.
    private async Task UntilAsync(TimeSpan moment)
    {
        var left = moment - _clock.Elapsed;
        if (left > TimeSpan.FromMilliseconds(2))
        {
            await Task.Delay(left - TimeSpan.FromMilliseconds(1));
        }

        while (_clock.Elapsed < moment)
        {
            await Task.Yield();
        }
    }
}

/// <summary>What one run at one rate gave.</summary>
/// <param name="Rate">Offered per second.</param>
/// <param name="Achieved">Completed per second.</param>
/// <param name="Started">Number started.</param>
/// <param name="Completed">Number without error.</param>
/// <param name="Whole">From the intended start to the end.</param>
/// <param name="Errors">Number by kind.</param>
/// <param name="Saturated">True when it was ended because too much was under way.</param>
/// <param name="Tail">Time from the last start to the last end.</param>
internal sealed record OpenLoopResult(
    double Rate, double Achieved, int Started, int Completed, Histogram Whole, IReadOnlyDictionary<string, int> Errors, bool Saturated, TimeSpan Tail)
{
    public int ErrorCount => Errors.Values.Sum();
}

/// <summary>A failure of the work, counted under its message.</summary>
internal sealed class LoadException(string kind) : Exception(kind);
