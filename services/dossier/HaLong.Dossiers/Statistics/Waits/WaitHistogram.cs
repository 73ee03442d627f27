namespace HaLong.Dossiers.Statistics.Waits;

/// <summary>How many stays of each length, see <see cref="WaitBuckets"/>: they can be added up, percentiles cannot.</summary>
internal sealed class WaitHistogram
{
    private readonly long[] stays = new long[WaitBuckets.Count];
    private long count;

    public void Add(int bucket, long more)
    {
        stays[bucket] += more;
        count += more;
    }

    public WaitRow Row(short kind) => new(kind, count, At(0.5), At(0.9));

    // The first of which all up to it are at least that share.
    private int At(double share)
    {
        var (bucket, passed) = (0, stays[0]);
        while (passed < share * count)
            passed += stays[++bucket];
        return WaitBuckets.Upper(bucket);
    }
}
