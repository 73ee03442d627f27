using HaLong.Identity.Contracts;
using HaLong.Payments.Domain;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Features;

/// <summary>
/// Who sees a payment request, and who may pay it: part of the query, so that somebody else's and none at all look the same. Who acts for the
/// owner sees and does what the authoriser says.
/// </summary>
internal sealed class PaymentAccess(PaymentDbContext db, Authoriser authoriser, Caller caller)
{
    private static readonly string[] Readers = [Roles.Reception, Roles.Officer, Roles.Approver, Roles.Cashier];

    private readonly Acting who = new(caller.AccountId, caller.ActorId, caller.Delegation, caller.AssistedSession);

    /// <summary>The owner's requests, as far as the caller may pay them, and for officials who deal with dossiers or money those of their unit.</summary>
    public async Task<Result<IQueryable<PaymentRequest>>> VisibleAsync(CancellationToken ct)
    {
        var account = caller.AccountId;
        var unit = Readers.Any(caller.IsInRole) && !caller.ActsForAnother ? caller.Unit : null;
        if (unit is not null)
            return Result.Of(db.Payments.Where(p => p.OwnerId == account || p.UnitCode == unit));

        var asked = Read(await authoriser.MayAsync(who, Acts.PaymentPay, ct));
        if (!asked.IsSuccess)
            return asked.Error;
        var own = db.Payments.Where(p => p.OwnerId == account);
        if (asked.Value.IsUnbound)
            own = own.Where(_ => false);
        if (asked.Value.DossierId is { } dossier)
            own = own.Where(p => p.DossierId == dossier);
        if (asked.Value.Procedures is { } procedures)
            own = own.Where(p => procedures.Contains(p.ProcedureCode));
        return Result.Of(own);
    }

    /// <summary>May the caller pay this now? Asked anew, and counted in an assisted session.</summary>
    public async Task<Result> PayAsync(PaymentRequest payment, CancellationToken ct)
    {
        var asked = Read(await authoriser.MayCommitAsync(who, new Deed(Acts.PaymentPay, payment.ProcedureCode, payment.DossierId), ct));
        return asked.IsSuccess ? Result.Success : asked.Error;
    }

    private static Result<Decision> Read(Decision decision) => decision switch
    {
        { Verdict: Verdict.Allowed } => decision,
        { Verdict: Verdict.Unavailable } => PaymentErrors.AuthoriserUnavailable,
        { Reason: RefusalReasons.Unknown or RefusalReasons.NotActive } => PaymentErrors.RightEnded,
        _ => PaymentErrors.NotCovered,
    };
}
