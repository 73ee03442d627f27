using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features.Supplements;

/// <summary>Everything the applicant was asked for, and when it was answered.</summary>
internal sealed class ListSupplements(DossierDbContext db, DossierDesk desk, ReadRecord reads)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{id:guid}/supplement-requests", (Guid id, ListSupplements handler, CancellationToken ct) => handler.HandleAsync(id, ct))
        .RequireAuthorization(Policies.Acting)
        .WithSummary("Supplement requests of a dossier")
        .Answers<IReadOnlyList<SupplementView>>(200, 403, 404, 503);

    private async Task<IResult> HandleAsync(Guid id, CancellationToken ct)
    {
        var owner = await desk.OwnerAsync(id, Acts.DossierRead, ct);
        if (!owner.IsSuccess)
            return owner.Error.ToProblem();
        await reads.AddAsync(ReadRecord.Dossier, id, owner.Value, ct);
        var requests = await db.Supplements.AsNoTracking().Where(r => r.DossierId == id).OrderBy(r => r.RequestedAt).ToListAsync(ct);
        return TypedResults.Ok(requests.ConvertAll(SupplementView.Of));
    }
}
