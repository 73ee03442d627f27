using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Forms;

/// <summary>What the owner has told in dossiers he filed before, newest first; for delegates and helpers only in those that their right lets them read.</summary>
internal sealed class EarlierFacts(DossierDbContext db, DossierDesk desk, FormCatalogue forms)
{
    private const int MostDossiers = 20;

    /// <summary>One earlier dossier and its facts by source.</summary>
    internal sealed record Known(PrefillOrigin From, Guid OwnerId, IReadOnlyDictionary<string, JsonElement> Facts);

    public async Task<IReadOnlyList<Known>> OfOwnerAsync(IReadOnlySet<string> wanted, CancellationToken ct)
    {
        var readable = await desk.OwnAsync(Acts.DossierRead, toChange: false, ct);
        if (!readable.IsSuccess)
            return [];
        var rows = await readable.Value.AsNoTracking().Where(d => d.Status != DossierStatus.Draft)
            .Join(db.Set<DossierForm>(), d => d.Id, f => f.DossierId, (d, f) => new { d.Id, d.Code, d.OwnerId, d.Data, f.FormVersionId })
            .Join(db.Set<FormVersion>(), d => d.FormVersionId, f => f.Id, (d, f) => new { d.Id, d.Code, d.OwnerId, d.Data, Version = f })
            .OrderByDescending(d => d.Id).Take(MostDossiers).ToListAsync(ct);
        return
        [
            .. rows.Select(r => new Known(new PrefillOrigin(PrefillOrigin.OfDossier, r.Id, r.Code), r.OwnerId, Facts(forms.Compile(r.Version), r.Data, wanted)))
                .Where(k => k.Facts.Count > 0),
        ];
    }

    private static Dictionary<string, JsonElement> Facts(CompiledForm form, string data, IReadOnlySet<string> wanted)
    {
        var root = Blanks.Strip(JsonElement.Parse(data));
        var facts = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (pointer, source) in form.SourcesByPointer)
        {
            if (wanted.Contains(source) && Pointers.Find(root, pointer) is { } value)
                facts[source] = value;
        }

        return facts;
    }
}
