using System.Numerics;

namespace HaLong.Bench.Load;

/// <summary>
/// Latencies in buckets that grow with the value (at most 0.1 % wide), so that the 99.9th percentile of a million costs no more memory than
/// that of a hundred. Any number of threads may record.
/// </summary>
internal sealed class Histogram
{
    private const int SubBits = 11, SubCount = 1 << SubBits, Half = SubCount / 2;
    private readonly long[] _counts = new long[IndexOf(long.MaxValue) + 1];
    private long _count, _sum, _max;

    public long Count => Interlocked.Read(ref _count);

    public double MaxMilliseconds => Interlocked.Read(ref _max) / 1000.0;

    public double MeanMilliseconds => Count == 0 ? 0 : Interlocked.Read(ref _sum) / 1000.0 / Count;

    public void Record(TimeSpan latency)
    {
        var value = Math.Max(0, (long)latency.TotalMicroseconds);
        Interlocked.Increment(ref _counts[IndexOf(value)]);
        Interlocked.Increment(ref _count);
        Interlocked.Add(ref _sum, value);
        for (var seen = Interlocked.Read(ref _max); value > seen;)
        {
            var before = Interlocked.CompareExchange(ref _max, value, seen);
            if (before == seen)
            {
                break;
            }

            seen = before;
        }
    }

    /// <summary>The value that this share of all (0 to 1) does not exceed; 0 when nothing was recorded.</summary>
    public double Milliseconds(double share)
    {
        var target = Math.Max(1, (long)Math.Ceiling(share * Count));
        long passed = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            passed += Interlocked.Read(ref _counts[i]);
            if (passed >= target)
            {
                return Math.Min(UpperOf(i), Interlocked.Read(ref _max)) / 1000.0;
            }
        }

        return 0;
    }

    // The first SubCount values have a bucket each; beyond, each doubling has SubCount / 2 buckets.
    private static int IndexOf(long value)
    {
        if (value < SubCount)
        {
            return (int)value;
        }

        var shift = 64 - BitOperations.LeadingZeroCount((ulong)value) - SubBits;
        return SubCount + ((shift - 1) * Half) + (int)((value >> shift) - Half);
    }

    private static long UpperOf(int index)
    {
        if (index < SubCount)
        {
            return index;
        }

        var shift = ((index - SubCount) / Half) + 1;
        var sub = ((index - SubCount) % Half) + Half;
        return ((sub + 1L) << shift) - 1;
    }
}
