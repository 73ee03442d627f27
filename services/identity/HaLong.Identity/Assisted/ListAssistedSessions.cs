using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Assisted;

/// <summary>Assisted sessions, newest first: a helper's own, or those in which a citizen was assisted.</summary>
internal sealed class ListAssistedSessions(IdentityDbContext db, AssistedDesk desk, Caller caller)
{
    public Task<IResult> OfHelperAsync(string? after, int? limit, HttpContext http, CancellationToken ct) =>
        ListAsync(db.AssistedSessions.Where(s => s.HelperId == caller.AccountId), after, limit, http, ct);

    public Task<IResult> OfCitizenAsync(string? after, int? limit, HttpContext http, CancellationToken ct) =>
        ListAsync(db.AssistedSessions.Where(s => s.CitizenId == caller.AccountId), after, limit, http, ct);

    /// <summary>One session, for its helper, its citizen, and while it waits for a witness for the helpers of its unit.</summary>
    public async Task<IResult> GetAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var unit = caller.IsInRole(Roles.Helper) ? caller.Unit : null;
        var found = await db.AssistedSessions.AsNoTracking().SingleOrDefaultAsync(
            s => s.Id == id && (s.HelperId == caller.AccountId || s.CitizenId == caller.AccountId
                || (unit != null && s.HelperUnit == unit && s.State == AssistedState.AwaitingWitness)), ct);
        return found is null ? IdentityErrors.AssistedNotFound.ToProblem() : await desk.ShowAsync(found, http, ct);
    }

    private async Task<IResult> ListAsync(IQueryable<AssistedSession> sessions, string? after, int? limit, HttpContext http, CancellationToken ct)
    {
        var size = Cursor.Limit(limit);
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        var cursor = Cursor.Decode(after, 1);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        if (cursor.Value is [var key])
        {
            if (!Guid.TryParse(key, out var last))
                return IdentityErrors.AssistedInvalid.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
            sessions = sessions.Where(s => s.Id < last);
        }

        var rows = await sessions.AsNoTracking().OrderByDescending(s => s.Id).Take(size.Value + 1).ToListAsync(ct);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(Page.Of(await desk.ViewsAsync(rows, ct), size.Value, s => [s.Id.ToString()]));
    }
}
