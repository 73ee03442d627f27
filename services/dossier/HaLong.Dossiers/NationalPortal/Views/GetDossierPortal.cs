using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.NationalPortal.Ledger;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.NationalPortal.Views;

/// <summary>What the national portal knows of one dossier, for the officials of its unit.</summary>
internal sealed class GetDossierPortal(DossierDbContext db, DossierDesk desk, ReadRecord reads)
{
    public static void Map(IEndpointRouteBuilder dossiers) => dossiers
        .MapGet("/{id:guid}/portal", (Guid id, GetDossierPortal handler, CancellationToken ct) => handler.HandleAsync(id, ct))
        .RequireAuthorization(Policies.Staff)
        .WithSummary("What the national portal knows of the dossier, beside what it should know")
        .WithDescription("For officials who see the dossier. DOS-0861 for a draft.")
        .Answers<LedgerView>(200, 403, 404);

    private async Task<IResult> HandleAsync(Guid id, CancellationToken ct)
    {
        var visible = await desk.VisibleAsync(Acts.DossierRead, ct);
        if (!visible.IsSuccess)
            return visible.Error.ToProblem();
        if (await visible.Value.Where(d => d.Id == id).Select(d => (Guid?)d.OwnerId).SingleOrDefaultAsync(ct) is not { } owner)
            return DossierErrors.DossierNotFound.ToProblem();
        if (await db.Set<LedgerEntry>().AsNoTracking().SingleOrDefaultAsync(l => l.DossierId == id, ct) is not { } row)
            return PortalErrors.NotInLedger.ToProblem();
        await reads.AddAsync(ReadRecord.Deadline, id, owner, ct);
        return TypedResults.Ok(LedgerView.Of(row));
    }
}
