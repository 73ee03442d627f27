using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Units;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Administration;

/// <summary>Appoints somebody to a unit: at once, or as a request that a second administrator confirms.</summary>
internal static class AddAssignment
{
    public static async Task<IResult> HandleAsync(
        Guid id, AppointmentInput request, IdentityDbContext db, AdminScope scopes, StaffDesk desk, RoleGrants grants, HttpContext http, TimeProvider time,
        CancellationToken ct)
    {
        await using var turn = await db.ShareUnitsAsync(ct);
        var scope = await scopes.ReadAsync(ct);
        var taken = await desk.TakeAsync(id, scope, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var account = taken.Value;
        if (account.IsClosed)
            return IdentityErrors.StaffClosed.ToProblem();
        var isFirst = !await db.Assignments.AnyAsync(a => a.AccountId == id && a.IsPrimary && a.RevokedAt == null && (a.ValidTo == null || a.ValidTo >= desk.Today), ct);
        var (terms, unit, error) = request.Read(account.Kind, isFirst, scope, desk.Today);
        if (error is not null || unit is null)
            return (error ?? IdentityErrors.InvalidAdministration).ToProblem();

        var appointed = await grants.AppointAsync(account, unit, terms, scope.Person, ct);
        if (!appointed.IsSuccess)
            return appointed.Error.ToProblem();
        await db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        if (appointed.Value.Grant is { } grant)
        {
            Etag.Set(http.Response, grant.Version);
            return TypedResults.Accepted($"/api/v1/admin/grants/{grant.Id}", GrantView.Of(grant, account.DisplayName, unit, time.GetUtcNow()));
        }

        var assignment = appointed.Value.Assignment!; // The one when it is not the other.
        Etag.Set(http.Response, assignment.Version);
        return TypedResults.Created($"/api/v1/admin/staff/{id}/assignments/{assignment.Id}", AssignmentView.Of(assignment, unit));
    }
}
