using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features;

/// <summary>Takes a document out of a draft.</summary>
internal sealed class RemoveDocument(DossierDbContext db, DossierDesk desk, ActingRights rights, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapDelete("/{id:guid}/documents/{documentId:guid}",
            (Guid id, Guid documentId, RemoveDocument handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, documentId, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Filing)
        .WithSummary("Remove a document from a draft")
        .Answers(204, 403, 404, 409, 412, 503);

    private async Task<IResult> HandleAsync(Guid id, Guid documentId, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.TakeOwnAsync(id, Acts.DossierScan, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var dossier = taken.Value;
        // Editing nothing still makes a new revision: a submission that runs now loses instead of missing a component.
        var edited = dossier.Edit(dossier.Subject, dossier.Data, time.Now());
        if (!edited.IsSuccess)
            return edited.Error.ToProblem();
        if (await db.Documents.SingleOrDefaultAsync(d => d.Id == documentId && d.DossierId == id, ct) is not { } document)
            return DossierErrors.DocumentNotFound.ToProblem();
        var allowed = await rights.CommitAsync(Acts.DossierScan, dossier, ct);
        if (!allowed.IsSuccess)
            return allowed.Error.ToProblem();
        db.Documents.Remove(document);
        await db.SaveChangesAsync(ct);
        Etag.Set(http.Response, dossier.Version);
        return TypedResults.NoContent();
    }
}
