using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Catalogue;

/// <summary>
/// One row that counts the changes of the catalogue. Raising it also makes those who publish take turns; reading it tells every replica
/// whether its index is still right.
/// </summary>
internal sealed class CatalogueStamp
{
    public const int TheOne = 1;

    public int Id { get; init; } = TheOne;
    public long Revision { get; init; }

    /// <summary>Counts a change of the catalogue, inside the caller's transaction; others who want to change it wait until that ends.</summary>
    public static Task RaiseAsync(DossierDbContext db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"UPDATE catalogue_stamp SET revision = revision + 1 WHERE id = {TheOne}", ct);

    public static Task<long> ReadAsync(DossierDbContext db, CancellationToken ct) =>
        db.Set<CatalogueStamp>().AsNoTracking().Where(s => s.Id == TheOne).Select(s => s.Revision).SingleAsync(ct);
}
