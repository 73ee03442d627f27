namespace HaLong.Dossiers.Statistics.Waits;

/// <summary>
/// Lengths of stays in buckets of which none is wider than 3 % of its least value; below 67 minutes each minute has its own. What is told of a bucket
/// is its upper end, so that "no more than" is always true and at most 3 % too much.
/// </summary>
internal static class WaitBuckets
{
    private const double Width = 0.03;

    private static readonly int[] Starts = [.. Make()];

    /// <summary>How many there are.</summary>
    public static int Count => Starts.Length;

    /// <summary>Which bucket; what is less than nothing counts as nothing.</summary>
    public static int Of(int minutes)
    {
        var found = Array.BinarySearch(Starts, Math.Max(0, minutes));
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>The most minutes in it.</summary>
    public static int Upper(int bucket) => bucket + 1 < Starts.Length ? Starts[bucket + 1] - 1 : int.MaxValue;

    private static IEnumerable<int> Make()
    {
        for (long start = 0; start <= int.MaxValue; start += Math.Max(1, (long)(start * Width)))
            yield return (int)start;
    }
}
