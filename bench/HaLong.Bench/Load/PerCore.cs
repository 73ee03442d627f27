namespace HaLong.Bench.Load;

/// <summary>Measures pure computation on one core: work done per second of CPU time, so that neighbours on the machine do not count.</summary>
internal static class PerCore
{
    private static long _sink;

    /// <param name="duration">How long; a quarter of it is spent before, for the compiler.</param>
    /// <param name="each">How many pieces of work a round is.</param>
    /// <param name="round">Does them and gives a sum, so that nothing can be left out.</param>
    public static double Rate(TimeSpan duration, int each, Func<long> round)
    {
        Run(duration / 4, round);
        var (rounds, seconds) = Run(duration, round);
        return rounds * each / seconds;
    }

    /// <summary>Bytes that a round allocates.</summary>
    /// <param name="each">How many pieces of work a round is.</param>
    /// <param name="round">Does them.</param>
    /// <param name="attempts">How often it is tried to allocate nothing: on a busy machine the compiler comes late to the code that does not.</param>
    public static double Allocated(int each, Func<long> round, int attempts = 1)
    {
        var least = long.MaxValue;
        for (var attempt = 0; attempt < attempts && least > 0; attempt++)
        {
            if (attempt > 0)
                Run(TimeSpan.FromMilliseconds(50), round);
            _sink += round();
            var before = GC.GetAllocatedBytesForCurrentThread();
            _sink += round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least / (double)each;
    }

    private static (long Rounds, double Seconds) Run(TimeSpan duration, Func<long> round)
    {
        var (rounds, start) = (0L, Environment.CpuUsage.TotalTime);
        TimeSpan used;
        do
        {
            for (var i = 0; i < 16; i++)
            {
                _sink += round();
            }

            rounds += 16;
            used = Environment.CpuUsage.TotalTime - start;
        }
        while (used < duration);
        return (rounds, used.TotalSeconds);
    }
}
