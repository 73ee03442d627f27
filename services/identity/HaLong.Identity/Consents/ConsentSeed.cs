using HaLong.Identity.Persistence;
using HaLong.Identity.Seeding;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Consents;

/// <summary>Brings the texts of the data file into the table. A text that was published never changes: other words need another version.</summary>
internal sealed class ConsentSeed(IdentityDbContext db)
{
    internal sealed record Catalogue(List<Row> Items);

    internal sealed record Row(
        string Purpose, int Version, DateOnly ValidFrom, string LegalBasis, bool Mandatory, string Source, string NameVi, string NameEn, string TextVi, string TextEn);

    public async Task RunAsync(CancellationToken ct)
    {
        var known = await db.ConsentTexts.ToDictionaryAsync(t => (t.Purpose, t.Version), ct);
        foreach (var row in ReferenceData.Read<Catalogue>("consent-texts.json").Items)
        {
            var hash = ConsentText.Hash(row.TextVi, row.TextEn);
            if (known.TryGetValue((row.Purpose, row.Version), out var text))
            {
                if (text.Sha256 != hash)
                    throw new InvalidOperationException($"Version {row.Version} of the consent text {row.Purpose} was changed after it was published: make it a new version.");
                continue;
            }

            db.ConsentTexts.Add(new ConsentText
            {
                Purpose = row.Purpose,
                Version = row.Version,
                ValidFrom = row.ValidFrom,
                LegalBasis = row.LegalBasis,
                Mandatory = row.Mandatory,
                Source = row.Source,
                NameVi = row.NameVi,
                NameEn = row.NameEn,
                TextVi = row.TextVi,
                TextEn = row.TextEn,
                Sha256 = hash,
            });
        }

        await db.SaveChangesAsync(ct);
    }
}
