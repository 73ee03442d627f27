using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Index.Views;

/// <summary>The index of a unit in a period, from its dossiers.</summary>
internal static class GetIndex
{
    /// <param name="Unit">With all below it; empty: all units together.</param>
    /// <param name="To">Last day that is counted: today while it is live.</param>
    /// <param name="Live">The period is not over.</param>
    /// <param name="Closed">The figures are those of the closed month.</param>
    /// <param name="Unknown">Indicators whose counts nobody keeps, or not yet: they count nothing.</param>
    /// <param name="Chances">What would raise it most, first.</param>
    /// <param name="Counts">What the formulas were given.</param>
    /// <param name="Recount">Of a closed month: what it would be today.</param>
    internal sealed record View(
        string Unit, string Period, DateOnly From, DateOnly To, bool Live, bool Closed, ClosingView? Closing, string Version, string LegalBasis, decimal Total,
        decimal ApplicableMax, decimal? TotalOfApplicablePercent, string Rating, string RatingVi, IReadOnlyList<GroupView> Groups,
            IReadOnlyList<ComponentView> Components,
        IReadOnlyList<string> Unknown, IReadOnlyList<Chance> Chances, IReadOnlyDictionary<string, decimal> Counts, RecountView? Recount);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/", HandleAsync)
        .RequireAuthorization(Policies.Staff)
        .WithSummary("The index 766 of a unit with all below it in a month, quarter or year")
        .WithDescription(
            "Leaders, chiefs and approvers see their own unit and those below; auditors and administrators all. "
            + "Without a unit: all that the caller sees; without a period: "
            + "the present month. A month that was closed answers as it was closed, "
            + "with what it would be today; everything else is counted when it is asked for.")
        .Answers<View>(200, 400, 403, 404);

    private static async Task<IResult> HandleAsync(string? unit, string? period, IndexDesk desk, IndexBook book, CancellationToken ct)
    {
        var asked = await desk.AskAsync(unit, period, ct);
        if (!asked.IsSuccess)
            return asked.Error.ToProblem();
        var question = asked.Value;
        var counts = await desk.CountAsync(question, ct);
        var score = IndexScore.Of(question.Version, counts);
        if (await desk.ClosedAsync(question, ct) is not { } closed)
            return TypedResults.Ok(Of(question, question.Version, score, counts, null, null));
        // The definitions of then, also when others have been found since.
        var then = closed.ReadScore();
        return TypedResults.Ok(Of(question, book.Named(closed.Definition) ?? question.Version, then, closed.ReadCounts(), ClosingView.Of(closed),
            RecountView.Of(then, score)));
    }

    private static View Of(
        IndexQuestion q, IndexVersion version, IndexScore score, IReadOnlyDictionary<string, decimal> counts, ClosingView? closing, RecountView? recount) =>
            new(
        q.Unit, q.Period.Name, q.Period.From, q.Period.To, q.Period.IsLive, closing is not null, closing, version.Version, version.LegalBasis, score.Total,
        score.ApplicableMax, score.TotalOfApplicablePercent, score.Rating, version.Ratings.First(r => r.Word == score.Rating).NameVi,
        GroupView.Of(version, score), ComponentView.Of(version, score), score.Unknown, IndexOutlook.Of(version, score), counts, recount);
}
