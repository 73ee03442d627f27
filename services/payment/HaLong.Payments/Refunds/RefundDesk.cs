using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Refunds;

/// <summary>Refunds of the caller's unit, and changing one of them.</summary>
internal sealed class RefundDesk(PaymentDbContext db, Caller caller)
{
    private static readonly string[] Reviewers = [Roles.Leader, Roles.Chief, Roles.Approver];

    public static bool MayReview(Caller caller) => Reviewers.Any(caller.IsInRole);

    public IQueryable<MoneyRefund> OfUnit => db.Refunds.Where(r => r.UnitCode == caller.Unit);

    /// <summary>Locks a refund, changes it, saves, and answers with it.</summary>
    public async Task<IResult> ChangeAsync(Guid id, HttpContext http, Func<MoneyRefund, Task<Result>> change, CancellationToken ct)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await db.Database.SqlQuery<Guid>($"SELECT id FROM money_refund WHERE id = {id} FOR UPDATE").ToListAsync(ct);
        if (await OfUnit.SingleOrDefaultAsync(r => r.Id == id, ct) is not { } refund)
            return RefundErrors.NotFound.ToProblem();
        if (Etag.Check(http.Request, refund.Version) is { } stale)
            return stale.ToProblem();
        var changed = await change(refund);
        if (!changed.IsSuccess)
            return changed.Error.ToProblem();
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        Etag.Set(http.Response, refund.Version);
        return TypedResults.Ok(RefundView.Of(refund));
    }
}
