using HaLong.Dossiers.Features;
using HaLong.Dossiers.Statistics.Index.Counting;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Index.Views;

/// <summary>The index of a unit through the last months: closed ones as they were closed, the others as they are counted now.</summary>
internal static class IndexHistory
{
    private const int Months = 12, MostMonths = 36;

    internal sealed record Row(
        string Month, bool Live, bool Closed, string Version, decimal Total, decimal ApplicableMax, decimal? TotalOfApplicablePercent, string Rating,
        IReadOnlyList<GroupScore> Groups, IReadOnlyList<string> Unknown);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/history", HandleAsync)
        .RequireAuthorization(Policies.Staff)
        .WithSummary("The index of a unit in each of the last months, the oldest first, the present one last")
        .WithDescription("`months`: 1 to 36, 12 without it. Months before there were definitions are left out. Rights as for the index itself.")
        .Answers<IReadOnlyList<Row>>(200, 400, 403);

    private static async Task<IResult> HandleAsync(string? unit, int? months, IndexDesk desk, IndexBook book, CancellationToken ct)
    {
        if (months is < 1 or > MostMonths)
            return IndexErrors.BadMonths.WithField("months", "Từ 1 đến 36.", "1 to 36.").ToProblem();
        var asked = await desk.AskAsync(unit, null, ct);
        if (!asked.IsSuccess)
            return asked.Error.ToProblem();
        var first = desk.Today.AddDays(1 - desk.Today.Day).AddMonths(1 - (months ?? Months));
        var periods = Enumerable.Range(0, months ?? Months).Select(m => IndexPeriod.MonthOf(first.AddMonths(m), desk.Today))
            .Where(p => book.On(p.To) is not null).ToList();
        var closings = await desk.ClosedAsync(asked.Value, periods, ct);
        var counts = await desk.CountAsync(asked.Value, [.. periods.Where(p => !closings.ContainsKey(p.Name))], ct);
        return TypedResults.Ok<IReadOnlyList<Row>>([.. periods.Select(p => closings.TryGetValue(p.Name, out var closed)
            ? Of(p, true, closed.ReadScore())
            : Of(p, false, IndexScore.Of(book.On(p.To)!, counts[p.Name])))]); // looked at above
    }

    private static Row Of(IndexPeriod period, bool closed, IndexScore score) => new(
        period.Name, period.IsLive, closed, score.Version, score.Total, score.ApplicableMax, score.TotalOfApplicablePercent, score.Rating, score.Groups,
        score.Unknown);
}
