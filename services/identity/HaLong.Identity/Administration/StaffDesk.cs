using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Administration;

/// <summary>Loads staff for those who administer them. What is outside the caller's responsibility does not exist for him.</summary>
internal sealed class StaffDesk(IdentityDbContext db, PersonalNumbers numbers, TimeProvider time)
{
    public DateOnly Today => LocalTime.Date(time.GetUtcNow());

    /// <summary>Everybody who works, worked, or is asked to work for a unit of the scope.</summary>
    public IQueryable<Account> Visible(Scope scope)
    {
        var units = scope.Ids;
        return db.Accounts.Where(a => db.Assignments.Any(s => s.AccountId == a.Id && units.Contains(s.UnitId))
            || db.RoleGrants.Any(g => g.AccountId == a.Id && units.Contains(g.UnitId)));
    }

    /// <summary>Somebody whose rights the caller may change: never his own.</summary>
    public async Task<Result<Account>> TakeAsync(Guid id, Scope scope, CancellationToken ct)
    {
        if (await Visible(scope).SingleOrDefaultAsync(a => a.Id == id, ct) is not { } account)
            return IdentityErrors.StaffNotFound;
        return account.Id == scope.Person ? IdentityErrors.OwnRights : account;
    }

    /// <summary>Somebody whose account as a whole the caller may act on: nobody else is responsible for a part of it.</summary>
    public async Task<Result<Account>> TakeWholeAsync(Guid id, Scope scope, HttpRequest request, CancellationToken ct)
    {
        var taken = await TakeAsync(id, scope, ct);
        if (!taken.IsSuccess)
            return taken.Error;
        var units = scope.Ids;
        var today = Today;
        if (await db.Assignments.AnyAsync(a => a.AccountId == id && a.RevokedAt == null && (a.ValidTo == null || a.ValidTo >= today) && !units.Contains(a.UnitId), ct))
            return IdentityErrors.WorksElsewhere;
        return Etag.Check(request, taken.Value.Version) is { } stale ? stale : taken;
    }

    public async Task<StaffView> ViewAsync(Account account, Scope scope, CancellationToken ct)
    {
        var units = scope.Ids;
        var assignments = await db.Assignments.AsNoTracking().Where(a => a.AccountId == account.Id && units.Contains(a.UnitId))
            .OrderByDescending(a => a.ValidFrom).ThenBy(a => a.Id).ToListAsync(ct);
        var grants = await db.RoleGrants.AsNoTracking().Where(g => g.AccountId == account.Id && units.Contains(g.UnitId) && g.State == RoleGrant.Pending)
            .OrderBy(g => g.Id).ToListAsync(ct);
        var now = time.GetUtcNow();
        return new StaffView(
            account.Id, account.Kind, account.UserName, account.DisplayName, numbers.Of(account)?.ToString(), account.Email, account.Phone, account.Language,
            account.HelperKind, account.IsClosed, account.PasswordHash.Length > 0,
            [.. assignments.Select(a => AssignmentView.Of(a, scope.Units[a.UnitId]))],
            [.. grants.Where(g => g.StateAt(now) == RoleGrant.Pending).Select(g => GrantView.Of(g, account.DisplayName, scope.Units[g.UnitId], now))],
            account.CreatedAt, account.Version);
    }

    public async Task<IResult> ShowAsync(Account account, Scope scope, HttpContext http, CancellationToken ct)
    {
        Etag.Set(http.Response, account.Version);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await ViewAsync(account, scope, ct));
    }
}
