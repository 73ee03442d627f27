using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Units;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Statistics.Index.Counting;

/// <summary>
/// Collects the named counts of the index. A count whose source is not there is left out, so that its indicators are named as unknown instead of
/// being zero: copies that were certified, the national report where there is no year before, the ledger and the catalogue of the National Portal
/// as long as they are empty, procedures of a unit whose level nobody knows.
/// </summary>
internal sealed class IndexCounts(IndexSource source, ProcedureFiguresReader procedures, DossierDbContext db)
{
    /// <summary>The counts of units together.</summary>
    /// <param name="units">A unit with all below it; null: all there are.</param>
    /// <param name="period">Counted over.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyDictionary<string, decimal>> CollectAsync(IReadOnlyList<string>? units, IndexPeriod period, CancellationToken ct)
    {
        var parts = await source.TogetherAsync(units, period, ct);
        return Of(parts, await LevelsAsync(units, parts, ct), await procedures.ReadAsync(period, ct), period);
    }

    /// <summary>The same for each of several months that lie in order, by their names.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, decimal>>> CollectAsync(
        IReadOnlyList<string>? units, IReadOnlyList<IndexPeriod> months, CancellationToken ct)
    {
        var counts = new Dictionary<string, IReadOnlyDictionary<string, decimal>>(StringComparer.Ordinal);
        if (months.Count == 0)
            return counts;
        var (parts, known) = (await source.MonthsAsync(units, months, ct), await KnownLevelsAsync(units, ct));
        foreach (var month in months)
        {
            var part = parts.GetValueOrDefault(month.Name) ?? new IndexParts();
            counts[month.Name] = Of(part, known?.Concat(part.Levels).ToHashSet(StringComparer.Ordinal),
                await procedures.ReadAsync(month, ct), month);
        }

        return counts;
    }

    /// <summary>Levels of units: what identity said, and what their dossiers say; null for all levels.</summary>
    public async Task<IReadOnlySet<string>?> LevelsAsync(IReadOnlyList<string>? units, IndexParts parts, CancellationToken ct) =>
        (await KnownLevelsAsync(units, ct))?.Concat(parts.Levels).ToHashSet(StringComparer.Ordinal);

    private async Task<List<string>?> KnownLevelsAsync(IReadOnlyList<string>? units, CancellationToken ct) => units is null
        ? null : await db.Set<StatisticsUnit>().AsNoTracking().Where(u => units.Contains(u.Code)).Select(u => u.Level).Distinct().ToListAsync(ct);

    /// <summary>The counts, from what was read. Pure.</summary>
    public static IReadOnlyDictionary<string, decimal> Of(IndexParts parts, IReadOnlySet<string>? levels, ProcedureFigures procedures, IndexPeriod period)
    {
        var counts = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var name in IndexFigures.Counts.Keys.Concat(FeedbackSets.Counts.Keys).Append("complaints"))
            counts[name] = parts[name];
        if (parts[IndexParts.InLedger] == 0)
        {
            foreach (var name in new[] { "synchronised", "portalCount", "sharedWithStore" })
                counts.Remove(name);
        }

        // Without a report of the nation: the year before, by months (rules of indicator 1.4).
        if (parts[IndexParts.YearBefore] > 0 && period.Months < 12)
            counts["nationalReport"] = IndexScore.Round((decimal)parts[IndexParts.YearBefore] * period.Months / 12);
        if (counts.TryGetValue("synchronised", out var synchronised) && counts.TryGetValue("nationalReport", out var report)
            && Math.Max(report, counts["portalCount"]) is > 0 and var known)
            counts["synchronisationRatio"] = Math.Round(Math.Min(1, synchronised / known), 4, MidpointRounding.AwayFromZero);

        if (levels is not { Count: 0 })
            Add(counts, [.. procedures.Of(levels)], procedures.PortalKnown, parts);
        return counts;
    }

    private static void Add(Dictionary<string, decimal> counts, List<ProcedureFigure> procedures, bool portalKnown, IndexParts parts)
    {
        foreach (var (name, counted) in ProcedureSets.Counts)
        {
            if (portalKnown || !ProcedureSets.OfPortal.Contains(name))
                counts[name] = procedures.Count(p => counted(p, parts));
        }
    }
}
