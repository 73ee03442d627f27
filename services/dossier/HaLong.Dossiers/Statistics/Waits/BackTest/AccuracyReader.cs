using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Statistics.Waits.BackTest;

/// <summary>Sums up what was looked back at.</summary>
internal sealed class AccuracyReader(DossierDbContext db)
{
    /// <param name="units">Only these; null: all.</param>
    /// <param name="procedure">Only this one; null: all.</param>
    /// <param name="span">The weeks that begin in it.</param>
    /// <param name="perDay">Minutes of a working day.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Accuracy> ReadAsync(IReadOnlyList<string>? units, string? procedure, DaySpan span, int perDay, CancellationToken ct)
    {
        var (codes, code) = (units ?? [WaitAccuracy.All], procedure ?? WaitAccuracy.All);
        var weeks = db.Set<WaitAccuracy>().Where(a => a.Week >= span.From && a.Week <= span.To);
        var made = await weeks.Where(a => a.ProcedureCode == WaitAccuracy.All && a.UnitCode == WaitAccuracy.All).OrderBy(a => a.Week)
            .Select(a => new { a.Week, a.MadeAt }).ToListAsync(ct);
        var sums = await weeks.Where(a => a.ProcedureCode == code && codes.Contains(a.UnitCode)).GroupBy(a => a.Week)
            .Select(g => new
            {
                Week = g.Key,
                Sums = new AccuracySums(
                    g.Sum(a => a.Dossiers), g.Sum(a => a.WithinHalf), g.Sum(a => a.WithinMost), g.Sum(a => a.Ended), g.Sum(a => a.ErrorMinutes),
                    g.Sum(a => a.AbsoluteMinutes), g.Sum(a => a.Unsaid), g.Sum(a => a.Open)),
            }).ToDictionaryAsync(g => g.Week, g => g.Sums, ct);
        DateTimeOffset? asOf = made.Count == 0 ? null : made.Min(w => w.MadeAt);
        return Accuracy.Of(span, asOf, made.ConvertAll(w => (w.Week, sums.GetValueOrDefault(w.Week))), perDay);
    }
}
