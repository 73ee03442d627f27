using HaLong.Dossiers.NationalPortal.Ledger;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Sight;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.NationalPortal.Views;

/// <summary>The rows that somebody sees: auditors and administrators all, leaders, chiefs and approvers those of their unit and below.</summary>
internal sealed class LedgerSight(DossierDbContext db, StatisticsSight sight)
{
    /// <param name="unit">Only this unit and those below it.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>The rows, and whether they are all there are.</returns>
    public async Task<Result<(IQueryable<LedgerEntry> Rows, bool All)>> RowsAsync(string? unit, CancellationToken ct)
    {
        var units = await sight.UnitsAsync(unit, ct);
        if (!units.IsSuccess)
            return units.Error;
        var rows = db.Set<LedgerEntry>().AsNoTracking();
        if (units.Value is not { } codes)
            return (rows, true);
        return (rows.Where(l => codes.Contains(l.UnitCode)), false);
    }
}
