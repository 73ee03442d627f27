namespace HaLong.Dossiers.Statistics.Index;

/// <summary>One indicator (chỉ số thành phần) of the index.</summary>
/// <param name="Code">E.g. 2.1.</param>
/// <param name="Group">The group that it counts in.</param>
/// <param name="NameVi">Its name.</param>
/// <param name="NameEn">Its name.</param>
/// <param name="MaxPoints">P: points at best.</param>
/// <param name="Threshold">T: the share from which it gets all points; null: only at 100 %.</param>
/// <param name="Numerator">What is counted.</param>
/// <param name="Denominator">Of how many.</param>
/// <param name="CountingRules">How the counts are taken.</param>
/// <param name="ThresholdSource">Where the threshold is from, if not from the decision.</param>
internal sealed record IndexComponent(
    string Code, string Group, string NameVi, string NameEn, decimal MaxPoints, decimal? Threshold, Formula Numerator, Formula Denominator, string? CountingRules,
    string? ThresholdSource);

/// <summary>One of the six groups.</summary>
internal sealed record IndexGroup(string Code, string NameVi, string NameEn, decimal MaxPoints);

/// <summary>The word for a total.</summary>
internal sealed record IndexRating(decimal From, string Word, string NameVi);

/// <summary>
/// The index that serves people and business (bộ chỉ số phục vụ người dân, doanh nghiệp) as it is defined from a day on: Decision 766/QĐ-TTg.
/// </summary>
internal sealed record IndexVersion(
    string Version, DateOnly ValidFrom, DateOnly? ValidTo, string LegalBasis, decimal TotalPoints, IReadOnlyDictionary<string, decimal> Defaults,
    IReadOnlyList<IndexGroup> Groups,
    IReadOnlyList<IndexComponent> Components, IReadOnlyList<IndexRating> Ratings)
{
    /// <summary>The counts, with what is taken where one is not known.</summary>
    public IReadOnlyDictionary<string, decimal> Complete(IReadOnlyDictionary<string, decimal> counts)
    {
        var all = new Dictionary<string, decimal>(Defaults, StringComparer.Ordinal);
        foreach (var (name, value) in counts)
            all[name] = value;
        return all;
    }

    /// <summary>Every count that some indicator needs.</summary>
    public IEnumerable<string> Inputs => Components.SelectMany(c => c.Numerator.Inputs.Concat(c.Denominator.Inputs)).Distinct(StringComparer.Ordinal);
}
