using System.Globalization;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Statistics;
using HaLong.Dossiers.Statistics.Sight;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Satisfaction.Ratings;

/// <param name="Count">Ratings given in the period.</param>
/// <param name="Hidden">Too few to tell more without telling who.</param>
/// <param name="Distribution">How many gave 1, 2, 3, 4 and 5 stars.</param>
/// <param name="SatisfiedPercent">Share of 4 and 5 stars, one decimal.</param>
internal sealed record RatingCounts(DateOnly From, DateOnly To, long Count, bool Hidden, decimal? Mean, IReadOnlyList<long>? Distribution,
    decimal? SatisfiedPercent);

/// <summary>What somebody wrote, without who and about which dossier.</summary>
internal sealed record RatingComment(int Stars, string Comment, DateOnly Day, string UnitCode, string ProcedureCode);

/// <param name="Hidden">Too few ratings; count and mean are then null.</param>
internal sealed record ProcedureRating(string ProcedureCode, bool Hidden, long? Count, decimal? Mean);

/// <summary>What ratings tell: to leaders of their units, to anybody of a procedure.</summary>
internal static class RatingFigures
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var statistics = app.MapGroup("/api/v1/statistics/ratings").WithTags("Ratings");
        statistics.MapGet("/", CountAsync)
            .RequireAuthorization(Policies.Staff)
            .WithSummary("Ratings of a unit and those below it: number, mean, distribution, share of the satisfied")
            .WithDescription("For leaders, chiefs and approvers of the unit, auditors and administrators. "
                + "`period`: 2026, 2026-Q4 or 2026-11; without one the last twelve months. Below five ratings only their number.")
            .Answers<RatingCounts>(200, 400, 403);
        statistics.MapGet("/comments", CommentsAsync)
            .RequireAuthorization(Policies.Staff)
            .WithSummary("Comments of ratings, newest first, without who wrote them and about which dossier; none below five ratings")
            .Answers<Page<RatingComment>>(200, 400, 403);
        app.MapGet("/api/v1/procedures/{code}/rating", OfProcedureAsync)
            .AllowAnonymous()
            .WithTags("Ratings")
            .WithSummary("Number and mean of the ratings of a procedure; hidden below five")
            .Answers<ProcedureRating>(200, 404);
    }

    private static async Task<IResult> CountAsync(string? unit, string? period, StatisticsSight sight, RatingReader ratings, TimeProvider time,
        CancellationToken ct)
    {
        if (DaySpan.Parse(period, LocalTime.Date(time.GetUtcNow())) is not { } span)
            return DaySpan.NotAPeriod.ToProblem();
        var units = await sight.UnitsAsync(unit, ct);
        return units.IsSuccess ? TypedResults.Ok(await ratings.OfAsync(units.Value, span, ct)) : units.Error.ToProblem();
    }

    private static async Task<IResult> CommentsAsync(
        string? unit, string? period, string? after, int? limit, StatisticsSight sight, RatingReader ratings, TimeProvider time, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 2));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        if (DaySpan.Parse(period, LocalTime.Date(time.GetUtcNow())) is not { } span)
            return DaySpan.NotAPeriod.ToProblem();
        (DateTimeOffset, Guid)? last = null;
        if (cursor.Value is [var moment, var key])
        {
            if (!DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) || !Guid.TryParse(key, out var id))
                return DossierErrors.Invalid.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
            last = (at.ToUniversalTime(), id);
        }

        var units = await sight.UnitsAsync(unit, ct);
        return units.IsSuccess ? TypedResults.Ok(await ratings.CommentsAsync(units.Value, span, size.Value, last, ct)) : units.Error.ToProblem();
    }

    private static async Task<IResult> OfProcedureAsync(string code, ProcedureCatalogue catalogue, RatingReader ratings, CancellationToken ct) =>
        await catalogue.FindAsync(code, ct) is null ? DossierErrors.ProcedureNotFound.ToProblem() : TypedResults.Ok(await ratings.OfProcedureAsync(code, ct));
}
