using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Persistence;

namespace HaLong.Dossiers.Archive;

/// <summary>What is archived is whole: papers that are still being made are waited for.</summary>
internal static class ArchivePapers
{
    /// <summary>Dossiers with a form that is not sealed yet, or whose control slip is still to be made.</summary>
    /// <param name="db">The database.</param>
    /// <param name="inside">True for the agency's copy, in which the control slip is.</param>
    public static IQueryable<Dossier> Unsealed(DossierDbContext db, bool inside) => db.Dossiers.Where(d =>
        db.FormPapers.Any(p => p.DossierId == d.Id && p.SignedAt == null && (inside || p.Kind != PaperForm.Control))
        || (inside && db.IssuedForms.Any(f => f.DossierId == d.Id && f.Kind == PaperForm.Control)
            && !db.FormPapers.Any(p => p.DossierId == d.Id && p.Kind == PaperForm.Control)));
}
