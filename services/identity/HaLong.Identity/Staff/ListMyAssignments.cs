using HaLong.Identity.Persistence;
using HaLong.Identity.Units;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Staff;

/// <summary>Where the person signed in works, for choosing the unit to work for: the parameter unit of the authorization request.</summary>
internal static class ListMyAssignments
{
    /// <param name="Id">The assignment.</param>
    /// <param name="Unit">The unit.</param>
    /// <param name="Title">Title there.</param>
    /// <param name="Roles">Roles held there.</param>
    /// <param name="ValidFrom">First day; can lie ahead.</param>
    /// <param name="ValidTo">Last day, or null.</param>
    /// <param name="Primary">The unit tokens are for unless another is asked for.</param>
    /// <param name="Current">The unit this token is for.</param>
    internal sealed record View(
        Guid Id, UnitName Unit, string Title, IReadOnlyList<string> Roles, DateOnly ValidFrom, DateOnly? ValidTo, bool Primary, bool Current);

    public static async Task<IResult> HandleAsync(Caller caller, IdentityDbContext db, TimeProvider time, HttpContext http, CancellationToken ct)
    {
        var today = LocalTime.Date(time.GetUtcNow());
        var rows = await (
            from assignment in db.Assignments.AsNoTracking()
            join unit in db.Units.AsNoTracking() on assignment.UnitId equals unit.Id
            where assignment.AccountId == caller.AccountId && assignment.RevokedAt == null && (assignment.ValidTo == null || assignment.ValidTo >= today)
                && (unit.ValidTo == null || unit.ValidTo >= today)
            orderby assignment.ValidFrom, assignment.Id
            select new { Assignment = assignment, Unit = unit }).ToListAsync(ct);
        http.Response.Headers.CacheControl = "no-store";
        // Nobody works for more units than fit one page.
        return TypedResults.Ok(new Page<View>(
            rows.ConvertAll(r => new View(
                r.Assignment.Id, UnitName.Of(r.Unit), r.Assignment.Title, r.Assignment.Roles, r.Assignment.ValidFrom, r.Assignment.ValidTo,
                r.Assignment.IsPrimary, r.Assignment.IsHeldOn(today) && r.Assignment.UnitCode == caller.Unit)),
            null));
    }
}
