using HaLong.Identity.Codes;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Assisted;

/// <summary>Loads assisted sessions for who may have them, and closes them with what belongs to the end.</summary>
internal sealed class AssistedDesk(IdentityDbContext db, DirectNotices notices, Caller caller, TimeProvider time)
{
    /// <summary>What the code of a session is bound to: it opens nothing else.</summary>
    public static string BoundTo(Guid sessionId) => "assisted:" + sessionId.ToString("N");

    /// <summary>A session that the caller has opened as helper.</summary>
    public async Task<Result<AssistedSession>> TakeOwnAsync(Guid id, HttpRequest request, CancellationToken ct) =>
        Check(await db.AssistedSessions.SingleOrDefaultAsync(s => s.Id == id && s.HelperId == caller.AccountId, ct), request);

    /// <summary>A session of which the caller is helper or citizen.</summary>
    public async Task<Result<AssistedSession>> TakeOfBothAsync(Guid id, HttpRequest request, CancellationToken ct) => Check(
        await db.AssistedSessions.SingleOrDefaultAsync(s => s.Id == id && (s.HelperId == caller.AccountId || s.CitizenId == caller.AccountId), ct), request);

    /// <summary>A session that waits for a witness, for every helper of its unit.</summary>
    public async Task<Result<AssistedSession>> TakeToWitnessAsync(Guid id, HttpRequest request, CancellationToken ct) => Check(
        await db.AssistedSessions.SingleOrDefaultAsync(s => s.Id == id && (s.HelperId == caller.AccountId || (s.HelperUnit == caller.Unit && s.State == AssistedState.AwaitingWitness)), ct),
        request);

    /// <summary>Makes room for a new session with a citizen; false when the caller has one that is not over.</summary>
    public async Task<bool> CloseLapsedAsync(byte[] citizenIndex, CancellationToken ct)
    {
        var known = await db.AssistedSessions.SingleOrDefaultAsync(s => s.HelperId == caller.AccountId && s.CitizenIndex == citizenIndex && s.EndedAt == null, ct);
        if (known is null)
            return true;
        if (!known.Expire(time.GetUtcNow()))
            return false;
        await CloseAsync(known, ct);
        await db.SaveChangesAsync(ct);
        return true;
    }

    /// <summary>
    /// To be called when a session has ended: tells the world what was done, and the citizen by SMS where to see it. Does not save.
    /// </summary>
    public async Task CloseAsync(AssistedSession session, CancellationToken ct)
    {
        var deeds = await db.AssistedDeeds.AsNoTracking().Where(d => d.SessionId == session.Id).ToDictionaryAsync(d => d.Act, d => d.Count, ct);
        db.Enqueue(new AssistedSessionClosed(
            session.Id, session.HelperId, session.CitizenId, session.HelperUnit, session.PlaceKind, session.State, session.ConsentKind, session.DossierId, deeds,
            session.ConsentedAt, session.EndedAt!.Value));
        // Who never agreed was never helped, and is not written to.
        if (session.ConsentedAt is null || await db.Accounts.SingleOrDefaultAsync(a => a.Id == session.CitizenId && !a.IsClosed, ct) is not { } citizen)
            return;
        if (AssistedRules.Mobile(citizen.Phone) is { } phone)
            notices.AddSms(phone, citizen.Language, NoticeTemplates.AssistedSummary, new Dictionary<string, string> { ["reference"] = Reference(session.Id) });
    }

    public async Task<AssistedView> ViewAsync(AssistedSession session, CancellationToken ct) => (await ViewsAsync([session], ct))[0];

    public async Task<List<AssistedView>> ViewsAsync(List<AssistedSession> sessions, CancellationToken ct)
    {
        var ids = sessions.ConvertAll(s => s.Id);
        var deeds = (await db.AssistedDeeds.AsNoTracking().Where(d => ids.Contains(d.SessionId)).ToListAsync(ct)).ToLookup(d => d.SessionId);
        var helpers = sessions.ConvertAll(s => s.HelperId);
        var names = await db.Accounts.Where(a => helpers.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.DisplayName, ct);
        return sessions.ConvertAll(s => AssistedView.Of(s, deeds[s.Id], names.GetValueOrDefault(s.HelperId), time.GetUtcNow()));
    }

    public async Task<IResult> ShowAsync(AssistedSession session, HttpContext http, CancellationToken ct)
    {
        Etag.Set(http.Response, session.Version);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await ViewAsync(session, ct));
    }

    /// <summary>Short enough for an SMS and for being read out, of no use to who is not asked for more.</summary>
    public static string Reference(Guid id) => id.ToString("N")[^8..].ToUpperInvariant();

    private static Result<AssistedSession> Check(AssistedSession? session, HttpRequest request)
    {
        if (session is null)
            return IdentityErrors.AssistedNotFound;
        return Etag.Check(request, session.Version) is { } stale ? stale : session;
    }
}
