using HaLong.Payments.Domain;
using HaLong.Payments.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Cash;

/// <summary>The bank says that the cash of a shift is on the account: by a notice, or by a statement when no notice came.</summary>
internal sealed partial class DepositArrival(PaymentDbContext db, TillBooks books, ILogger<DepositArrival> log)
{
    /// <summary>True when the notice is the deposit of a shift: it names exactly one, with its account and amount, and is the first one that does.</summary>
    public async Task<bool> ByNoticeAsync(BankNotice notice, DateTimeOffset now, CancellationToken ct)
    {
        var references = PaymentReference.FindIn(notice.Remittance, TillShift.ReferencePrefix);
        if (references.Count == 0)
            return false;
        var found = await db.Shifts.Where(s => references.Contains(s.Reference)).Select(s => s.Id).ToListAsync(ct);
        return found.Count == 1 && await LockedAsync(found[0], ct) is { } shift
            && shift.Bin == notice.Bin && shift.Account == notice.Account && shift.ToDeposit == notice.Amount && Arrive(shift, notice.Id, now);
    }

    /// <summary>A statement shows the deposit. True when that is news.</summary>
    public async Task<bool> ByStatementAsync(string reference, Guid noticeId, DateTimeOffset now, CancellationToken ct)
    {
        var id = await db.Shifts.Where(s => s.Reference == reference).Select(s => s.Id).SingleAsync(ct);
        return await LockedAsync(id, ct) is { } shift && Arrive(shift, noticeId, now);
    }

    private async Task<TillShift?> LockedAsync(Guid id, CancellationToken ct)
    {
        await db.LockShiftAsync(id, ct);
        return await db.Shifts.SingleOrDefaultAsync(s => s.Id == id && s.State == ShiftState.Closed && s.ToDeposit > 0, ct);
    }

    private bool Arrive(TillShift shift, Guid source, DateTimeOffset now)
    {
        if (!shift.Arrive(now))
            return false;
        books.Arrived(shift, source);
        Arrived(log, shift.Id, shift.ToDeposit);
        return true;
    }

    [LoggerMessage(4161, LogLevel.Information, "The cash of shift {ShiftId} is on the account: {Amount} đồng")]
    private static partial void Arrived(ILogger log, Guid shiftId, long amount);
}
