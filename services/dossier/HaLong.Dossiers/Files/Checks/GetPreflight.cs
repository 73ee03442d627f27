using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Files.Checks;

/// <summary>What was found when a document was looked at.</summary>
internal sealed class GetPreflight(DossierDbContext db, DossierDesk desk, ReadRecord reads)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{id:guid}/documents/{documentId:guid}/preflight",
            (Guid id, Guid documentId, GetPreflight handler, CancellationToken ct) => handler.HandleAsync(id, documentId, ct))
        .RequireAuthorization(Policies.Acting)
        .WithSummary("What was found when a document was looked at, in plain words")
        .Answers<PreflightView>(200, 403, 404, 503);

    private async Task<IResult> HandleAsync(Guid id, Guid documentId, CancellationToken ct)
    {
        var owner = await desk.OwnerAsync(id, Acts.DossierRead, ct);
        if (!owner.IsSuccess)
            return owner.Error.ToProblem();
        var document = await db.Documents.AsNoTracking().SingleOrDefaultAsync(d => d.Id == documentId && d.DossierId == id, ct);
        if (document is null || PreflightView.Of(document) is not { } view)
            return DossierErrors.DocumentNotFound.ToProblem();
        await reads.AddAsync(ReadRecord.Document, documentId, owner.Value, ct);
        return TypedResults.Ok(view);
    }
}
