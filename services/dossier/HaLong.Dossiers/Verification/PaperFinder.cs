using System.Linq.Expressions;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Verification;

/// <summary>Finds papers by their token or by the hash of their file.</summary>
internal sealed class PaperFinder(DossierDbContext db)
{
    private static readonly string[] Kinds = [.. PaperKind.OfDocuments.Keys];

    public Task<PaperView?> ByIdAsync(Guid id, CancellationToken ct) => FindAsync(d => d.Id == id, ct);

    public Task<PaperView?> ByHashAsync(string sha256, CancellationToken ct) => FindAsync(d => d.Sha256 == sha256, ct);

    private async Task<PaperView?> FindAsync(Expression<Func<DossierDocument, bool>> which, CancellationToken ct)
    {
        var found = await db.Documents.AsNoTracking().Where(which).Where(d => Kinds.Contains(d.Kind))
            .Join(db.Dossiers.AsNoTracking(), d => d.DossierId, d => d.Id, (document, dossier) => new { document, dossier }).FirstOrDefaultAsync(ct);
        return found is null ? null : PaperView.Of(found.document, found.dossier);
    }
}
