using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Staff;
using HaLong.Identity.Units;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Administration;

/// <summary>The second pair of eyes: confirms or refuses what another administrator asked for; or that one takes it back.</summary>
internal sealed class DecideGrant(IdentityDbContext db, AdminScope scopes, StaffDesk desk, StaffRegister staff, RoleGrants grants, AuditTrail audit, TimeProvider time)
{
    /// <param name="Reason">Why not.</param>
    internal sealed record Refusal(string? Reason);

    public static Task<IResult> ConfirmAsync(Guid id, DecideGrant handler, HttpContext http, CancellationToken ct) => handler.ConfirmAsync(id, http, ct);

    public static Task<IResult> RefuseAsync(Guid id, Refusal? request, DecideGrant handler, HttpContext http, CancellationToken ct) =>
        handler.RefuseAsync(id, request?.Reason, http, ct);

    public static Task<IResult> WithdrawAsync(Guid id, DecideGrant handler, HttpContext http, CancellationToken ct) => handler.WithdrawAsync(id, http, ct);

    private async Task<IResult> ConfirmAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        await using var turn = await db.ShareUnitsAsync(ct);
        var scope = await scopes.ReadAsync(ct);
        var taken = await TakeAsync(id, scope, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var grant = taken.Value;
        var now = time.GetUtcNow();
        if (grant.WhyNot(scope.Person, now) is { } error)
            return error.ToProblem();
        var account = await db.Accounts.SingleAsync(a => a.Id == grant.AccountId, ct);
        if (account.IsClosed)
            return IdentityErrors.StaffClosed.ToProblem();
        // A request that waited until nothing is left of its time, or of its unit, has run out.
        var terms = grant.TermsFrom(desk.Today);
        var unit = scope.Units[grant.UnitId];
        if (terms.ValidTo < terms.ValidFrom || !unit.IsValidOn(terms.ValidFrom))
            return IdentityErrors.GrantExpired.ToProblem();
        if (await grants.ClashAsync(account.Id, unit, terms, grant.Id, ct) is { } clash)
            return clash.ToProblem();

        var before = GrantView.ForAudit(grant);
        var assignment = await staff.OpenAsync(account, unit, terms, grant.RequestedBy, ct);
        grant.Confirm(scope.Person, assignment.Id, now);
        audit.Record("grant.confirmed", AuditTarget.Account, account.Id, unit.Id, before, GrantView.ForAudit(grant));
        return await SaveAsync(grant, account, unit, turn, http, ct);
    }

    private async Task<IResult> RefuseAsync(Guid id, string? reason, HttpContext http, CancellationToken ct)
    {
        await using var turn = await db.ShareUnitsAsync(ct);
        var scope = await scopes.ReadAsync(ct);
        var taken = await TakeAsync(id, scope, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        if (taken.Value.WhyNot(scope.Person, time.GetUtcNow()) is { } error)
            return error.ToProblem();
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
            return IdentityErrors.InvalidAdministration.WithField("reason", "Hãy nêu lý do, tối đa 500 ký tự.", "Say why, in at most 500 characters.").ToProblem();
        return await EndAsync(taken.Value, RoleGrant.Refused, reason.Trim(), scope, turn, http, ct);
    }

    private async Task<IResult> WithdrawAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        await using var turn = await db.ShareUnitsAsync(ct);
        var scope = await scopes.ReadAsync(ct);
        var taken = await TakeAsync(id, scope, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var grant = taken.Value;
        if (grant.RequestedBy != scope.Person)
            return CommonErrors.Forbidden.ToProblem();
        return grant.StateAt(time.GetUtcNow()) == RoleGrant.Pending
            ? await EndAsync(grant, RoleGrant.Withdrawn, null, scope, turn, http, ct)
            : IdentityErrors.GrantDecided.ToProblem();
    }

    private async Task<IResult> EndAsync(RoleGrant grant, string state, string? reason, Scope scope, UnitLock.Turn turn, HttpContext http, CancellationToken ct)
    {
        var before = GrantView.ForAudit(grant);
        grant.Decide(state, scope.Person, reason, time.GetUtcNow());
        audit.Record("grant." + state, AuditTarget.Account, grant.AccountId, grant.UnitId, before, GrantView.ForAudit(grant));
        var account = await db.Accounts.SingleAsync(a => a.Id == grant.AccountId, ct);
        return await SaveAsync(grant, account, scope.Units[grant.UnitId], turn, http, ct);
    }

    private async Task<IResult> SaveAsync(RoleGrant grant, Account account, Unit unit, UnitLock.Turn turn, HttpContext http, CancellationToken ct)
    {
        // Of two who decide at the same moment, one finds the row changed and is told so.
        await db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        Etag.Set(http.Response, grant.Version);
        return TypedResults.Ok(GrantView.Of(grant, account.DisplayName, unit, time.GetUtcNow()));
    }

    private async Task<Result<RoleGrant>> TakeAsync(Guid id, Scope scope, HttpRequest request, CancellationToken ct)
    {
        var grant = await db.RoleGrants.SingleOrDefaultAsync(g => g.Id == id, ct);
        if (grant is null || !scope.Covers(grant.UnitId))
            return IdentityErrors.GrantNotFound;
        return Etag.Check(request, grant.Version) is { } stale ? stale : grant;
    }
}
