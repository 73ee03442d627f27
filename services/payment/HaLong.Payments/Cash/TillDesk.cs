using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Cash;

/// <summary>Which shifts somebody may see, and changing one of them.</summary>
internal sealed class TillDesk(PaymentDbContext db, Caller caller)
{
    private static readonly string[] Readers = [Roles.Cashier, Roles.Leader, Roles.Chief];

    /// <summary>Who may agree to a count.</summary>
    public static bool MayReview(Caller caller) => Readers.Any(caller.IsInRole);

    /// <summary>Those of the unit; auditors see all. A refusal for everybody else.</summary>
    public Result<IQueryable<TillShift>> Visible() => caller.IsInRole(Roles.Auditor) ? Result.Of<IQueryable<TillShift>>(db.Shifts)
        : MayReview(caller) ? Result.Of(OfUnit)
        : CashErrors.NotReader;

    private IQueryable<TillShift> OfUnit => db.Shifts.Where(s => s.UnitCode == caller.Unit);

    /// <summary>The caller's own shift that still takes cash, locked.</summary>
    public async Task<TillShift?> OwnAsync(CancellationToken ct)
    {
        await db.Database.SqlQuery<Guid>($"SELECT id FROM till_shift WHERE cashier_id = {caller.ActorId} AND state <> 'closed' FOR UPDATE").ToListAsync(ct);
        return await OfUnit.SingleOrDefaultAsync(s => s.CashierId == caller.ActorId && s.State != ShiftState.Closed, ct);
    }

    /// <summary>Locks a shift of the unit, changes it, saves, and answers with it.</summary>
    public async Task<IResult> ChangeAsync(Guid id, HttpContext http, Func<TillShift, Task<Result>> change, CancellationToken ct)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await db.LockShiftAsync(id, ct);
        if (await OfUnit.SingleOrDefaultAsync(s => s.Id == id, ct) is not { } shift)
            return CashErrors.ShiftNotFound.ToProblem();
        if (Etag.Check(http.Request, shift.Version) is { } stale)
            return stale.ToProblem();
        var changed = await change(shift);
        if (!changed.IsSuccess)
            return changed.Error.ToProblem();
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        Etag.Set(http.Response, shift.Version);
        return TypedResults.Ok(ShiftView.Of(shift));
    }
}
