using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Sessions;

/// <summary><c>GET /api/v1/me/sessions</c>: the open sign-ins of whoever is signed in, newest first.</summary>
internal static class ListSessions
{
    /// <param name="Id">To end it by.</param>
    /// <param name="Current">The session of the token that asks.</param>
    /// <param name="StartedAt">When the person signed in.</param>
    /// <param name="LastSeenAt">When it was last used.</param>
    /// <param name="Device">What the browser or app called itself.</param>
    /// <param name="Address">Network address without its last part.</param>
    /// <param name="Methods">How the person proved who they are, RFC 8176 words.</param>
    /// <param name="Clients">Front ends that got tokens in it.</param>
    internal sealed record View(
        Guid Id, bool Current, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, string Device, string Address, IReadOnlyList<string> Methods, IReadOnlyList<string> Clients);

    public static async Task<IResult> HandleAsync(
        Caller caller, IdentityDbContext db, IOptions<SessionOptions> options, TimeProvider time, HttpContext http, string? after, int? limit, CancellationToken ct)
    {
        // Whoever acts for somebody sees that person's dossiers, not where that person is signed in.
        if (caller.ActsForAnother)
            return IdentityErrors.OwnSessionsOnly.ToProblem();
        var size = Cursor.Limit(limit);
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        var cursor = Cursor.Decode(after, 1);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();

        http.Response.Headers.CacheControl = "no-store";
        var sessions = await ReadAsync(db, caller.AccountId, cursor.Value is [var id] && Guid.TryParse(id, out var last) ? last : null, size.Value + 1, ct);
        var page = Page.Of(sessions, size.Value, s => [s.Id.ToString()]);
        var now = time.GetUtcNow();
        var open = page.Items.Where(s => !options.Value.IsOver(s, now)).ToList();
        var clients = (await db.SessionClients.Where(c => open.Select(s => s.Id).Contains(c.SessionId)).OrderBy(c => c.FirstAt).ToListAsync(ct)).ToLookup(c => c.SessionId, c => c.ClientId);
        return TypedResults.Ok(new Page<View>(
            [.. open.Select(s => new View(s.Id, s.Id == caller.SessionId, s.StartedAt, s.LastSeenAt, s.Device, s.Address, s.Methods, [.. clients[s.Id]]))], page.After));
    }

    /// <summary>Ids are made in the order of time.</summary>
    internal static Task<List<Session>> ReadAsync(IdentityDbContext db, Guid accountId, Guid? after, int count, CancellationToken ct) => db.Sessions.AsNoTracking()
        .Where(s => s.AccountId == accountId && s.EndedAt == null && (after == null || s.Id < after))
        .OrderByDescending(s => s.Id).Take(count).ToListAsync(ct);
}
