using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Deadlines.Calendars;

/// <summary>
/// Brings the years of Data/holidays.json into the database, in the run mode <c>migrate</c>. A year that is there stays as it is: it belongs to
/// the administrators.
/// </summary>
internal sealed class CalendarSeed(DossierDbContext db, TimeProvider time)
{
    /// <summary>Gives the number of years added.</summary>
    public async Task<int> LoadAsync(CancellationToken ct)
    {
        var known = await db.CalendarYears.Select(y => y.Year).ToListAsync(ct);
        var missing = DeadlineData.Holidays().GroupBy(h => h.Date.Year).Where(y => !known.Contains(y.Key)).ToList();
        if (missing.Count == 0)
            return 0;
        await using var transaction = await db.BeginOwnTransactionAsync(ct);
        foreach (var year in missing)
        {
            db.CalendarYears.Add(new CalendarYear { Year = year.Key, Confirmed = !year.Any(h => h.Draft), UpdatedAt = time.Now() });
            db.CalendarDays.AddRange(year.Select(h => CalendarDay.Of(h.Row)));
        }
        await db.SaveChangesAsync(ct);
        await db.NextCalendarVersionAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return missing.Count;
    }
}
