using Npgsql;

namespace HaLong.Dossiers.Statistics.Cubes;

/// <summary>Reads figures from the cubes.</summary>
internal sealed class CubeReader(NpgsqlDataSource database)
{
    /// <summary>One row for each group that has anything to tell, in the order of the keys; one in all without groups.</summary>
    public async Task<IReadOnlyList<CubeRow>> ReadAsync(Slice slice, CancellationToken ct)
    {
        var period = new CubePeriod(slice.From, slice.To);
        var groups = await ReadAsync(slice, period, ct);
        if (slice.By.Count == 0 && groups.Count == 0)
            groups.Add([], new Group());
        var rows = slice.By.Contains(Dimension.Month)
            ? groups.SelectMany(g => ByMonth(slice, period, g.Key, g.Value))
            : groups.Where(g => slice.By.Count == 0 || g.Value.Known > 0).Select(g => new CubeRow(g.Key, new Figures(g.Value.Before)));
        return [.. rows.Order(ByKeys)];
    }

    private async Task<Dictionary<string[], Group>> ReadAsync(Slice slice, CubePeriod period, CancellationToken ct)
    {
        var (keys, byMonth) = (slice.By.Count(d => d != Dimension.Month), slice.By.Contains(Dimension.Month));
        var needed = slice.By.Concat(slice.Limits()).ToHashSet();
        await using var command = database.CreateCommand(CubeSql.Of(slice, period, CubeGrain.For(needed)));
        var earlier = period.Month.AddMonths(-1);
        foreach (var (name, day) in new[]
        {
            ("from", slice.From), ("to", slice.To), ("before", period.Before), ("whole", period.Whole), ("last", period.LastMonth), ("earlier", earlier),
        })
            command.Parameters.AddWithValue(name, day);
        foreach (var (column, value) in CubeSql.Limits(slice))
            command.Parameters.AddWithValue(column, value);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var groups = new Dictionary<string[], Group>(KeyComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            var key = Enumerable.Range(0, keys).Select(reader.GetString).ToArray();
            if (!groups.TryGetValue(key, out var group))
                groups.Add(key, group = new Group());
            var (slot, known) = (reader.GetFieldValue<DateOnly>(keys), reader.IsDBNull(keys + 1) ? 0 : reader.GetInt64(keys + 1));
            group.Add(byMonth && slot > earlier ? slot : null, known, [.. Figures.Measures.Select((_, i) => reader.GetInt64(keys + 2 + i))]);
        }

        return groups;
    }

    // Flows are those of the month; stocks go on from month to month.
    private static IEnumerable<CubeRow> ByMonth(Slice slice, CubePeriod period, string[] key, Group group)
    {
        var (stand, known) = ((long[])[.. group.Before], group.Known);
        foreach (var month in period.Months)
        {
            var (values, received) = group.Months.GetValueOrDefault(month, (Nothing, 0));
            known += received;
            for (var i = 0; i < stand.Length; i++)
                stand[i] = i < (int)Measure.StockNew ? values[i] : stand[i] + values[i];
            if (known == 0)
                continue;
            var rest = new Queue<string>(key);
            var keys = slice.By.Select(d => d == Dimension.Month ? $"{month:yyyy-MM}" : rest.Dequeue()).ToList();
            yield return new CubeRow(keys, new Figures([.. stand]));
        }
    }

    private static readonly long[] Nothing = new long[Figures.Measures.Count];

    private static readonly Comparer<CubeRow> ByKeys = Comparer<CubeRow>.Create(
        (a, b) => a.Keys.Zip(b.Keys, string.CompareOrdinal).FirstOrDefault(c => c != 0));

    /// <summary>The changes of one group.</summary>
    private sealed class Group
    {
        /// <summary>Dossiers received so far: a group of which there are none has nothing to tell.</summary>
        public long Known { get; private set; }

        public long[] Before { get; } = new long[Figures.Measures.Count];
        public Dictionary<DateOnly, (long[] Values, long Known)> Months { get; } = [];

        public void Add(DateOnly? month, long known, long[] values)
        {
            var (sums, before) = month is { } m ? Months.GetValueOrDefault(m, (new long[values.Length], 0)) : (Before, Known);
            for (var i = 0; i < values.Length; i++)
                sums[i] += values[i];
            if (month is { } slot)
                Months[slot] = (sums, before + known);
            else
                Known += known;
        }
    }

    private sealed class KeyComparer : IEqualityComparer<string[]>
    {
        public static readonly KeyComparer Ordinal = new();

        public bool Equals(string[]? x, string[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(string[] keys)
        {
            var hash = new HashCode();
            foreach (var key in keys)
                hash.Add(key, StringComparer.Ordinal);
            return hash.ToHashCode();
        }
    }
}
