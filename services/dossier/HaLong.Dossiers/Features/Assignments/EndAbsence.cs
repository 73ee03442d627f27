using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features.Assignments;

/// <summary>The officer is back, or it was a mistake: from now on nobody stands in.</summary>
internal sealed class EndAbsence(DossierDbContext db, Caller caller, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapDelete("/{id:guid}", (Guid id, EndAbsence handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Staff)
        .WithSummary("End an absence")
        .Answers(204, 403, 404, 412);

    private async Task<IResult> HandleAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var found = await db.Absences.SingleOrDefaultAsync(a => a.Id == id && a.UnitCode == caller.Unit && a.EndedAt == null, ct);
        if (found is not { } absence || !AbsenceView.MayKeep(caller, absence.OfficerId))
            return LifecycleErrors.AbsenceNotFound.ToProblem();
        if (Etag.Check(http.Request, absence.Version) is { } stale)
            return stale.ToProblem();
        absence.End(time.Now());
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
