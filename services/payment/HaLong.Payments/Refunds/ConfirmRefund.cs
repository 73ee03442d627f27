using HaLong.Messaging;
using HaLong.Payments.Contracts.Events;
using HaLong.Payments.Ledger;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Refunds;

/// <summary>A cashier records that the bank paid a refund, or could not.</summary>
internal sealed class ConfirmRefund(PaymentDbContext db, RefundDesk desk, Bookkeeper books, PaymentInstruments instruments, TimeProvider time)
{
    /// <param name="BankReference">The bank's number of the payment: the evidence.</param>
    internal sealed record PaidRequest(string? BankReference);

    /// <param name="Note">What the bank said.</param>
    internal sealed record ReturnRequest(string? Note);

    public static void Map(IEndpointRouteBuilder group)
    {
        Describe(group.MapPost("/{id:guid}/payment", (Guid id, PaidRequest body, ConfirmRefund handler, HttpContext http, CancellationToken ct) => handler.PaidAsync(id, body, http, ct)),
            "ConfirmRefund", "The bank paid: with its number of the payment");
        Describe(group.MapPost("/{id:guid}/return", (Guid id, ReturnRequest body, ConfirmRefund handler, HttpContext http, CancellationToken ct) => handler.ReturnedAsync(id, body, http, ct)),
            "ReturnRefund", "The bank could not pay: it waits for another payout");
    }

    private static void Describe(RouteHandlerBuilder route, string name, string summary) => route
        .WithName(name)
        .WithSummary(summary)
        .WithDescription("Cashiers of the collecting unit.")
        .Produces<RefundView>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .WithIdempotency<PaymentDbContext>()
        .RequireAuthorization(Policies.Cashier);

    private async Task<IResult> PaidAsync(Guid id, PaidRequest body, HttpContext http, CancellationToken ct)
    {
        var number = body.BankReference?.Trim() ?? "";
        if (number.Length is 0 or > 64)
            return RefundErrors.Invalid.WithField("bankReference", "Có từ 1 đến 64 ký tự.", "Has 1 to 64 characters.").ToProblem();
        return await desk.ChangeAsync(id, http, async refund =>
        {
            var now = time.GetUtcNow();
            var paid = refund.Pay(number, now);
            if (!paid.IsSuccess)
                return paid;
            if (refund.PaymentId is { } paymentId)
                await db.LockPaymentAsync(paymentId, ct);
            var payment = refund.PaymentId is { } of ? await db.Payments.AsSplitQuery().SingleAsync(p => p.Id == of, ct) : null;
            // Only what was rightly paid changes its request; money of a case never belonged to it.
            if (payment is not null && refund is { CaseId: null, IsExcess: false })
            {
                var given = payment.Refund(refund.Amount, now);
                if (!given.IsSuccess)
                    return given;
                db.Record(payment);
            }
            books.PaidBack(refund, payment);
            db.Enqueue(new MoneyRefunded(refund.Id, refund.PaymentId, payment?.DossierId, payment?.DossierCode, payment?.OwnerId, refund.Amount, refund.Rule, now));
            instruments.PaidBack();
            return Result.Success;
        }, ct);
    }

    private Task<IResult> ReturnedAsync(Guid id, ReturnRequest body, HttpContext http, CancellationToken ct) =>
        string.IsNullOrWhiteSpace(body.Note) || body.Note.Length > 1000
            ? Task.FromResult(RefundErrors.Invalid.WithField("note", "Có từ 1 đến 1000 ký tự.", "Has 1 to 1000 characters.").ToProblem())
            : desk.ChangeAsync(id, http, refund => Task.FromResult(refund.Return(body.Note.Trim())), ct);
}
