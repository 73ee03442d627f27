using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using HaLong.Identity.SignIn;
using HaLong.Identity.Staff;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Administration;

/// <summary>Acts on an account of staff as a whole: close it, lift the lock after wrong passwords, end all its sessions.</summary>
internal sealed class StaffAccess(
    IdentityDbContext db, AdminScope scopes, StaffDesk desk, StaffRegister staff, Revocations revocations, SignInLimiter limiter, AuditTrail audit, TimeProvider time)
{
    public static Task<IResult> CloseAsync(Guid id, StaffAccess handler, HttpContext http, CancellationToken ct) => handler.CloseAsync(id, http, ct);

    public static Task<IResult> UnlockAsync(Guid id, StaffAccess handler, HttpContext http, CancellationToken ct) => handler.UnlockAsync(id, http, ct);

    public static Task<IResult> EndSessionsAsync(Guid id, StaffAccess handler, HttpContext http, CancellationToken ct) => handler.EndSessionsAsync(id, http, ct);

    private async Task<IResult> CloseAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var scope = await scopes.ReadAsync(ct);
        var taken = await desk.TakeWholeAsync(id, scope, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var account = taken.Value;
        if (account.IsClosed)
            return await desk.ShowAsync(account, scope, http, ct);

        var assignments = await db.Assignments.Where(a => a.AccountId == id && a.RevokedAt == null).ToListAsync(ct);
        foreach (var assignment in assignments.Where(a => !a.IsOver(desk.Today)))
            staff.End(account, assignment, null, ReleaseReasons.AccountClosed, null);
        foreach (var grant in await db.RoleGrants.Where(g => g.AccountId == id && g.State == RoleGrant.Pending).ToListAsync(ct))
            grant.Decide(RoleGrant.Withdrawn, scope.Person, null, time.GetUtcNow());
        account.Close();
        await revocations.EndAllAsync(id, EndReasons.AccountClosed, null, ct);
        revocations.RightsChanged(account);
        audit.Record("staff.closed", AuditTarget.Account, id, UnitOf(assignments, scope), new { Closed = false }, new { Closed = true });
        await db.SaveChangesAsync(ct);
        return await desk.ShowAsync(account, scope, http, ct);
    }

    private async Task<IResult> UnlockAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var scope = await scopes.ReadAsync(ct);
        var taken = await desk.TakeWholeAsync(id, scope, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        await limiter.LiftAsync(id, ct);
        audit.Record("staff.unlocked", AuditTarget.Account, id, await UnitOfAsync(id, scope, ct), null, null);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    private async Task<IResult> EndSessionsAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var scope = await scopes.ReadAsync(ct);
        var taken = await desk.TakeWholeAsync(id, scope, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        await revocations.EndAllAsync(id, EndReasons.EndedByAdministrator, null, ct);
        audit.Record("staff.sessions_ended", AuditTarget.Account, id, await UnitOfAsync(id, scope, ct), null, null);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    private async Task<string?> UnitOfAsync(Guid id, Scope scope, CancellationToken ct) =>
        UnitOf(await db.Assignments.AsNoTracking().Where(a => a.AccountId == id).ToListAsync(ct), scope);

    // The unit in whose audit it shows: the one the person works for, or did last.
    private static string? UnitOf(IEnumerable<Assignment> assignments, Scope scope) =>
        assignments.Where(a => scope.Covers(a.UnitId)).OrderByDescending(a => a.IsPrimary).ThenByDescending(a => a.ValidFrom).FirstOrDefault()?.UnitId ?? scope.Root?.Id;
}
