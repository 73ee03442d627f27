namespace HaLong.Dossiers.Statistics.Index;

/// <summary>How an indicator came out.</summary>
/// <param name="Code">Which one.</param>
/// <param name="Applicable">False where there was nothing to count: shown as a dash, counts 0.</param>
/// <param name="Numerator">What was counted; can lie outside 0…denominator, the ratio cannot.</param>
/// <param name="Denominator">Of how many.</param>
/// <param name="RatioPercent">With two decimals; null where not applicable.</param>
/// <param name="Score">Points, with two decimals.</param>
/// <param name="MaxPoints">Points at best.</param>
internal sealed record ComponentScore(string Code, bool Applicable, decimal Numerator, decimal Denominator, decimal? RatioPercent, decimal Score, decimal MaxPoints);

/// <summary>The points of a group.</summary>
internal sealed record GroupScore(string Group, decimal Score, decimal Max, decimal ApplicableMax);

/// <summary>
/// The index of a unit in a period. Arithmetic is exact; only the score of an indicator is rounded, half away from zero, and sums are of
/// the rounded scores. Indicators whose counts are not known are left out.
/// </summary>
internal sealed record IndexScore(
    string Version, IReadOnlyList<ComponentScore> Components, IReadOnlyList<GroupScore> Groups, decimal Total, decimal ApplicableMax, decimal? TotalOfApplicablePercent,
    string Rating, IReadOnlyList<string> Unknown)
{
    public static IndexScore Of(IndexVersion version, IReadOnlyDictionary<string, decimal> counts)
    {
        var known = version.Complete(counts);
        var components = version.Components.Select(c => Score(c, known)).OfType<ComponentScore>().ToList();
        var of = version.Components.ToDictionary(c => c.Code, c => c.Group);
        var groups = version.Groups.Select(g => Group(g, [.. components.Where(c => of[c.Code] == g.Code)])).ToList();
        var (total, applicable) = (components.Sum(c => c.Score), components.Where(c => c.Applicable).Sum(c => c.MaxPoints));
        return new IndexScore(
            version.Version, components, groups, total, applicable, applicable == 0 ? null : Round(100 * total / applicable),
            version.Ratings.First(r => total >= r.From).Word, [.. version.Components.Select(c => c.Code).Except(components.Select(c => c.Code))]);
    }

    internal static decimal Round(decimal value) => Math.Round(value, 2, MidpointRounding.AwayFromZero);

    private static ComponentScore? Score(IndexComponent c, IReadOnlyDictionary<string, decimal> counts)
    {
        if (c.Numerator.Of(counts) is not { } numerator || c.Denominator.Of(counts) is not { } denominator)
            return null;
        if (denominator <= 0)
            return new ComponentScore(c.Code, false, numerator, denominator, null, 0, c.MaxPoints);

        var counted = Math.Clamp(numerator, 0, denominator);
        // Multiplied before it is divided: thirds would lose their last digit else.
        var enough = denominator * (c.Threshold ?? 1);
        var score = counted >= enough ? c.MaxPoints : Round(c.MaxPoints * counted / enough);
        return new ComponentScore(c.Code, true, numerator, denominator, Round(100 * counted / denominator), score, c.MaxPoints);
    }

    private static GroupScore Group(IndexGroup group, List<ComponentScore> components) =>
        new(group.Code, components.Sum(c => c.Score), group.MaxPoints, components.Where(c => c.Applicable).Sum(c => c.MaxPoints));
}
