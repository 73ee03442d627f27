using HaLong.Messaging;
using HaLong.Payments.Domain;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Refunds;

/// <summary>A cashier proposes to give back what was rightly paid, by a rule. Money that never fitted goes back through its case.</summary>
internal static class ProposeRefund
{
    private const int MaxText = 1000;

    /// <param name="PaymentId">The paid request.</param>
    /// <param name="Amount">Đồng.</param>
    /// <param name="Available">What can be given back as the proposer saw it: when that has changed meanwhile, nothing happens (412).</param>
    /// <param name="Rule">A short word for the provision: notEligible, byLaw…</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Payee">The account to which it goes.</param>
    internal sealed record Request(Guid? PaymentId, long? Amount, long? Available, string? Rule, string? Reason, PayeeInput? Payee);

    public static void Map(IEndpointRouteBuilder group) => group.MapPost("/", HandleAsync)
        .WithName(nameof(ProposeRefund))
        .WithSummary("Propose a refund of what was paid")
        .WithDescription("Cashiers of the collecting unit. available must be what can be given back now, else 412. A second person agrees.")
        .Produces<RefundView>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .WithIdempotency<PaymentDbContext>()
        .RequireAuthorization(Policies.Cashier);

    private static async Task<IResult> HandleAsync(Request request, PaymentDbContext db, Caller caller, TimeProvider time, CancellationToken ct)
    {
        if (Check(request) is { } invalid)
            return invalid.ToProblem();
        var id = request.PaymentId ?? Guid.Empty;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await db.LockPaymentAsync(id, ct);
        if (await db.Payments.AsSplitQuery().SingleOrDefaultAsync(p => p.Id == id && p.UnitCode == caller.Unit, ct) is not { } payment)
            return PaymentErrors.NotFound.ToProblem();
        if (payment.State is not (PaymentState.Settled or PaymentState.PartiallyRefunded))
            return PaymentErrors.NotNow.ToProblem();
        var available = payment.Refundable - await PromisedAsync(db, id, ct);
        if (available != request.Available)
            return RefundErrors.AvailableChanged.WithField("available", $"{available}", $"{available}").ToProblem();
        if (request.Amount > available)
            return PaymentErrors.TooMuchRefund.WithField("amount", $"Tối đa {available}.", $"{available} at most.").ToProblem();
        var refund = MoneyRefund.OfPayment(payment, request.Amount!.Value, request.Rule!.Trim(), request.Reason!.Trim(), request.Payee!.ToPayee(), caller.ActorId, time.GetUtcNow());
        db.Add(refund);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return TypedResults.Created($"/api/v1/refunds/{refund.Id}", RefundView.Of(refund));
    }

    /// <summary>What other refunds of the request have asked for and not paid yet.</summary>
    public static Task<long> PromisedAsync(PaymentDbContext db, Guid payment, CancellationToken ct) => db.Refunds
        .Where(r => r.PaymentId == payment && r.CaseId == null && !r.IsExcess && (r.State == RefundState.Proposed || r.State == RefundState.Approved || r.State == RefundState.Sent))
        .SumAsync(r => r.Amount, ct);

    private static Error? Check(Request r)
    {
        var error = Payee.Check(r.Payee, RefundErrors.Invalid);
        if (r.PaymentId is null)
            error = error.WithField("paymentId", "Chọn yêu cầu thanh toán.", "Name the payment request.");
        if (r.Amount is not > 0)
            error = error.WithField("amount", "Số đồng nguyên dương.", "A positive whole number of đồng.");
        if (r.Available is null)
            error = error.WithField("available", "Nêu số còn có thể hoàn.", "Say what can be given back.");
        if (string.IsNullOrWhiteSpace(r.Rule) || r.Rule.Length > 32)
            error = error.WithField("rule", "Có từ 1 đến 32 ký tự.", "Has 1 to 32 characters.");
        if (string.IsNullOrWhiteSpace(r.Reason) || r.Reason.Length > MaxText)
            error = error.WithField("reason", $"Có từ 1 đến {MaxText} ký tự.", $"Has 1 to {MaxText} characters.");
        return error.Fields.Count > 0 ? error : null;
    }
}
