using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.NationalPortal.Payloads;

/// <summary>A dossier with all that the portal is told of it, as of one moment.</summary>
internal sealed record DossierPicture(
    Dossier Dossier, string FieldCode, IReadOnlyList<TimelineEntry> Timeline, IReadOnlyList<DossierDocument> Documents,
        IReadOnlyList<SupplementRequest> Supplements,
    IReadOnlyList<FeeDemand> Demands);

/// <summary>Reads them, many at once.</summary>
internal static class PictureReader
{
    private static readonly string[] Kinds = [DocumentKind.Component, DocumentKind.Result];

    public static async Task<Dictionary<Guid, DossierPicture>> PicturesAsync(this DossierDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var dossiers = await db.Dossiers.AsNoTracking().Where(d => ids.Contains(d.Id))
            .Join(db.Procedures, d => d.ProcedureId, p => p.Id, (d, p) => new { Dossier = d, p.Field }).ToListAsync(ct);
        var timeline = (await db.Timeline.AsNoTracking().Where(t => ids.Contains(t.DossierId)).OrderBy(t => t.Step).ToListAsync(ct)).ToLookup(t => t.DossierId);
        var documents = (await db.Documents.AsNoTracking().Where(d => ids.Contains(d.DossierId) && Kinds.Contains(d.Kind)).OrderBy(d => d.Id).ToListAsync(ct))
            .ToLookup(d => d.DossierId);
        var supplements = (await db.Supplements.AsNoTracking().Where(s => ids.Contains(s.DossierId)).OrderBy(s => s.RequestedAt).ThenBy(s => s.Id)
            .ToListAsync(ct))
            .ToLookup(s => s.DossierId);
        var demands = (await db.Demands.AsNoTracking().Where(f => ids.Contains(f.DossierId)).OrderBy(f => f.Number).ToListAsync(ct)).ToLookup(f => f.DossierId);
        return dossiers.ToDictionary(d => d.Dossier.Id, d => new DossierPicture(
            d.Dossier, d.Field, [.. timeline[d.Dossier.Id]], [.. documents[d.Dossier.Id]], [.. supplements[d.Dossier.Id]], [.. demands[d.Dossier.Id]]));
    }
}
