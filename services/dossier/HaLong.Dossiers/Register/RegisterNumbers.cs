using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Register;

/// <summary>
/// Gives the next numbers of one unit's register, in the order of acceptance and without gaps. Not in the transaction of the acceptance: there
/// the counter would be a row for which everybody in the unit waits.
/// </summary>
internal sealed class RegisterNumbers(DossierDbContext db, IOptions<RegisterOptions> options, TimeProvider time)
{
    /// <summary>Units with dossiers that have waited long enough.</summary>
    public Task<List<string>> UnitsAsync(CancellationToken ct)
    {
        var settled = Settled;
        return db.RegisterArrivals.Where(a => a.AcceptedAt < settled).Select(a => a.UnitCode).Distinct().OrderBy(u => u).ToListAsync(ct);
    }

    /// <summary>One transaction; gives how many numbers it gave, 0 also when another replica is at it.</summary>
    public async Task<int> EnterAsync(string unit, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.TryLockRegisterAsync(unit, ct))
            return 0;
        var settled = Settled;
        var arrivals = await db.RegisterArrivals.Where(a => a.UnitCode == unit && a.AcceptedAt < settled)
            .OrderBy(a => a.AcceptedAt).ThenBy(a => a.DossierId).Take(options.Value.Batch).ToListAsync(ct);
        foreach (var year in arrivals.GroupBy(a => LocalTime.Date(a.AcceptedAt).Year))
        {
            var book = await BookAsync(unit, year.Key, year.First().DossierId, ct);
            db.RegisterEntries.AddRange(year.Select(book.Enter));
        }
        db.RegisterArrivals.RemoveRange(arrivals);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return arrivals.Count;
    }

    private DateTimeOffset Settled => time.Now() - options.Value.Settle;

    /// <summary>The book that is open, or the next one.</summary>
    private async Task<RegisterBook> BookAsync(string unit, int year, Guid dossierId, CancellationToken ct)
    {
        var last = await db.RegisterBooks.Where(b => b.UnitCode == unit && b.Year == year).OrderByDescending(b => b.Number).FirstOrDefaultAsync(ct);
        if (last is { State: BookState.Open })
            return last;
        var dossier = await db.Dossiers.AsNoTracking().SingleAsync(d => d.Id == dossierId, ct);
        var named = dossier.ReceivingUnitCode == unit
            ? new DossierUnit(unit, dossier.ReceivingUnitNameVi ?? unit, dossier.ReceivingUnitNameEn ?? unit)
            : new DossierUnit(unit, dossier.UnitCode == unit ? dossier.UnitNameVi : unit, dossier.UnitCode == unit ? dossier.UnitNameEn : unit);
        var book = RegisterBook.Open(named, year, last, time.Now());
        db.RegisterBooks.Add(book);
        return book;
    }
}
