using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Archive.Exports;

/// <summary>An order and how far it is.</summary>
/// <param name="Total">Dossiers of the order.</param>
/// <param name="Done">Written.</param>
/// <param name="Failed">With a lost or damaged file.</param>
/// <param name="Gone">Destroyed before their turn came.</param>
/// <param name="Finished">True when nothing is left to do.</param>
internal sealed record ExportView(
    Guid Id, string Unit, DateOnly ClosedFrom, DateOnly ClosedTo, Guid RequestedBy, DateTimeOffset RequestedAt, int Total, int Done, int Failed, int Gone, bool Finished)
{
    public static async Task<ExportView> OfAsync(DossierDbContext db, ArchiveExport e, CancellationToken ct)
    {
        var counts = await db.ArchiveItems.Where(i => i.ExportId == e.Id).GroupBy(i => i.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var total = counts.Values.Sum();
        return new ExportView(
            e.Id, e.UnitCode, e.ClosedFrom, e.ClosedTo, e.RequestedBy, e.RequestedAt, total, Of(ArchiveItemState.Done), Of(ArchiveItemState.Failed), Of(ArchiveItemState.Gone),
            Of(ArchiveItemState.Pending) == 0);

        int Of(string state) => counts.GetValueOrDefault(state);
    }
}
