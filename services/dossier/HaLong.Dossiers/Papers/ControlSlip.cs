using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Papers;

/// <summary>The control slip: one paper for all hand-overs of a dossier, whichever of them it is asked for by.</summary>
internal static class ControlSlip
{
    /// <summary>Who gave it to whom, in order; documents and limit as on the receipt.</summary>
    public static async Task<FormContent> ReadAsync(DossierDbContext db, Guid dossierId, CancellationToken ct)
    {
        var forms = await db.IssuedForms.AsNoTracking()
            .Where(f => f.DossierId == dossierId && (f.Kind == PaperForm.Control || f.Kind == PaperForm.Receipt)).OrderBy(f => f.Serial).ToListAsync(ct);
        var slips = forms.Where(f => f.Kind == PaperForm.Control).ToList();
        var receipt = forms.Where(f => f.Kind == PaperForm.Receipt).Select(FormData.Of).FirstOrDefault();
        var data = FormData.Of(slips[^1]) with { Components = receipt?.Components, TimeLimit = receipt?.TimeLimit };
        return new FormContent(slips[^1], data, [.. slips.Select(f => FormData.Of(f).HandOver).OfType<HandOverRow>()]);
    }

    /// <summary>The last form; the paper of the whole is its.</summary>
    public static Task<IssuedForm?> LastAsync(DossierDbContext db, Guid dossierId, CancellationToken ct) => db.IssuedForms.AsNoTracking()
        .Where(f => f.DossierId == dossierId && f.Kind == PaperForm.Control).OrderBy(f => f.Serial).LastOrDefaultAsync(ct);
}
