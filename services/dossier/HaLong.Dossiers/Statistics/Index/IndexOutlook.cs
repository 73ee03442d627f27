namespace HaLong.Dossiers.Statistics.Index;

/// <summary>What more of one indicator would bring.</summary>
/// <param name="Code">Which one.</param>
/// <param name="Lost">Points that are missing.</param>
/// <param name="UnitsMissing">How many more of what is counted bring all of them: dossiers, procedures or answers.</param>
/// <param name="PointsPerUnit">What each brings, unrounded beyond four decimals.</param>
internal sealed record Chance(string Code, decimal Lost, decimal UnitsMissing, decimal PointsPerUnit);

/// <summary>“What would raise the score most”: the indicators that lost points, the most first; at the same loss the cheapest first.</summary>
internal static class IndexOutlook
{
    public static IReadOnlyList<Chance> Of(IndexVersion version, IndexScore score)
    {
        var thresholds = version.Components.ToDictionary(c => c.Code, c => c.Threshold ?? 1);
        return [.. score.Components.Where(c => c.Applicable && c.Score < c.MaxPoints)
            .Select(c => Of(c, thresholds[c.Code]))
            .OrderByDescending(c => c.Lost).ThenBy(c => c.UnitsMissing).ThenBy(c => c.Code, StringComparer.Ordinal)];
    }

    private static Chance Of(ComponentScore c, decimal threshold)
    {
        var enough = c.Denominator * threshold;
        return new Chance(
            c.Code, c.MaxPoints - c.Score, Math.Ceiling(enough - Math.Min(c.Numerator, enough)), Math.Round(c.MaxPoints / enough, 4, MidpointRounding.AwayFromZero));
    }
}
