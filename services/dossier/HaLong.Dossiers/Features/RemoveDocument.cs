using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features;

/// <summary>Takes a document out of a draft, or one that was added since the applicant was asked to complete the dossier.</summary>
internal sealed class RemoveDocument(DossierDbContext db, DossierDesk desk, ActingRights rights, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapDelete("/{id:guid}/documents/{documentId:guid}",
            (Guid id, Guid documentId, RemoveDocument handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, documentId, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Filing)
        .WithSummary("Remove a document from a draft, or one that was added while completing the dossier")
        .Answers(204, 403, 404, 409, 412, 503);

    private async Task<IResult> HandleAsync(Guid id, Guid documentId, HttpContext http, CancellationToken ct)
    {
        var own = await desk.TakeOwnAsync(id, Acts.DossierScan, http.Request, ct);
        if (!own.IsSuccess)
            return own.Error.ToProblem();
        var dossier = own.Value;
        if (!DossierStatus.TakingDocuments.Contains(dossier.Status))
            return dossier.WrongState().ToProblem();
        if (await db.Documents.SingleOrDefaultAsync(d => d.Id == documentId && d.DossierId == id, ct) is not { } document)
            return DossierErrors.DocumentNotFound.ToProblem();
        var asked = await db.Supplements.Where(s => s.Id == dossier.SupplementId).Select(s => (DateTimeOffset?)s.RequestedAt).SingleOrDefaultAsync(ct);
        var taken = dossier.TakeOut(document, asked, time.Now());
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var allowed = await rights.CommitAsync(Acts.DossierScan, dossier, ct);
        if (!allowed.IsSuccess)
            return allowed.Error.ToProblem();
        db.Documents.Remove(document);
        await db.SaveChangesAsync(ct);
        Etag.Set(http.Response, dossier.Version);
        return TypedResults.NoContent();
    }
}
