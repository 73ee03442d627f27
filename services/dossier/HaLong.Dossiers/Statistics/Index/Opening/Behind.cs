namespace HaLong.Dossiers.Statistics.Index.Opening;

/// <summary>Which part of an indicator is opened.</summary>
internal enum Part
{
    Numerator,
    Denominator,

    /// <summary>What counts in the denominator and not in the numerator.</summary>
    Missing,
}

/// <summary>One thing behind a figure.</summary>
/// <param name="Kind">dossier, procedure, feedback or rating.</param>
/// <param name="Id">Of the dossier or feedback; the code of a procedure.</param>
/// <param name="Code">Code of the dossier; null when it was destroyed after its time.</param>
/// <param name="On">Received; of a rating: given.</param>
/// <param name="EndedOn">When the clock ended, by the rules of indicator 2.1; of feedback: answered.</param>
/// <param name="Due">By the statistical clock.</param>
/// <param name="Days">Working days from acceptance to the end of the clock, or of the period.</param>
/// <param name="Counts">It counts in the numerator.</param>
/// <param name="Why">Why it counts or not.</param>
internal sealed record BehindItem(
    string Kind, string Id, string? Code, string? Procedure, string? Name, string? Unit, DateOnly? On, DateOnly? EndedOn, DateOnly? Due, int? Days,
        bool Counts, string Why);

/// <summary>What is behind a part of an indicator.</summary>
/// <param name="Total">All of it; the same as the figure.</param>
/// <param name="After">Cursor of the next page; null on the last one.</param>
internal sealed record BehindView(string Component, string Part, long Total, IReadOnlyList<BehindItem> Items, string? After);

/// <summary>Where a page begins: behind this one, in the order of kind, day and id.</summary>
internal sealed record BehindKey(string Kind, DateOnly Day, Guid Id)
{
    public static readonly BehindKey Start = new("", DateOnly.MinValue, Guid.Empty);
}

/// <summary>The condition of a part, as SQL.</summary>
internal static class PartSql
{
    public static string Of((string All, string Good) sets, Part part) => part switch
    {
        Part.Denominator => $"({sets.All})",
        Part.Numerator => $"({sets.All}) AND ({sets.Good}) IS TRUE",
        _ => $"({sets.All}) AND ({sets.Good}) IS NOT TRUE",
    };
}
