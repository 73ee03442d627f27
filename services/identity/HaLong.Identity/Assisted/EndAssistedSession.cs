using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Assisted;

/// <summary>The helper has finished, or the citizen does not want any more; at once in either case.</summary>
internal sealed class EndAssistedSession(IdentityDbContext db, AssistedDesk desk, ConsentRecord ledger, Caller caller, TimeProvider time)
{
    public async Task<IResult> HandleAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.TakeOfBothAsync(id, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var session = taken.Value;
        var ended = session.End(caller.AccountId, time.GetUtcNow());
        if (!ended.IsSuccess)
            return ended.Error.ToProblem();
        if (session is { State: AssistedState.Revoked, ConsentedAt: not null })
            await ledger.WithdrawnAsync(session, caller.AccountId, ct);
        await desk.CloseAsync(session, ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
