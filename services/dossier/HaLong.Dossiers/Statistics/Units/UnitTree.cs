using HaLong.Dossiers.Statistics.Index.Counting;

namespace HaLong.Dossiers.Statistics.Units;

/// <summary>Who is below whom, in memory, over all versions of units: the same as <see cref="UnitBook.BelowAsync"/>, for whoever needs it for many
/// units.</summary>
internal sealed class UnitTree(IReadOnlyCollection<StatisticsUnit> units)
{
    private readonly ILookup<string, string> children = units.Where(u => u.ParentCode.Length > 0)
        .ToLookup(u => u.ParentCode, u => u.Code, StringComparer.Ordinal);
    private readonly ILookup<string, string> levels = units.ToLookup(u => u.Code, u => u.Level, StringComparer.Ordinal);

    public IEnumerable<string> Codes => units.Select(u => u.Code).Distinct(StringComparer.Ordinal);

    /// <summary>The unit and all below it.</summary>
    public IReadOnlySet<string> Below(string code)
    {
        var below = new HashSet<string>(StringComparer.Ordinal) { code };
        var open = new Stack<string>(below);
        while (open.TryPop(out var next))
        {
            foreach (var child in children[next].Where(below.Add))
                open.Push(child);
        }

        return below;
    }

    /// <summary>Their levels, and those of what they decided.</summary>
    public IReadOnlySet<string> LevelsOf(IEnumerable<string> codes, IndexParts parts) =>
        codes.SelectMany(c => levels[c]).Concat(parts.Levels).ToHashSet(StringComparer.Ordinal);
}
