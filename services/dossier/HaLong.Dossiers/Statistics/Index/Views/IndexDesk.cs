using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Index.Closing;
using HaLong.Dossiers.Statistics.Index.Counting;
using HaLong.Dossiers.Statistics.Sight;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Statistics.Index.Views;

/// <summary>What is asked, once it is known that the caller may.</summary>
/// <param name="Unit">The unit, with all below it; empty: all units together.</param>
/// <param name="Units">Its codes; null: all.</param>
/// <param name="Period">The period.</param>
/// <param name="Version">The definitions of its last day.</param>
internal sealed record IndexQuestion(string Unit, IReadOnlyList<string>? Units, IndexPeriod Period, IndexVersion Version);

/// <summary>Looks at questions, and gives the index of a unit in a period: as it was closed, or as it is counted now.</summary>
internal sealed class IndexDesk(StatisticsSight sight, IndexBook book, IndexCounts counts, DossierDbContext db, TimeProvider time)
{
    public DateOnly Today => LocalTime.Date(time.GetUtcNow());

    /// <param name="unit">Asked for; null: all that the caller sees.</param>
    /// <param name="period">Asked for; null: the present month.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<IndexQuestion>> AskAsync(string? unit, string? period, CancellationToken ct)
    {
        var parsed = IndexPeriod.Parse(period, Today);
        if (!parsed.IsSuccess)
            return parsed.Error.WithField("period", parsed.Error.Vi, parsed.Error.En);
        var seen = await sight.UnitsAsync(unit, ct);
        if (!seen.IsSuccess)
            return seen.Error;
        if (book.On(parsed.Value.To) is not { } version)
            return StatisticsErrors.NoIndexThatDay;
        return new IndexQuestion(unit ?? (seen.Value is null ? IndexMonth.AllUnits : sight.OwnUnit), seen.Value, parsed.Value, version);
    }

    /// <summary>The counts as they are now.</summary>
    public Task<IReadOnlyDictionary<string, decimal>> CountAsync(IndexQuestion question, CancellationToken ct) =>
        counts.CollectAsync(question.Units, question.Period, ct);

    /// <summary>The counts of several months as they are now, by their names.</summary>
    public Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, decimal>>> CountAsync(
        IndexQuestion question, IReadOnlyList<IndexPeriod> months, CancellationToken ct) => counts.CollectAsync(question.Units, months, ct);

    /// <summary>The last closing of each month that was closed, by its name.</summary>
    public async Task<IReadOnlyDictionary<string, IndexMonth>> ClosedAsync(IndexQuestion question, IReadOnlyList<IndexPeriod> months, CancellationToken ct)
    {
        var names = months.Select(m => m.Name).ToList();
        var closings = await db.Set<IndexMonth>().AsNoTracking().Where(m => m.UnitCode == question.Unit && names.Contains(m.Month)).ToListAsync(ct);
        return closings.GroupBy(m => m.Month, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.MaxBy(m => m.Revision)!, StringComparer.Ordinal);
    }

    /// <summary>The last closing; null while there is none.</summary>
    public async Task<IndexMonth?> ClosedAsync(IndexQuestion question, CancellationToken ct) => question.Period.IsMonth
        ? await db.Set<IndexMonth>().AsNoTracking().Where(m => m.Month == question.Period.Name && m.UnitCode == question.Unit)
            .OrderByDescending(m => m.Revision).FirstOrDefaultAsync(ct)
        : null;
}
