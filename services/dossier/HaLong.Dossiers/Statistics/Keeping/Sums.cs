namespace HaLong.Dossiers.Statistics.Keeping;

/// <summary>Sums by cell: what is to be added to a table.</summary>
internal sealed class Sums<TKey>(int width)
    where TKey : struct
{
    private readonly Dictionary<TKey, long[]> cells = [];

    public int Count => cells.Count;

    /// <summary>Cells in which something is left.</summary>
    public IEnumerable<KeyValuePair<TKey, long[]>> Changed => cells.Where(c => c.Value.AsSpan().ContainsAnyExcept(0));

    public long[] Of(TKey key)
    {
        if (!cells.TryGetValue(key, out var values))
            cells.Add(key, values = new long[width]);
        return values;
    }

    public void Clear() => cells.Clear();
}
