namespace HaLong.Dossiers.Statistics.Reports.Open;

/// <summary>The counts of one month with what is hidden. Its levels and fields are those that had anything that month, so it comes out the same however it
/// is asked for.</summary>
internal sealed class PublicMonth
{
    /// <summary>Stands for all levels or all fields.</summary>
    public const string All = "";

    private static readonly SmallCells Rule = new(PublicColumns.All.Count, PublicColumns.Sums);

    private readonly long[,,] counts;
    private readonly bool[,,] hidden;

    public PublicMonth(IReadOnlyCollection<(string Level, string Field, long[] Counts)> cells)
    {
        var told = cells.Where(c => c.Counts.Any(n => n != 0)).ToList();
        Levels = [.. told.Select(c => c.Level).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), All];
        Fields = [.. told.Select(c => c.Field).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), All];
        counts = new long[Levels.Count, Fields.Count, PublicColumns.All.Count];
        foreach (var (level, field, values) in told)
        {
            foreach (var l in new[] { Levels.IndexOf(level), Levels.Count - 1 })
            {
                foreach (var f in new[] { Fields.IndexOf(field), Fields.Count - 1 })
                {
                    for (var column = 0; column < values.Length; column++)
                        counts[l, f, column] += values[column];
                }
            }
        }

        hidden = Rule.Hidden(counts);
    }

    public List<string> Levels { get; }
    public List<string> Fields { get; }

    /// <summary>The count; null where it is hidden.</summary>
    public long? this[string level, string field, PublicColumn column]
    {
        get
        {
            var (l, f) = (Levels.IndexOf(level), Fields.IndexOf(field));
            return l < 0 || f < 0 ? 0 : hidden[l, f, (int)column] ? null : counts[l, f, (int)column];
        }
    }
}
