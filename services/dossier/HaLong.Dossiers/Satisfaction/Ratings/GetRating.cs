using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Satisfaction.Ratings;

/// <summary>The rating of a dossier: for who filed it, and for officials of its unit, who are not told whose it is.</summary>
internal sealed class GetRating(DossierDbContext db, DossierDesk desk, ReadRecord reads, IOptions<SatisfactionOptions> options, Caller caller,
    TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{id:guid}/rating", (Guid id, GetRating handler, CancellationToken ct) => handler.HandleAsync(id, ct))
        .RequireAuthorization(Policies.Acting)
        .WithSummary("The rating of a dossier; without stars while there is none")
        .Answers<RatingView>(200, 403, 404, 503);

    private async Task<IResult> HandleAsync(Guid id, CancellationToken ct)
    {
        // A helper who could read it would be the one to whom it was given.
        if (caller.AssistedSession is not null)
            return SatisfactionErrors.OnlyApplicantRates.ToProblem();
        var owner = await desk.OwnerAsync(id, Acts.DossierRead, ct);
        if (!owner.IsSuccess)
            return owner.Error.ToProblem();
        if (await db.Set<DossierRating>().AsNoTracking().SingleOrDefaultAsync(r => r.DossierId == id, ct) is not { } rating)
            return TypedResults.Ok(RatingView.None);
        await reads.AddAsync(ReadRecord.Dossier, id, owner.Value, ct);
        return TypedResults.Ok(RatingView.Of(rating, options.Value, time.Now()));
    }
}
