using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Sessions;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Features.Sessions;

/// <summary>Who sees which session, and changing one. For everybody else there is none: no answer tells a stranger that an id exists.</summary>
internal sealed class SessionDesk(SignatureDbContext db, SessionStore store, Caller caller)
{
    /// <summary>Who presses the button, for the log.</summary>
    public string Actor => caller.Actor;

    public bool IsParty(SigningSession session) => caller.AccountId != Guid.Empty
        && (session.CreatorAccount == caller.AccountId || session.SignerOf(caller.AccountId) is not null);

    public async Task<Result<SigningSession>> ReadAsync(Guid id, CancellationToken ct) =>
        await store.Whole.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is { } session && IsParty(session) ? session : SessionErrors.NotFound;

    /// <summary>Under the lock of the session; the answer has its ETag.</summary>
    public async Task<IResult> ChangeAsync(Guid id, HttpContext http, Func<SigningSession, Result> change)
    {
        var ct = http.RequestAborted;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (await store.LockAsync(id, ct) is not { } session || !IsParty(session))
            return SessionErrors.NotFound.ToProblem();
        if (Etag.Check(http.Request, session.Version) is { } stale)
            return stale.ToProblem();
        var changed = change(session);
        if (!changed.IsSuccess)
            return changed.Error.ToProblem();
        await store.SaveAsync([session], ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        Etag.Set(http.Response, session.Version);
        return TypedResults.Ok(SessionView.Of(session, caller.AccountId));
    }
}
