using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Delegations;

/// <summary>The one who is asked accepts or declines. Two answers at once: the second loses on the revision.</summary>
internal sealed class AnswerDelegation(IdentityDbContext db, DelegationDesk desk, Caller caller, IOptions<DelegationOptions> options)
{
    public async Task<IResult> AcceptAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        if (options.Value.RequireStrong && StepUp.Demand(http) is { } weak)
            return weak;
        return await AnswerAsync(id, http, AcceptAsync, ct);
    }

    public Task<IResult> DeclineAsync(Guid id, HttpContext http, CancellationToken ct) => AnswerAsync(id, http, (delegation, _) =>
    {
        var declined = delegation.Decline(caller.AccountId, desk.Today, desk.Now);
        if (declined.IsSuccess)
            db.Enqueue(new DelegationDeclined(delegation.Id, delegation.PrincipalId, caller.AccountId, desk.Now));
        return Task.FromResult(declined);
    }, ct);

    private async Task<Result> AcceptAsync(Delegation delegation, CancellationToken ct)
    {
        // An offer outlives its principal's account; what it offers does not.
        if (!await db.Accounts.AnyAsync(a => a.Id == delegation.PrincipalId && !a.IsClosed, ct))
            return IdentityErrors.DelegationNotOpen;
        var accepted = delegation.Accept(caller.AccountId, desk.Today, desk.Now);
        if (accepted.IsSuccess)
        {
            db.Enqueue(new DelegationAccepted(
                delegation.Id, delegation.PrincipalId, caller.AccountId, delegation.Acts, delegation.Procedures, delegation.DossierId,
                delegation.From, delegation.To, desk.Now));
        }

        return accepted;
    }

    private async Task<IResult> AnswerAsync(Guid id, HttpContext http, Func<Delegation, CancellationToken, Task<Result>> answer, CancellationToken ct)
    {
        if (!caller.IsInRole(Roles.Citizen))
            return IdentityErrors.DelegateNotAPerson.ToProblem();
        var taken = await desk.TakeReceivedAsync(id, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var answered = await answer(taken.Value, ct);
        if (!answered.IsSuccess)
            return answered.Error.ToProblem();
        await db.SaveChangesAsync(ct);
        return await desk.ShowAsync(taken.Value, http, ct);
    }
}
