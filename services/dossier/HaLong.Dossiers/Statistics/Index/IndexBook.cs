using System.Text.Json;
using HaLong.Dossiers.Catalogue;

namespace HaLong.Dossiers.Statistics.Index;

/// <summary>All versions of the index; which one counts depends on the day.</summary>
internal sealed class IndexBook(IEnumerable<IndexVersion> versions)
{
    private readonly IndexVersion[] versions = [.. versions.OrderBy(v => v.ValidFrom)];

    public IReadOnlyList<IndexVersion> All => versions;

    /// <summary>The version in force on a local day; null before the first.</summary>
    public IndexVersion? On(DateOnly day) => versions.LastOrDefault(v => v.ValidFrom <= day && !(v.ValidTo < day));

    public IndexVersion? Named(string version) => versions.FirstOrDefault(v => v.Version == version);

    /// <summary>The definitions that the service carries, checked: sums must be what the decision says.</summary>
    /// <exception cref="InvalidOperationException">A definition contradicts itself.</exception>
    public static IndexBook Load() => new(DataFiles.ReadArray("index766.json", "versions").Select(v => Read(v.Deserialize<VersionItem>(DataFiles.Json)!)));

    internal static IndexVersion Read(VersionItem item)
    {
        var version = new IndexVersion(
            item.Version, item.ValidFrom, item.ValidTo, item.LegalBasis, item.TotalPoints, item.Defaults, item.Groups,
            [.. item.Components.Select(c => new IndexComponent(
                c.Code, c.Group, c.NameVi, c.NameEn, c.MaxPoints, c.Threshold, Formula.Parse(c.Numerator), Formula.Parse(c.Denominator), c.CountingRules, c.ThresholdSource))],
            [.. item.Ratings.OrderByDescending(r => r.From)]);
        if (version.Groups.Sum(g => g.MaxPoints) != version.TotalPoints)
            throw new InvalidOperationException($"Index {version.Version}: the groups do not add up to {version.TotalPoints} points.");
        foreach (var group in version.Groups)
        {
            if (version.Components.Where(c => c.Group == group.Code).Sum(c => c.MaxPoints) != group.MaxPoints)
                throw new InvalidOperationException($"Index {version.Version}: the indicators of {group.Code} do not add up to {group.MaxPoints} points.");
        }

        if (version.Components.FirstOrDefault(c => version.Groups.All(g => g.Code != c.Group) || c.Threshold is <= 0 or > 1) is { } wrong)
            throw new InvalidOperationException($"Index {version.Version}: indicator {wrong.Code} has no group or an impossible threshold.");
        return version;
    }

    internal sealed record VersionItem(
        string Version, DateOnly ValidFrom, DateOnly? ValidTo, string LegalBasis, decimal TotalPoints, Dictionary<string, decimal> Defaults,
        IndexGroup[] Groups, ComponentItem[] Components, IndexRating[] Ratings);

    internal sealed record ComponentItem(
        string Code, string Group, string NameVi, string NameEn, decimal MaxPoints, decimal? Threshold, string Numerator, string Denominator, string? CountingRules,
        string? ThresholdSource);
}
