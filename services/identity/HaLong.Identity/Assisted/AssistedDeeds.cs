using HaLong.Identity.Authorisation;
using HaLong.Identity.Contracts;
using HaLong.Identity.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Assisted;

/// <summary>
/// Binds an assisted session to its dossier and counts what is done in it, in statements that decide by themselves: of two first dossiers at
/// the same moment one wins, and a session that is ended meanwhile lets nothing through.
/// </summary>
internal sealed class AssistedDeeds(IdentityDbContext db, TimeProvider time)
{
    public async Task<Ruling> CommitAsync(Guid sessionId, Question question, Ruling ruling, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var bound = ruling.DossierId;
        if (question.DossierId is { } dossier && bound is null)
        {
            await db.AssistedSessions
                .Where(s => s.Id == sessionId && s.State == AssistedState.Active && s.ExpiresAt > now && s.DossierId == null)
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.DossierId, dossier), ct);
            bound = await db.AssistedSessions.Where(s => s.Id == sessionId && s.State == AssistedState.Active).Select(s => s.DossierId).SingleOrDefaultAsync(ct);
            if (bound is null)
                return Ruling.No(RefusalReasons.NotActive);
            // Who opens a dossier is told the id that the session holds already: an opening that broke off can be repeated, a second dossier cannot be made.
            if (bound != dossier && !question.Opens)
                return Ruling.No(RefusalReasons.Dossier);
        }

        return await CountAsync(sessionId, question.Act, now, ct) ? ruling with { DossierId = bound } : Ruling.No(RefusalReasons.NotActive);
    }

    /// <summary>Notes the first of its kind in a session that is being saved. Does not save.</summary>
    public void Add(Guid sessionId, string act, DateTimeOffset now) => db.AssistedDeeds.Add(new AssistedDeed { SessionId = sessionId, Act = act, Count = 1, LastAt = now });

    /// <summary>Counts one more; false when the session is over.</summary>
    public async Task<bool> CountAsync(Guid sessionId, string act, DateTimeOffset now, CancellationToken ct) => await db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO assisted_deed AS d (session_id, act, count, last_at)
        SELECT s.id, {act}, 1, {now} FROM assisted_session s WHERE s.id = {sessionId} AND s.state = {AssistedState.Active} AND s.expires_at > {now} FOR SHARE
        ON CONFLICT (session_id, act) DO UPDATE SET count = d.count + 1, last_at = excluded.last_at
        """, ct) == 1;
}
