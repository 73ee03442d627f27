using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Staff;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Administration;

/// <summary>Appoints: at once where one administrator is enough, else by a request that a second one confirms.</summary>
internal sealed class RoleGrants(IdentityDbContext db, StaffRegister staff, AuditTrail audit, TimeProvider time)
{
    /// <summary>What became of an appointment: one of the two.</summary>
    internal readonly record struct Outcome(Assignment? Assignment, RoleGrant? Grant);

    public async Task<Result<Outcome>> AppointAsync(Account account, Unit unit, AssignmentTerms terms, Guid by, CancellationToken ct)
    {
        if (await ClashAsync(account.Id, unit, terms, null, ct) is { } clash)
            return clash;
        if (!RoleGrant.NeedsSecond(terms.Roles))
        {
            var assignment = await staff.OpenAsync(account, unit, terms, by, ct);
            audit.Record("assignment.opened", AuditTarget.Account, account.Id, unit.Id, null, AssignmentView.ForAudit(assignment));
            return new Outcome(assignment, null);
        }

        var now = time.GetUtcNow();
        var grant = RoleGrant.Request(Guid.CreateVersion7(now), account.Id, unit, terms, by, now);
        db.RoleGrants.Add(grant);
        audit.Record("grant.requested", AuditTarget.Account, account.Id, unit.Id, null, GrantView.ForAudit(grant));
        return new Outcome(null, grant);
    }

    /// <summary>Refuses a role that the person already has, or that is already asked for, in this unit at the time.</summary>
    public async Task<Error?> ClashAsync(Guid accountId, Unit unit, AssignmentTerms terms, Guid? exceptGrant, CancellationToken ct)
    {
        var held = await db.Assignments.AsNoTracking().Where(a => a.AccountId == accountId && a.UnitId == unit.Id).ToListAsync(ct);
        if (held.Any(a => a.Overlaps(terms.ValidFrom, terms.ValidTo) && a.Roles.Intersect(terms.Roles).Any()))
            return IdentityErrors.AlreadyAssigned;
        var now = time.GetUtcNow();
        var asked = await db.RoleGrants.AsNoTracking()
            .Where(g => g.AccountId == accountId && g.UnitId == unit.Id && g.State == RoleGrant.Pending && g.ExpiresAt > now && g.Id != exceptGrant).ToListAsync(ct);
        return asked.Any(g => g.Roles.Intersect(terms.Roles).Any()) ? IdentityErrors.GrantWaiting : null;
    }

    /// <summary>Writes down what has run out.</summary>
    public static Task ExpireAsync(IdentityDbContext db, DateTimeOffset now, CancellationToken ct) => db.RoleGrants
        .Where(g => g.State == RoleGrant.Pending && g.ExpiresAt <= now)
        .ExecuteUpdateAsync(g => g.SetProperty(x => x.State, RoleGrant.Expired), ct);
}
