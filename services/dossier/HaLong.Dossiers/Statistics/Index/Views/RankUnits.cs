using System.Globalization;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Index.Closing;
using HaLong.Dossiers.Statistics.Index.Counting;
using HaLong.Dossiers.Statistics.Units;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Statistics.Index.Views;

/// <summary>Units by their index, the best first. Those that had nothing to count in the period are not ranked.</summary>
internal sealed class RankUnits(DossierDbContext db, IndexDesk desk, IndexSource source, ProcedureFiguresReader procedures)
{
    /// <param name="Rank">The same for units with the same total; the next one is left out then.</param>
    /// <param name="Closed">As the month was closed.</param>
    internal sealed record Row(
        int Rank, string Unit, string NameVi, string NameEn, string Level, decimal Total, decimal ApplicableMax, decimal? TotalOfApplicablePercent,
            string Rating,
        int Unknown, bool Closed);

    private sealed record Scored(string Unit, IndexScore Score, bool Closed);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/ranking", (string? period, string? under, string? after, int? limit, RankUnits handler, CancellationToken ct) =>
            handler.HandleAsync(period, under, after, limit, ct))
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Units below a unit by their index in a period, each with all below it")
        .WithDescription("Without `under`: all that the caller sees. Rights as for the index itself. A closed month answers as it was closed.")
        .Answers<Page<Row>>(200, 400, 403, 404);

    private async Task<IResult> HandleAsync(string? period, string? under, string? after, int? limit, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 2));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        var asked = await desk.AskAsync(under, period, ct);
        if (!asked.IsSuccess)
            return asked.Error.ToProblem();
        var units = await db.Set<StatisticsUnit>().AsNoTracking().ToListAsync(ct);
        var names = units.GroupBy(u => u.Code, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.MaxBy(u => u.Id, StringComparer.Ordinal)!, StringComparer.Ordinal);
        var scored = await ScoresAsync(asked.Value, new UnitTree(units), ct);
        var ranked = scored.OrderByDescending(s => s.Score.Total).ThenBy(s => s.Unit, StringComparer.Ordinal).ToList();
        var rows = ranked.ConvertAll(s => Of(s, 1 + ranked.FindIndex(o => o.Score.Total == s.Score.Total), names.GetValueOrDefault(s.Unit)));
        if (cursor.Value is [var text, var unit])
        {
            if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var total))
                return CommonErrors.BadRequest.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
            rows.RemoveAll(r => r.Total > total || (r.Total == total && string.CompareOrdinal(r.Unit, unit) <= 0));
        }

        return TypedResults.Ok(Page.Of(rows, size.Value, r => [r.Total.ToString(CultureInfo.InvariantCulture), r.Unit]));
    }

    private async Task<IReadOnlyList<Scored>> ScoresAsync(IndexQuestion question, UnitTree tree, CancellationToken ct)
    {
        var seen = question.Units?.ToHashSet(StringComparer.Ordinal);
        bool Ranked(string unit) => unit != question.Unit && unit != IndexMonth.AllUnits && seen?.Contains(unit) != false;
        if (await desk.ClosedAsync(question with { Unit = IndexMonth.AllUnits }, ct) is { } whole)
        {
            var closed = await db.Set<IndexMonth>().AsNoTracking().Where(m => m.Month == question.Period.Name && m.Revision == whole.Revision).ToListAsync(ct);
            return [.. closed.Where(m => Ranked(m.UnitCode)).Select(m => new Scored(m.UnitCode, m.ReadScore(), true))];
        }

        var parts = await source.ReadAsync(question.Units, question.Period, ct);
        var figures = await procedures.ReadAsync(question.Period, ct);
        var scores = new List<Scored>();
        foreach (var unit in tree.Codes.Union(parts.Keys).Where(Ranked))
        {
            var below = tree.Below(unit);
            var sum = IndexParts.Sum(below.Where(parts.ContainsKey).Select(c => parts[c]));
            if (!sum.IsEmpty)
                scores.Add(new Scored(unit, IndexScore.Of(question.Version, IndexCounts.Of(sum, tree.LevelsOf(below, sum), figures, question.Period)), false));
        }

        return scores;
    }

    private static Row Of(Scored s, int rank, StatisticsUnit? unit) => new(
        rank, s.Unit, unit?.NameVi ?? s.Unit, unit?.NameEn ?? s.Unit, unit?.Level ?? "", s.Score.Total, s.Score.ApplicableMax, s.Score.TotalOfApplicablePercent,
        s.Score.Rating, s.Score.Unknown.Count, s.Closed);
}
