using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Sessions;

/// <summary><c>DELETE /api/v1/me/sessions[/{id}]</c>: signing out from afar.</summary>
internal static class EndMySession
{
    /// <param name="Count">How many sessions were ended.</param>
    internal sealed record Ended(int Count);

    /// <summary>Somebody else's session and one that does not exist are the same to the caller.</summary>
    public static async Task<IResult> OneAsync(Guid id, Caller caller, IdentityDbContext db, Revocations revocations, CancellationToken ct)
    {
        if (caller.ActsForAnother)
            return IdentityErrors.OwnSessionsOnly.ToProblem();
        var session = await db.Sessions.SingleOrDefaultAsync(s => s.Id == id && s.AccountId == caller.AccountId && s.EndedAt == null, ct);
        if (session is null)
            return IdentityErrors.SessionNotFound.ToProblem();

        revocations.End(session, session.Id == caller.SessionId ? EndReasons.SignedOut : EndReasons.EndedByOwner);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    public static async Task<IResult> OthersAsync(Caller caller, IdentityDbContext db, Revocations revocations, CancellationToken ct)
    {
        if (caller.ActsForAnother)
            return IdentityErrors.OwnSessionsOnly.ToProblem();
        var count = await revocations.EndAllAsync(caller.AccountId, EndReasons.EndedByOwner, caller.SessionId, ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new Ended(count));
    }
}
