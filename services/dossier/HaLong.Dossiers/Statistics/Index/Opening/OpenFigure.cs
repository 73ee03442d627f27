using System.Globalization;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Statistics.Index.Counting;
using HaLong.Dossiers.Statistics.Index.Views;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Index.Opening;

/// <summary>Every figure of the index opens to the dossiers, procedures or feedback behind it, as they are counted now.</summary>
internal sealed class OpenFigure(IndexDesk desk, IndexSource source, DossiersBehind dossiers, ProceduresBehind procedures, FeedbackBehind feedback)
{
    private const string Satisfaction = "5.4";

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/dossiers", (string? unit, string? period, string? component, string? part, string? after, int? limit, OpenFigure handler,
            CancellationToken ct) =>
            handler.HandleAsync(unit, period, component, part, after, limit, ct))
        .RequireAuthorization(Policies.Staff)
        .WithSummary("What is behind an indicator: its numerator, its denominator, or what is missing")
        .WithDescription(
            "`part`: numerator, denominator or missing. Indicators that count procedures open to procedures, "
            + "those of feedback to feedback. Rights as for the index itself; "
            + "reading dossiers is recorded. What is behind a closed month is as it is counted now.")
        .Answers<BehindView>(200, 400, 403, 404);

    private async Task<IResult> HandleAsync(string? unit, string? period, string? component, string? part, string? after, int? limit, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 3));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        var asked = await desk.AskAsync(unit, period, ct);
        if (!asked.IsSuccess)
            return asked.Error.ToProblem();
        if (Figure(asked.Value.Version, component, part) is { IsSuccess: false } wrong)
            return wrong.Error.ToProblem();
        if (Key(cursor.Value) is not { } from)
            return CommonErrors.BadRequest.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
        var which = Enum.Parse<Part>(part!, ignoreCase: true);
        var opened = await OpenAsync(asked.Value, component!, which, from, cursor.Value?[2], size.Value, ct);
        return opened.Match(v => TypedResults.Ok(v));
    }

    private async Task<Result<BehindView>> OpenAsync(IndexQuestion question, string component, Part part, BehindKey from, string? id, int limit,
        CancellationToken ct)
    {
        if (component == Satisfaction && part == Part.Missing)
            return await DissatisfiedAsync(question, from, limit, ct);
        if (component == Satisfaction && part == Part.Numerator)
            return IndexErrors.NotAList;
        if (IndexSets.Components.TryGetValue(component, out var sets))
        {
            var total = BehindTotals.Of(component, part, await source.DossiersAsync(question.Units, question.Period, ct));
            return View(component, part, total,
                total == 0 ? [] : await dossiers.ReadAsync(question, component, PartSql.Of(sets, part), sets.Good, from, limit + 1, ct), limit);
        }

        if (FeedbackSets.Components.TryGetValue(component, out var answers))
            return View(component, part, await feedback.CountAsync(question, PartSql.Of(answers, part), ct),
                await feedback.ReadAsync(question, component, PartSql.Of(answers, part), answers.Good, from, limit + 1, ct), limit);
        if (!ProcedureSets.Components.TryGetValue(component, out var names))
            return IndexErrors.NotAList;
        var all = await procedures.ReadAsync(question, names, part, ct);
        return View(component, part, all.Count, [.. all.Where(p => id is null || string.CompareOrdinal(p.Id, id) > 0).Take(limit + 1)], limit);
    }

    // What lowers it: late dossiers, then complaints. Each has its place in the order by its kind.
    private async Task<Result<BehindView>> DissatisfiedAsync(IndexQuestion question, BehindKey from, int limit, CancellationToken ct)
    {
        var late = IndexSets.Counts["late"];
        var total = (await source.DossiersAsync(question.Units, question.Period, ct))["late"] + await feedback.CountComplaintsAsync(question, ct);
        var items = new List<BehindItem>();
        if (string.CompareOrdinal(from.Kind, DossiersBehind.Kind) <= 0)
            items.AddRange(await dossiers.ReadAsync(question, "2.1", late, "false", from, limit + 1, ct));
        if (items.Count <= limit)
            items.AddRange(await feedback.ReadComplaintsAsync(question, from, limit + 1 - items.Count, ct));
        return View(Satisfaction, Part.Missing, total, items, limit);
    }

    private static BehindView View(string component, Part part, long total, List<BehindItem> oneMore, int limit)
    {
        var page = Page.Of(oneMore, limit, i => [i.Kind, (i.On ?? DateOnly.MinValue).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), i.Id]);
        return new BehindView(component, part.ToString().ToLowerInvariant(), total, page.Items, page.After);
    }

    private static Result Figure(IndexVersion version, string? component, string? part)
    {
        Error? error = null;
        if (version.Components.All(c => c.Code != component))
            error = IndexErrors.BadFigure.WithField("component", "Không có chỉ số thành phần này.", "There is no such indicator.");
        if (part is not ("numerator" or "denominator" or "missing"))
            error = (error ?? IndexErrors.BadFigure).WithField("part", "Là numerator, denominator hoặc missing.", "One of numerator, denominator, missing.");
        return error is null ? Result.Success : error;
    }

    // Procedures have codes in the place of ids: their pages begin behind the text.
    private static BehindKey? Key(string[]? cursor)
    {
        if (cursor is not [var kind, var day, var id])
            return BehindKey.Start;
        if (kind == ProceduresBehind.Kind)
            return BehindKey.Start;
        return DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) && Guid.TryParse(id, out var key)
            ? new BehindKey(kind, on, key) : null;
    }
}
