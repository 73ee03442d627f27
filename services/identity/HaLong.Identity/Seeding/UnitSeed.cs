using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Seeding;

/// <summary>Brings the administrative units of the data file into the table; rows that are only in the table stay.</summary>
internal sealed class UnitSeed(IdentityDbContext db)
{
    public async Task RunAsync(CancellationToken ct)
    {
        var known = await db.Units.ToDictionaryAsync(u => (u.Code, u.ValidFrom), ct);
        foreach (var row in ReferenceData.Read<ReferenceData.UnitCatalogue>("administrative-units.json").Items)
        {
            var search = Text.Fold($"{row.Code} {row.NameVi} {row.NameEn}");
            if (!known.TryGetValue((row.Code, row.ValidFrom), out var unit))
            {
                unit = new Unit
                {
                    Code = row.Code,
                    ValidFrom = row.ValidFrom,
                    NameVi = row.NameVi,
                    ShortNameVi = row.ShortNameVi,
                    NameEn = row.NameEn,
                    Kind = row.Kind,
                    Level = row.Level,
                    SearchText = search,
                };
                db.Units.Add(unit);
            }

            unit.ValidTo = row.ValidTo;
            unit.NameVi = row.NameVi;
            unit.ShortNameVi = row.ShortNameVi;
            unit.NameEn = row.NameEn;
            unit.Kind = row.Kind;
            unit.Level = row.Level;
            unit.ParentCode = row.ParentCode;
            unit.LegalBasis = row.LegalBasis;
            unit.ValidFromConfirmed = row.ValidFromConfirmed ?? true;
            unit.SearchText = search;
        }

        await db.SaveChangesAsync(ct);
    }
}
