using HaLong.Identity.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Factors;

/// <summary>In how many ways an account can be signed in to: the last one must not be removed.</summary>
internal sealed class WaysIn(IdentityDbContext db)
{
    public Task<int> CountAsync(Guid accountId, CancellationToken ct) => db.Accounts.Where(a => a.Id == accountId)
        .Select(a => (a.PasswordHash == "" ? 0 : 1) + db.Passkeys.Count(p => p.AccountId == accountId) + db.ExternalLogins.Count(l => l.AccountId == accountId))
        .SingleAsync(ct);
}
