using HaLong.Dossiers.Statistics.Index.Closing;

namespace HaLong.Dossiers.Statistics.Index.Views;

/// <summary>One indicator of a score.</summary>
/// <param name="Threshold">The share from which it gets all points; null: only at 100 %.</param>
/// <param name="Applicable">False where there was nothing to count: a dash.</param>
internal sealed record ComponentView(
    string Code, string Group, string NameVi, string NameEn, bool Applicable, decimal Numerator, decimal Denominator, decimal? RatioPercent, decimal Score,
        decimal MaxPoints,
    decimal? Threshold)
{
    public static IReadOnlyList<ComponentView> Of(IndexVersion version, IndexScore score)
    {
        var definitions = version.Components.ToDictionary(c => c.Code, StringComparer.Ordinal);
        return [.. score.Components.Select(c =>
        {
            var d = definitions[c.Code];
            return new ComponentView(
                c.Code, d.Group, d.NameVi, d.NameEn, c.Applicable, c.Numerator, c.Denominator, c.RatioPercent, c.Score, c.MaxPoints, d.Threshold);
        })];
    }
}

/// <summary>One group of a score.</summary>
internal sealed record GroupView(string Code, string NameVi, string NameEn, decimal Score, decimal Max, decimal ApplicableMax)
{
    public static IReadOnlyList<GroupView> Of(IndexVersion version, IndexScore score) => [.. score.Groups.Select(g =>
    {
        var group = version.Groups.First(d => d.Code == g.Group);
        return new GroupView(g.Group, group.NameVi, group.NameEn, g.Score, g.Max, g.ApplicableMax);
    })];
}

/// <summary>The closing that an answer is from.</summary>
/// <param name="By">rule or administrator.</param>
internal sealed record ClosingView(int Revision, DateTimeOffset ClosedAt, string By, string? Reason)
{
    public static ClosingView Of(IndexMonth m) => new(m.Revision, m.ClosedAt, m.ClosedBy is null ? "rule" : "administrator", m.Reason);
}

/// <summary>An indicator that would come out differently today: what was corrected or entered after the month was closed.</summary>
/// <param name="Closed">As it was closed; null when it was not known then.</param>
/// <param name="Now">As it is counted now; null when it is not known now.</param>
internal sealed record Difference(string Code, ComponentScore? Closed, ComponentScore? Now);

/// <summary>A closed month counted again.</summary>
internal sealed record RecountView(decimal Total, decimal Change, IReadOnlyList<Difference> Differences)
{
    public static RecountView Of(IndexScore closed, IndexScore now)
    {
        var (then, today) = (closed.Components.ToDictionary(c => c.Code), now.Components.ToDictionary(c => c.Code));
        var different = then.Keys.Union(today.Keys).Order(StringComparer.Ordinal)
            .Select(code => new Difference(code, then.GetValueOrDefault(code), today.GetValueOrDefault(code))).Where(d => d.Closed != d.Now);
        return new RecountView(now.Total, now.Total - closed.Total, [.. different]);
    }
}
