using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Reuse;

/// <summary>Finds in the store what a dossier asks for.</summary>
internal sealed class ReuseOffers(DocumentStore store)
{
    /// <summary>As many of the newest documents are looked through; who has more finds the older ones by searching the store.</summary>
    public const int Looked = 200;

    private const int MostOffered = 10;

    /// <summary>What fits, by component, newest first; components without anything are left out.</summary>
    public async Task<Result<IReadOnlyDictionary<int, IReadOnlyList<StoredDocument>>>> FindAsync(Dossier dossier, ProcedureContent content, CancellationToken ct)
    {
        var rows = await store.RowsAsync(withResults: false, ct);
        if (!rows.IsSuccess)
            return rows.Error;
        var (id, owner) = (dossier.Id, dossier.OwnerId);
        var newest = await rows.Value.Where(r => r.Dossier.OwnerId == owner && r.Dossier.Id != id).OrderByDescending(r => r.Document.Id).Take(Looked).ToListAsync(ct);
        var known = new List<StoredDocument>();
        foreach (var row in newest)
            known.Add(await store.DescribeAsync(row, ct));
        IReadOnlyDictionary<int, IReadOnlyList<StoredDocument>> offers = content.Components
            .Select((component, i) => (Number: i + 1, Offers: (IReadOnlyList<StoredDocument>)[.. known.Where(k => ReuseRules.Fits(k, component)).DistinctBy(k => k.Row.Document.Sha256).Take(MostOffered)]))
            .Where(c => c.Offers.Count > 0).ToDictionary(c => c.Number, c => c.Offers);
        return Result.Of(offers);
    }
}
