using HaLong.Identity.Domain;
using HaLong.Identity.Factors;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Federation;

/// <summary>The providers an account is linked to.</summary>
internal sealed class LinkedProviders(IdentityDbContext db, FactorChanges changes, WaysIn ways, SecurityNotices notices)
{
    public async Task<IReadOnlyList<ExternalLogin>> OfAsync(Guid accountId, CancellationToken ct) =>
        await db.ExternalLogins.AsNoTracking().Where(l => l.AccountId == accountId).OrderBy(l => l.LinkedAt).ToListAsync(ct);

    public async Task<Result> UnlinkAsync(Account account, Guid id, CancellationToken ct)
    {
        await using var transaction = await changes.LockAsync(account.Id, ct);
        if (await db.ExternalLogins.SingleOrDefaultAsync(l => l.AccountId == account.Id && l.Id == id, ct) is not { } login)
            return IdentityErrors.LinkNotFound;
        if (await ways.CountAsync(account.Id, ct) <= 1)
            return IdentityErrors.LastWayIn;
        db.ExternalLogins.Remove(login);
        notices.Add(account.Id, SecurityChange.ProviderUnlinked);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Success;
    }
}
