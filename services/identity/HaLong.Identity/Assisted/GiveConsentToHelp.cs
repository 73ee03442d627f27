using HaLong.Identity.Codes;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Assisted;

/// <summary>
/// The citizen tells the helper the code that came to his own telephone. It agrees to this session and nothing else: it signs nobody in,
/// and where an account is opened it also proves that the telephone is the citizen's.
/// </summary>
internal sealed class GiveConsentToHelp(
    IdentityDbContext db, AssistedDesk desk, OneTimeCodes codes, AccountOpening accounts, ConsentRecord ledger, TimeProvider time)
{
    /// <param name="Code">Six digits.</param>
    internal sealed record Request(string? Code);

    public async Task<IResult> HandleAsync(Guid id, Request request, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.TakeOwnAsync(id, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var (session, now) = (taken.Value, time.GetUtcNow());
        if (session.StateAt(now) != AssistedState.AwaitingConsent)
            return IdentityErrors.AssistedWrongState.ToProblem();
        if (session.CodeId is not { } question)
            return IdentityErrors.WrongConsentCode.ToProblem();

        // The code is used up in the transaction that uses it: a consent that could not be saved can be given again.
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var answered = await codes.VerifyAsync(question, CodePurposes.AssistedSession, AssistedDesk.BoundTo(id), request.Code ?? "", ct);
        if (!answered.IsSuccess)
            return answered.Error.ToProblem();
        var opens = session.CitizenId is null;
        if (await accounts.CitizenOfAsync(session, ct) is not { } citizen)
            return IdentityErrors.AssistedNobody.ToProblem();
        var consented = session.ConsentByCode(citizen, now);
        if (!consented.IsSuccess)
            return consented.Error.ToProblem();
        await ledger.GivenAsync(session, opens, question.ToString(), ct);
        db.Enqueue(new AssistedSessionStarted(id, session.HelperId, citizen, session.HelperUnit, session.PlaceKind, session.Acts, "code", now, session.ExpiresAt));
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return await desk.ShowAsync(session, http, ct);
    }

    /// <summary>Sends another code to the same telephone.</summary>
    public async Task<IResult> ResendAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.TakeOwnAsync(id, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        if (taken.Value.StateAt(time.GetUtcNow()) != AssistedState.AwaitingConsent || taken.Value.CodeId is not { } question)
            return IdentityErrors.AssistedWrongState.ToProblem();
        var sent = await codes.ResendAsync(question, CodePurposes.AssistedSession, AssistedDesk.BoundTo(id), ct);
        return sent.IsSuccess ? await desk.ShowAsync(taken.Value, http, ct) : sent.Error.ToProblem();
    }
}
