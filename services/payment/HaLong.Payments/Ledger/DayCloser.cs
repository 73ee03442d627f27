using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Ledger;

/// <summary>Closes days of the ledger, and checks that those that are closed still say what the bookings say.</summary>
internal sealed class DayCloser(PaymentDbContext db, TimeProvider time)
{
    /// <summary>
    /// Closes a day and every open day before it. Nobody books meanwhile: bookings share a lock that this one has alone.
    /// </summary>
    public async Task<Result<DayClose>> CloseAsync(DateOnly day, Guid? by, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (day >= LocalTime.Date(now))
            return LedgerErrors.DayNotOver;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LedgerLock.Key})", ct);
        var last = await db.DayCloses.AsNoTracking().OrderByDescending(c => c.Day).FirstOrDefaultAsync(ct);
        if (last is not null && day <= last.Day)
            return LedgerErrors.DayClosed;
        var from = last?.Day ?? DateOnly.MinValue;
        var balances = await BalancesAsync(from, day, ct);
        var close = new DayClose
        {
            Day = day,
            Entries = await db.Journal.CountAsync(e => e.BookedOn > from && e.BookedOn <= day, ct),
            Turnover = balances.Sum(b => b.Debit),
            Hash = HashOf(last?.Hash, day, balances),
            ClosedAt = now,
            ClosedBy = by,
        };
        db.Add(close);
        db.AddRange(balances);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return close;
    }

    /// <summary>The first closed day whose balances or hash are not what the bookings say; null when all are.</summary>
    public async Task<DateOnly?> FirstFaultAsync(CancellationToken ct)
    {
        DayClose? before = null;
        foreach (var close in await db.DayCloses.AsNoTracking().OrderBy(c => c.Day).ToListAsync(ct))
        {
            var from = before?.Day ?? DateOnly.MinValue;
            var booked = await BalancesAsync(from, close.Day, ct);
            var kept = await db.DayBalances.AsNoTracking().Where(b => b.Day == close.Day).ToListAsync(ct);
            var entries = await db.Journal.CountAsync(e => e.BookedOn > from && e.BookedOn <= close.Day, ct);
            if (close.Hash != HashOf(before?.Hash, close.Day, booked) || close.Hash != HashOf(before?.Hash, close.Day, kept)
                || close.Entries != entries || close.Turnover != booked.Sum(b => b.Debit))
                return close.Day;
            before = close;
        }
        return null;
    }

    /// <summary>Balances at the end of a day: those of the last close and what was booked since.</summary>
    private async Task<List<DayBalance>> BalancesAsync(DateOnly from, DateOnly to, CancellationToken ct)
    {
        var opening = await db.DayBalances.AsNoTracking().Where(b => b.Day == from).ToDictionaryAsync(b => b.Account, b => b.Closing, ct);
        var moved = await db.Journal.AsNoTracking().Where(e => e.BookedOn > from && e.BookedOn <= to).SelectMany(e => e.Lines)
            .GroupBy(l => l.Account)
            .Select(g => new { Account = g.Key, Debit = g.Sum(l => l.Amount > 0 ? l.Amount : 0), Credit = g.Sum(l => l.Amount < 0 ? -l.Amount : 0) })
            .ToDictionaryAsync(m => m.Account, ct);
        return [.. opening.Keys.Union(moved.Keys).Order(StringComparer.Ordinal)
            .Select(account => (Account: account, Opening: opening.GetValueOrDefault(account), Moved: moved.GetValueOrDefault(account)))
            .Select(a => new DayBalance
            {
                Day = to,
                Account = a.Account,
                Opening = a.Opening,
                Debit = a.Moved?.Debit ?? 0,
                Credit = a.Moved?.Credit ?? 0,
                Closing = a.Opening + (a.Moved?.Debit ?? 0) - (a.Moved?.Credit ?? 0),
            })];
    }

    private static string HashOf(string? before, DateOnly day, IEnumerable<DayBalance> balances)
    {
        var text = new StringBuilder(before).Append('\n').Append(day.ToString("O", CultureInfo.InvariantCulture)).Append('\n');
        foreach (var b in balances.OrderBy(b => b.Account, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{b.Account} {b.Opening} {b.Debit} {b.Credit} {b.Closing}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
