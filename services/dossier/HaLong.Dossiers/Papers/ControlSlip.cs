using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Papers;

/// <summary>The control slip: one paper for all hand-overs of a dossier, whichever of them it is asked for by.</summary>
internal static class ControlSlip
{
    /// <summary>Who gave it to whom, in order.</summary>
    public static async Task<IReadOnlyList<HandOverRow>> RowsAsync(DossierDbContext db, Guid dossierId, CancellationToken ct) =>
        [.. (await FormsOf(db, dossierId).ToListAsync(ct)).Select(f => FormData.Of(f).HandOver).OfType<HandOverRow>()];

    /// <summary>The last form; the paper of the whole is its.</summary>
    public static Task<IssuedForm?> LastAsync(DossierDbContext db, Guid dossierId, CancellationToken ct) => FormsOf(db, dossierId).LastOrDefaultAsync(ct);

    private static IQueryable<IssuedForm> FormsOf(DossierDbContext db, Guid dossierId) =>
        db.IssuedForms.AsNoTracking().Where(f => f.DossierId == dossierId && f.Kind == PaperForm.Control).OrderBy(f => f.Serial);
}
