using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Administration;

/// <summary>Requests for roles within the caller's responsibility, latest first.</summary>
internal static class ListGrants
{
    public static async Task<IResult> HandleAsync(
        IdentityDbContext db, AdminScope scopes, TimeProvider time, CancellationToken ct, string? state = null, string? after = null, int? limit = null)
    {
        if (state is not null && !RoleGrant.States.Contains(state))
        {
            return IdentityErrors.InvalidAdministration.WithField("state", "Trạng thái là " + string.Join(", ", RoleGrant.States) + ".",
                "The state is one of " + string.Join(", ", RoleGrant.States) + ".").ToProblem();
        }

        var size = Cursor.Limit(limit);
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        var cursor = Cursor.Decode(after, 1);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        var scope = await scopes.ReadAsync(ct);
        var units = scope.Ids;
        var now = time.GetUtcNow();
        var grants = db.RoleGrants.AsNoTracking().Where(g => units.Contains(g.UnitId));
        grants = state switch
        {
            null => grants,
            RoleGrant.Pending => grants.Where(g => g.State == state && g.ExpiresAt > now),
            RoleGrant.Expired => grants.Where(g => g.State == state || (g.State == RoleGrant.Pending && g.ExpiresAt <= now)),
            _ => grants.Where(g => g.State == state),
        };
        if (cursor.Value is [var text])
        {
            if (!Guid.TryParse(text, out var last))
                return CommonErrors.BadRequest.ToProblem();
            grants = grants.Where(g => g.Id < last);
        }

        var found = await grants.OrderByDescending(g => g.Id).Take(size.Value + 1)
            .Join(db.Accounts, g => g.AccountId, a => a.Id, (g, a) => new { Grant = g, a.DisplayName }).OrderByDescending(r => r.Grant.Id).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(
            found.ConvertAll(r => GrantView.Of(r.Grant, r.DisplayName, scope.Units[r.Grant.UnitId], now)), size.Value, g => [g.Id.ToString()]));
    }

    public static async Task<IResult> OneAsync(Guid id, IdentityDbContext db, AdminScope scopes, TimeProvider time, HttpContext http, CancellationToken ct)
    {
        var scope = await scopes.ReadAsync(ct);
        var grant = await db.RoleGrants.AsNoTracking().SingleOrDefaultAsync(g => g.Id == id, ct);
        if (grant is null || !scope.Covers(grant.UnitId))
            return IdentityErrors.GrantNotFound.ToProblem();
        Etag.Set(http.Response, grant.Version);
        var name = await db.Accounts.Where(a => a.Id == grant.AccountId).Select(a => a.DisplayName).SingleAsync(ct);
        return TypedResults.Ok(GrantView.Of(grant, name, scope.Units[grant.UnitId], time.GetUtcNow()));
    }
}
