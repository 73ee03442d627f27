using HaLong.Messaging;
using HaLong.Payments.Contracts.Events;
using HaLong.Payments.Domain;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Cash;

/// <summary>A cashier takes cash for a request: exactly what is due. Whatever comes by transfer afterwards is a case of its own.</summary>
internal sealed partial class TakeCash(
    PaymentDbContext db, TillDesk desk, TillBooks books, Caller caller, IOptions<PaymentOptions> options, PaymentInstruments instruments, TimeProvider time, ILogger<TakeCash> log)
{
    /// <summary>Provider in the facts, where a bank's name stands for a transfer.</summary>
    public const string Provider = "cash";

    /// <param name="Amount">What is due as the cashier read it out, đồng: when that has changed meanwhile, nothing is taken.</param>
    /// <param name="Handed">What was handed over, đồng.</param>
    internal sealed record Request(long? Amount, long? Handed);

    /// <param name="Id">The entry.</param>
    /// <param name="PaymentId">The request, settled now.</param>
    /// <param name="ShiftId">The shift.</param>
    /// <param name="Amount">Đồng that were due.</param>
    /// <param name="Handed">Đồng handed over.</param>
    /// <param name="Change">Đồng to be given back.</param>
    /// <param name="TakenAt">When.</param>
    internal sealed record View(Guid Id, Guid PaymentId, Guid ShiftId, long Amount, long Handed, long Change, DateTimeOffset TakenAt);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/cash", (Guid id, Request request, TakeCash handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithName(nameof(TakeCash))
        .WithSummary("Take cash for a payment request")
        .WithDescription("Cashiers of the collecting unit with an open shift. Exactly what is due; what was handed over and the change are recorded. "
            + "A settled, expired or cancelled request answers 409. Idempotency-Key and If-Match are honoured.")
        .Produces<View>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .WithIdempotency<PaymentDbContext>()
        .RequireAuthorization(Policies.Cashier);

    private async Task<IResult> HandleAsync(Guid id, Request request, HttpContext http, CancellationToken ct)
    {
        if (request.Amount is not > 0 || request.Handed is not { } handed || handed < request.Amount || handed > PaymentRequest.MaxAmount)
            return CashErrors.Invalid.WithField("handed", "Số tiền khách đưa không nhỏ hơn số phải nộp.", "What is handed over is no less than what is due.").ToProblem();
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        // Always the shift before the request, so that two never wait for each other.
        var shift = await desk.OwnAsync(ct);
        await db.LockPaymentAsync(id, ct);
        if (await db.Payments.AsSplitQuery().SingleOrDefaultAsync(p => p.Id == id && p.UnitCode == caller.Unit, ct) is not { } payment)
            return PaymentErrors.NotFound.ToProblem();
        if (shift is null)
            return CashErrors.NoShift.ToProblem();
        if (Etag.Check(http.Request, payment.Version) is { } stale)
            return stale.ToProblem();
        var now = time.GetUtcNow();
        if ((shift.RefusalToTake(payment, now, options.Value.ShiftPatience) ?? payment.RefusalToPay(now)) is { } refusal)
            return refusal.ToProblem();
        if (request.Amount != payment.Remaining)
            return CashErrors.AmountChanged.WithField("amount", $"{payment.Remaining}", $"{payment.Remaining}").ToProblem();
        var cash = Take(shift, payment, handed, now);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        instruments.CashTaken();
        Etag.Set(http.Response, payment.Version);
        return TypedResults.Created($"/api/v1/payments/{id}", new View(cash.Id, id, shift.Id, cash.Amount, cash.Handed, cash.Change, now));
    }

    private CashPayment Take(TillShift shift, PaymentRequest payment, long handed, DateTimeOffset now)
    {
        var cash = new CashPayment
        {
            Id = Guid.CreateVersion7(now),
            ShiftId = shift.Id,
            PaymentId = payment.Id,
            Amount = payment.Remaining,
            Handed = handed,
            CashierId = caller.ActorId,
            TakenAt = now,
        };
        db.Add(cash);
        shift.Take(cash.Amount);
        payment.SettleInCash(now);
        books.Taken(cash, shift, payment);
        db.Record(payment);
        db.Enqueue(new PaymentSettled(payment.Id, payment.DossierId, payment.DossierCode, payment.OwnerId, payment.Amount, now, Provider) { Moment = payment.Moment });
        Taken(log, payment.Id, shift.Id, cash.Amount);
        return cash;
    }

    [LoggerMessage(4160, LogLevel.Information, "Payment {PaymentId} settled in cash in shift {ShiftId}: {Amount} đồng")]
    private static partial void Taken(ILogger log, Guid paymentId, Guid shiftId, long amount);
}
