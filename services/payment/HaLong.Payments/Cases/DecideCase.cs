using HaLong.Messaging;
using HaLong.Payments.Contracts.Events;
using HaLong.Payments.Domain;
using HaLong.Payments.Ledger;
using HaLong.Payments.Persistence;
using HaLong.Payments.Reconciliation;
using HaLong.Payments.Refunds;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Cases;

/// <summary>A cashier decides what becomes of money that does not fit: the request, the ledger, the refund and the facts change together.</summary>
internal sealed class DecideCase(
    PaymentDbContext db, CaseDesk desk, Bookkeeper books, Caller caller, IOptions<PaymentOptions> options, PaymentInstruments instruments, TimeProvider time)
{
    private const int MaxText = 1000;

    /// <param name="Decision">accept, askRest, refund, assign or dismiss.</param>
    /// <param name="PaymentId">With assign: the request that it pays.</param>
    /// <param name="Reason">Why; the applicant does not see it.</param>
    /// <param name="Evidence">Where the papers are that show it; needed with assign and dismiss.</param>
    /// <param name="Payee">With refund: the account to which it goes.</param>
    internal sealed record Request(string? Decision, Guid? PaymentId, string? Reason, string? Evidence, PayeeInput? Payee);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/decision", (Guid id, Request request, DecideCase handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithName(nameof(DecideCase))
        .WithSummary("Decide a case: accept, askRest, refund, assign or dismiss")
        .WithDescription("Cashiers, for cases of their unit and of nobody known. What cannot be done with this money answers 409.")
        .Produces<CaseView>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .WithIdempotency<PaymentDbContext>()
        .RequireAuthorization(Policies.Cashier);

    private async Task<IResult> HandleAsync(Guid id, Request request, HttpContext http, CancellationToken ct)
    {
        var decision = request.Decision is null ? null : Words.Parse<CaseDecision>(request.Decision);
        if (Check(request, decision) is { } invalid)
            return invalid.ToProblem();
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var found = await desk.TakeAsync(id, http.Request, ct);
        if (!found.IsSuccess)
            return found.Error.ToProblem();
        var of = found.Value;
        var taken = of.Take(caller.ActorId);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        // A file is worth what two persons say: else one could upload money that never came, and settle or pay out with it.
        if (of.Kind == CaseKind.NotTold && decision != CaseDecision.Dismiss && await ImportedAsync(of, ct))
            return ReconciliationErrors.TwoPersons.ToProblem();
        var (notice, now) = (await desk.NoticeOfAsync(of, ct), time.GetUtcNow());
        var payment = await PaymentOfAsync(of, request, decision!.Value, ct);
        var done = decision.Value switch
        {
            CaseDecision.Accept or CaseDecision.Assign => Pay(of, payment, notice, now),
            CaseDecision.AskRest => AskRest(of, payment, notice, now),
            CaseDecision.Refund => Refund(of, payment, notice, request.Payee!, request.Reason!, now),
            _ => Result.Success,
        };
        if (!done.IsSuccess)
            return done.Error.ToProblem();
        of.Decide(decision.Value, caller.ActorId, request.Reason!.Trim(), request.Evidence?.Trim(), payment, now);
        db.Enqueue(new MoneyCaseClosed(
            of.Id, of.PaymentId, payment?.DossierId, payment?.DossierCode, payment?.OwnerId, Words.Of(of.Kind), Words.Of(decision.Value), of.Amount,
            decision == CaseDecision.AskRest ? payment!.Remaining : null, decision == CaseDecision.AskRest ? payment!.ExpiresAt : null, now));
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        instruments.Decided(of.Kind, decision.Value);
        Etag.Set(http.Response, of.Version);
        return TypedResults.Ok(CaseView.Of(of, notice, now));
    }

    /// <summary>True when the caller took over the statement that opened the case.</summary>
    private Task<bool> ImportedAsync(MoneyCase of, CancellationToken ct) =>
        (from kept in db.Set<StatementNotice>()
         join entry in db.StatementEntries on kept.EntryId equals entry.Id
         join file in db.StatementFiles on entry.FileId equals file.Id
         where kept.CaseId == of.Id && file.ImportedBy == caller.ActorId
         select file.Id).AnyAsync(ct);

    private static Error? Check(Request request, CaseDecision? decision)
    {
        var error = CaseErrors.Invalid;
        if (decision is null)
            error = error.WithField("decision", "accept, askRest, refund, assign hoặc dismiss.", "accept, askRest, refund, assign or dismiss.");
        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > MaxText)
            error = error.WithField("reason", $"Có từ 1 đến {MaxText} ký tự.", $"Has 1 to {MaxText} characters.");
        if (request.Evidence?.Length > MaxText || (decision is CaseDecision.Assign or CaseDecision.Dismiss && string.IsNullOrWhiteSpace(request.Evidence)))
            error = error.WithField("evidence", "Nêu nơi lưu giấy tờ chứng minh.", "Say where the papers are that show it.");
        if (decision == CaseDecision.Assign && request.PaymentId is null)
            error = error.WithField("paymentId", "Chọn yêu cầu thanh toán.", "Name the payment request.");
        if (decision == CaseDecision.Refund)
            error = Payee.Check(request.Payee, error);
        return error.Fields.Count > 0 ? error : null;
    }

    /// <summary>The request that it is about, locked; with assign the one that the cashier names, of his unit.</summary>
    private async Task<PaymentRequest?> PaymentOfAsync(MoneyCase of, Request request, CaseDecision decision, CancellationToken ct)
    {
        if ((decision == CaseDecision.Assign ? request.PaymentId : of.PaymentId) is not { } id)
            return null;
        await db.LockPaymentAsync(id, ct);
        return await db.Payments.AsSplitQuery().SingleOrDefaultAsync(p => p.Id == id && (decision != CaseDecision.Assign || p.UnitCode == caller.Unit), ct);
    }

    private Result Pay(MoneyCase of, PaymentRequest? payment, BankNotice notice, DateTimeOffset now)
    {
        // Money on another collecting account cannot pay what is owed to this one.
        if (payment is null || notice.Amount < payment.Remaining || notice.Bin != payment.Beneficiary.Bin || notice.Account != payment.Beneficiary.Account
            || of.Kind is CaseKind.Double or CaseKind.ClosedDossier)
            return CaseErrors.NotPossible;
        var accepted = payment.Accept(notice.Id, now);
        if (!accepted.IsSuccess)
            return CaseErrors.NotPossible;
        books.Accepted(payment, notice);
        if (notice.Amount > payment.Remaining)
            db.Add(MoneyRefund.OfExcess(of, payment, notice.Amount - payment.Remaining, notice, caller.ActorId, now));
        db.Record(payment);
        db.Enqueue(new PaymentSettled(payment.Id, payment.DossierId, payment.DossierCode, payment.OwnerId, payment.Amount, now, notice.Provider) { Moment = payment.Moment });
        return Result.Success;
    }

    private Result AskRest(MoneyCase of, PaymentRequest? payment, BankNotice notice, DateTimeOffset now)
    {
        if (of.Kind != CaseKind.Partial || payment is null || !payment.Hold(notice.Amount, now + options.Value.LifetimeOf(payment.ProcedureCode)).IsSuccess)
            return CaseErrors.NotPossible;
        books.Held(payment, notice);
        return Result.Success;
    }

    private Result Refund(MoneyCase of, PaymentRequest? payment, BankNotice notice, PayeeInput payee, string reason, DateTimeOffset now)
    {
        db.Add(MoneyRefund.OfCase(of, payment, notice, payee.ToPayee(), reason.Trim(), caller.ActorId, caller.Unit, now));
        return Result.Success;
    }
}
