using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Satisfaction.Ratings;

/// <summary>
/// The applicant rates how the dossier was handled, or changes that for a while. One statement decides, so that two at once are one after the
/// other and the same twice is once. A helper does not rate: he would rate the place where he sits.
/// </summary>
internal sealed class RateDossier(
    DossierDbContext db, DossierDesk desk, SatisfactionTelemetry telemetry, IOptions<SatisfactionOptions> options, Caller caller, TimeProvider time)
{
    public const int MaxComment = 1000;

    /// <param name="Stars">1 (very dissatisfied) to 5 (very satisfied).</param>
    /// <param name="Comment">At most 1,000 characters.</param>
    internal sealed record Request(int? Stars, string? Comment);

    public static void Map(IEndpointRouteBuilder group)
    {
        Describe(group.MapPut("/{id:guid}/rating", (Guid id, Request request, RateDossier handler, CancellationToken ct) =>
            handler.HandleAsync(id, request, ct)));
        Describe(group.MapPost("/{id:guid}/rating", (Guid id, Request request, RateDossier handler, CancellationToken ct) =>
            handler.HandleAsync(id, request, ct))
            .WithIdempotency<DossierDbContext>());
    }

    /// <summary>True for what can be rated: with a result, or over, but not what the applicant took back.</summary>
    public static bool IsRateable(string status) =>
        status is DossierStatus.Resolved or DossierStatus.Returned or DossierStatus.NotAccepted or DossierStatus.Stopped;

    private static void Describe(RouteHandlerBuilder endpoint) => endpoint
        .RequireAuthorization(Policies.Applicant)
        .WithSummary("Rate how a dossier was handled, or change the rating")
        .WithDescription("For the owner, a delegate or a representative who may see the dossier; once it has a result or is over. Twice is once.")
        .Answers<RatingView>(200, 400, 403, 404, 409, 422, 503);

    private async Task<IResult> HandleAsync(Guid id, Request request, CancellationToken ct)
    {
        if (caller.AssistedSession is not null)
            return SatisfactionErrors.OnlyApplicantRates.ToProblem();
        if (Defects(request) is { } defects)
            return defects.ToProblem();
        var own = await desk.OwnAsync(Acts.DossierRead, toChange: false, ct);
        if (!own.IsSuccess)
            return own.Error.ToProblem();
        var dossier = await own.Value.Where(d => d.Id == id).Select(d => new { d.Status, d.UnitCode, d.ProcedureCode }).SingleOrDefaultAsync(ct);
        if (dossier is null)
            return DossierErrors.DossierNotFound.ToProblem();
        if (!IsRateable(dossier.Status))
            return SatisfactionErrors.NotRateable.ToProblem();

        var (now, stars, comment) = (time.Now(), (short)request.Stars!.Value, string.IsNullOrWhiteSpace(request.Comment) ? null : request.Comment.Trim());
        var open = now.AddDays(-options.Value.ChangeableDays);
        await using var transaction = await db.BeginOwnTransactionAsync(ct);
        var written = await db.Database.ExecuteSqlAsync($"""
            INSERT INTO dossier_rating AS r (dossier_id, stars, comment, rated_by, rated_at, changed_at, unit_code, procedure_code)
            VALUES ({id}, {stars}, {comment}, {caller.ActorId}, {now}, {now}, {dossier.UnitCode}, {dossier.ProcedureCode})
            ON CONFLICT (dossier_id) DO UPDATE SET
              stars = excluded.stars, comment = excluded.comment, rated_by = excluded.rated_by, changed_at = excluded.changed_at
            WHERE r.rated_at > {open} AND (r.stars, r.comment) IS DISTINCT FROM (excluded.stars, excluded.comment)
            """, ct);
        var rating = await db.Set<DossierRating>().AsNoTracking().SingleAsync(r => r.DossierId == id, ct);
        if (written == 0 && (rating.Stars, rating.Comment) != (stars, comment))
            return SatisfactionErrors.RatingClosed.Format(options.Value.ChangeableDays).ToProblem();
        if (written > 0)
        {
            db.Record("dossier.rated", id.ToString(), new { id, stars, comment });
            await db.SaveChangesAsync(ct);
        }

        if (transaction is not null)
            await transaction.CommitAsync(ct);
        if (written > 0)
            telemetry.Rated(stars);
        return TypedResults.Ok(RatingView.Of(rating, options.Value, now));
    }

    private static Error? Defects(Request request)
    {
        Error? error = null;
        if (request.Stars is not (>= 1 and <= 5))
            error = SatisfactionErrors.RatingInvalid.WithField("stars", "Từ 1 đến 5.", "From 1 to 5.");
        if (request.Comment is { } comment && (comment.Trim().Length > MaxComment || !JsonInput.IsStorable(comment)))
            error = (error ?? SatisfactionErrors.RatingInvalid).WithField("comment", $"Dài nhất {MaxComment} ký tự.", $"At most {MaxComment} characters.");
        return error;
    }
}

/// <summary>A rating without who gave it.</summary>
/// <param name="Stars">Null while nobody has rated; the other parts too.</param>
/// <param name="ChangeableUntil">Until when the applicant may change it.</param>
internal sealed record RatingView(int? Stars, string? Comment, DateTimeOffset? RatedAt, DateTimeOffset? ChangedAt, DateTimeOffset? ChangeableUntil)
{
    public static readonly RatingView None = new(null, null, null, null, null);

    public static RatingView Of(DossierRating r, SatisfactionOptions options, DateTimeOffset now)
    {
        var until = r.RatedAt.AddDays(options.ChangeableDays);
        return new RatingView(r.Stars, r.Comment, r.RatedAt, r.ChangedAt, until > now ? until : null);
    }
}
