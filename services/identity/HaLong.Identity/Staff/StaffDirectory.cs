using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Staff;

/// <summary>What an account may do on a day and for which unit.</summary>
/// <param name="Roles">Roles as tokens carry them.</param>
/// <param name="Unit">Code of the unit they hold for; null for people of the public.</param>
internal sealed record Standing(IReadOnlyList<string> Roles, string? Unit);

/// <summary>Answers who works where and as what.</summary>
internal sealed class StaffDirectory(IdentityDbContext db)
{
    public Task<Standing> StandingOfAsync(Account account, DateTimeOffset now, CancellationToken ct) =>
        db.Accounts.Where(a => a.Id == account.Id).Select(a => new Standing(a.Roles, a.UnitCode)).SingleAsync(ct);
}
