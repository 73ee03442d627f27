using System.Globalization;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Satisfaction.Ratings;

/// <summary>Counts ratings; what is too little to hide who gave it is not told.</summary>
internal sealed class RatingReader(DossierDbContext db, IOptions<SatisfactionOptions> options)
{
    private static readonly TimeOnly Midnight = new(0, 0);

    /// <summary>Figures of units in a period; null units: of all.</summary>
    public async Task<RatingCounts> OfAsync(IReadOnlyList<string>? units, DaySpan span, CancellationToken ct)
    {
        var counts = await In(units, span).GroupBy(r => r.Stars).Select(g => new { g.Key, Count = g.LongCount() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var all = counts.Values.Sum();
        return IsFew(all)
            ? new RatingCounts(span.From, span.To, all, true, null, null, null)
            : new RatingCounts(
                span.From, span.To, all, false, Mean(counts.Sum(c => c.Key * c.Value), all),
                    [.. Enumerable.Range(1, 5).Select(s => counts.GetValueOrDefault((short)s))],
                Math.Round(counts.Where(c => c.Key >= 4).Sum(c => c.Value) * 100m / all, 1, MidpointRounding.AwayFromZero));
    }

    /// <summary>Comments of units in a period, newest first: none where there are too few ratings.</summary>
    public async Task<Page<RatingComment>> CommentsAsync(IReadOnlyList<string>? units, DaySpan span, int size, (DateTimeOffset At, Guid Id)? after,
        CancellationToken ct)
    {
        if (IsFew(await In(units, span).Take(options.Value.FewestShown).LongCountAsync(ct)))
            return Page.Of(new List<RatingComment>(), size, _ => []);
        var rows = In(units, span).Where(r => r.Comment != null);
        if (after is var (at, id))
            rows = rows.Where(r => EF.Functions.LessThan(ValueTuple.Create(r.RatedAt, r.DossierId), ValueTuple.Create(at, id)));
        var found = await rows.OrderByDescending(r => r.RatedAt).ThenByDescending(r => r.DossierId).Take(size + 1).ToListAsync(ct);
        var page = Page.Of(found, size, r => [r.RatedAt.ToString("O", CultureInfo.InvariantCulture), r.DossierId.ToString()]);
        return new Page<RatingComment>([.. page.Items.Select(r =>
            new RatingComment(r.Stars, r.Comment!, LocalTime.Date(r.RatedAt), r.UnitCode, r.ProcedureCode))], page.After);
    }

    /// <summary>Of a procedure, everywhere and ever: what anybody may know.</summary>
    public async Task<ProcedureRating> OfProcedureAsync(string code, CancellationToken ct)
    {
        var found = await db.Set<DossierRating>().Where(r => r.ProcedureCode == code).GroupBy(_ => 1)
            .Select(g => new { Count = g.LongCount(), Sum = g.Sum(r => (long)r.Stars) }).SingleOrDefaultAsync(ct);
        return found is null || IsFew(found.Count) ? new ProcedureRating(code, true, null, null)
            : new ProcedureRating(code, false, found.Count, Mean(found.Sum, found.Count));
    }

    private IQueryable<DossierRating> In(IReadOnlyList<string>? units, DaySpan span)
    {
        var (from, to) = (LocalTime.Instant(span.From, Midnight), LocalTime.Instant(span.To.AddDays(1), Midnight));
        var rows = db.Set<DossierRating>().AsNoTracking().Where(r => r.RatedAt >= from && r.RatedAt < to);
        return units is null ? rows : rows.Where(r => units.Contains(r.UnitCode));
    }

    private bool IsFew(long count) => count < options.Value.FewestShown;

    private static decimal Mean(long sum, long count) => Math.Round((decimal)sum / count, 2, MidpointRounding.AwayFromZero);
}
