using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Index;

/// <summary>How the index that serves people and business is computed: every indicator with its formula, as it is in force on a day.</summary>
internal static class GetIndexDefinitions
{
    internal sealed record ComponentView(
        string Code, string Group, string NameVi, string NameEn, decimal MaxPoints, decimal? Threshold, string Numerator, string Denominator, string? CountingRules,
        string? ThresholdSource);

    internal sealed record DefinitionView(
        string Version, DateOnly ValidFrom, DateOnly? ValidTo, string LegalBasis, decimal TotalPoints, IReadOnlyDictionary<string, decimal> Defaults,
        IReadOnlyList<IndexGroup> Groups,
        IReadOnlyList<ComponentView> Components, IReadOnlyList<IndexRating> Ratings);

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/api/v1/statistics/index/definitions", Handle)
        .AllowAnonymous()
        .WithTags("Statistics")
        .WithSummary("The indicators of the index (Decision 766/QĐ-TTg) with points, thresholds and formulas, in force on a day (default: today)")
        .Answers<DefinitionView>(200, 404);

    private static IResult Handle(DateOnly? on, IndexBook book, TimeProvider time) =>
        book.On(on ?? LocalTime.Date(time.GetUtcNow())) is { } version ? TypedResults.Ok(View(version)) : StatisticsErrors.NoIndexThatDay.ToProblem();

    private static DefinitionView View(IndexVersion v) => new(
        v.Version, v.ValidFrom, v.ValidTo, v.LegalBasis, v.TotalPoints, v.Defaults, v.Groups,
        [.. v.Components.Select(c => new ComponentView(
            c.Code, c.Group, c.NameVi, c.NameEn, c.MaxPoints, c.Threshold, c.Numerator.Text, c.Denominator.Text, c.CountingRules, c.ThresholdSource))],
        v.Ratings);
}
