using HaLong.Payments.Domain;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Cases;

/// <summary>Which cases a cashier may see, and the one that he works on.</summary>
internal sealed class CaseDesk(PaymentDbContext db, Caller caller)
{
    /// <summary>Those of the caller's unit, and those of nobody known.</summary>
    public IQueryable<MoneyCase> Visible => db.Cases.Where(c => c.UnitCode == null || c.UnitCode == caller.Unit);

    /// <summary>A case to be changed, locked to the end of the transaction; checks If-Match.</summary>
    public async Task<Result<MoneyCase>> TakeAsync(Guid id, HttpRequest request, CancellationToken ct)
    {
        await db.Database.SqlQuery<Guid>($"SELECT id FROM money_case WHERE id = {id} FOR UPDATE").ToListAsync(ct);
        if (await Visible.SingleOrDefaultAsync(c => c.Id == id, ct) is not { } found)
            return CaseErrors.NotFound;
        return Etag.Check(request, found.Version) is { } stale ? stale : found;
    }

    public Task<BankNotice> NoticeOfAsync(MoneyCase of, CancellationToken ct) => db.Notices.AsNoTracking().SingleAsync(n => n.Id == of.NoticeId, ct);
}
