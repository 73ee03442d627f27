using System.Linq.Expressions;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Register;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Verification;

/// <summary>Finds papers by their token or by the hash of their file.</summary>
internal sealed class PaperFinder(DossierDbContext db)
{
    private static readonly string[] Kinds = [.. PaperKind.OfDocuments.Keys];

    public async Task<PaperView?> ByIdAsync(Guid id, CancellationToken ct) =>
        await FindAsync(d => d.Id == id, ct) ?? await FindFormAsync(d => d.Id == id || d.ResultId == id, ct) ?? await FindBookAsync(b => b.Id == id, ct);

    public async Task<PaperView?> ByHashAsync(string sha256, CancellationToken ct) =>
        await FindFormAsync(d => d.Sha256 == sha256, ct) ?? await FindAsync(d => d.Sha256 == sha256, ct) ?? await FindBookAsync(b => b.Sha256 == sha256, ct);

    /// <summary>A form, sealed, or handed over at the counter before its seal. The control slip is the agencies' own.</summary>
    private async Task<PaperView?> FindFormAsync(Expression<Func<DossierDocument, bool>> which, CancellationToken ct)
    {
        var found = await db.Documents.AsNoTracking().Where(which).Where(d => d.Kind == DocumentKind.Form || d.Kind == DocumentKind.Receipt)
            .Join(db.FormPapers.AsNoTracking(), d => d.Kind == DocumentKind.Form ? d.Id : d.ResultId, p => (Guid?)p.Id, (document, paper) => new { document, paper })
            .Join(db.Dossiers.AsNoTracking(), x => x.paper.DossierId, d => d.Id, (x, dossier) => new { x.document, x.paper, dossier })
            .OrderByDescending(x => x.document.Kind == DocumentKind.Form).FirstOrDefaultAsync(ct);
        return found is null ? null : PaperView.Of(found.document, found.dossier, found.paper);
    }

    private async Task<PaperView?> FindAsync(Expression<Func<DossierDocument, bool>> which, CancellationToken ct)
    {
        var found = await db.Documents.AsNoTracking().Where(which).Where(d => Kinds.Contains(d.Kind))
            .Join(db.Dossiers.AsNoTracking(), d => d.DossierId, d => d.Id, (document, dossier) => new { document, dossier }).FirstOrDefaultAsync(ct);
        return found is null ? null : PaperView.Of(found.document, found.dossier);
    }

    private async Task<PaperView?> FindBookAsync(Expression<Func<RegisterBook, bool>> which, CancellationToken ct) =>
        await db.RegisterBooks.AsNoTracking().Where(which).FirstOrDefaultAsync(b => b.State == BookState.Closed, ct) is { } book ? PaperView.Of(book) : null;
}
