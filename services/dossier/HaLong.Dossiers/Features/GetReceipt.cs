using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features;

/// <summary>Form 01 of an accepted dossier, as it was written at acceptance: sealed, or until then without its seal.</summary>
internal sealed class GetReceipt(DossierDbContext db, DossierDesk desk, GetDocument documents, ReadRecord reads)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{id:guid}/receipt", (Guid id, GetReceipt handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, http, ct))
        .RequireAuthorization(Policies.Acting)
        .WithSummary("Receipt and appointment (form 01) as PDF")
        .Answers(200, 403, 404, 503);

    private async Task<IResult> HandleAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var owner = await desk.OwnerAsync(id, Acts.DossierRead, ct);
        if (!owner.IsSuccess)
            return owner.Error.ToProblem();
        var receipt = await SealedAsync(id, ct) ?? await db.Documents.AsNoTracking().SingleOrDefaultAsync(d => d.DossierId == id && d.Kind == DocumentKind.Receipt, ct);
        if (receipt is null)
            return DossierErrors.ReceiptNotReady.ToProblem();
        await reads.AddAsync(ReadRecord.Receipt, id, owner.Value, ct);
        return documents.Stream(receipt, http);
    }

    private Task<DossierDocument?> SealedAsync(Guid id, CancellationToken ct) => db.FormPapers
        .Where(p => p.DossierId == id && p.Kind == PaperForm.Receipt && p.SignedAt != null)
        .Join(db.Documents, p => p.Id, d => d.Id, (_, d) => d).AsNoTracking().SingleOrDefaultAsync(ct);
}
