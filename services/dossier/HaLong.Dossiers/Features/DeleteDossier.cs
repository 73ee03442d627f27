using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features;

/// <summary>Deletes a draft with its documents; their files go with the next sweep.</summary>
internal sealed class DeleteDossier(DossierDbContext db, DossierDesk desk, ActingRights rights)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapDelete("/{id:guid}", (Guid id, DeleteDossier handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Filing)
        .WithSummary("Delete a draft")
        .Answers(204, 403, 404, 409, 412, 503);

    private async Task<IResult> HandleAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.TakeOwnAsync(id, Acts.DossierFill, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        if (taken.Value.Status != DossierStatus.Draft)
            return taken.Value.WrongState().ToProblem();
        var allowed = await rights.CommitAsync(Acts.DossierFill, taken.Value, ct);
        if (!allowed.IsSuccess)
            return allowed.Error.ToProblem();
        db.Dossiers.Remove(taken.Value);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
