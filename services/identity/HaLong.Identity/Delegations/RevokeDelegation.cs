using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Delegations;

/// <summary>Either side ends a delegation, at once and without a reason; an offer is taken back the same way.</summary>
internal sealed class RevokeDelegation(IdentityDbContext db, DelegationDesk desk, Caller caller)
{
    public async Task<IResult> HandleAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.TakeAsync(id, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var delegation = taken.Value;
        var revoked = delegation.Revoke(caller.AccountId, desk.Today, desk.Now);
        if (!revoked.IsSuccess)
            return revoked.Error.ToProblem();
        db.Enqueue(new DelegationRevoked(delegation.Id, delegation.PrincipalId, delegation.DelegateId, caller.AccountId, desk.Now));
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
