namespace HaLong.Dossiers.Statistics.Index.Counting;

/// <summary>
/// What one unit alone, or units together, contribute to the index: sums, and which procedures had dossiers of a kind, because a procedure counts once
/// however many units had it.
/// </summary>
internal sealed class IndexParts
{
    public Dictionary<string, long> Sums { get; } = new(StringComparer.Ordinal);

    /// <summary>Levels at which its dossiers were decided.</summary>
    public HashSet<string> Levels { get; } = new(StringComparer.Ordinal);

    public HashSet<string> WithOnlineDossier { get; } = new(StringComparer.Ordinal);
    public HashSet<string> WithPayment { get; } = new(StringComparer.Ordinal);
    public HashSet<string> WithPopulationData { get; } = new(StringComparer.Ordinal);

    public long this[string name] => Sums.GetValueOrDefault(name);

    /// <summary>Nothing was there to count.</summary>
    public bool IsEmpty => this[Seen] == 0 && this["feedback"] == 0 && this["answered"] == 0 && this["complaints"] == 0;

    /// <summary>Facts that count in some way; those of them that the ledger of the National Portal has; dossiers of the year before.</summary>
    public const string Seen = "seen", InLedger = "inLedger", YearBefore = "yearBefore";

    public void Add(string name, long value) => Sums[name] = this[name] + value;

    public void Add(IndexParts other)
    {
        foreach (var (name, value) in other.Sums)
            Add(name, value);
        Levels.UnionWith(other.Levels);
        WithOnlineDossier.UnionWith(other.WithOnlineDossier);
        WithPayment.UnionWith(other.WithPayment);
        WithPopulationData.UnionWith(other.WithPopulationData);
    }

    public static IndexParts Sum(IEnumerable<IndexParts> parts)
    {
        var all = new IndexParts();
        foreach (var part in parts)
            all.Add(part);
        return all;
    }
}
