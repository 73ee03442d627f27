using HaLong.Messaging;
using HaLong.Payments.Domain;
using HaLong.Payments.NationalPortal;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Features;

/// <summary>How the payer wants to pay.</summary>
/// <param name="Method">vietqr, or portal: the national payment platform.</param>
internal sealed record StartAttemptRequest(string? Method);

/// <summary>What the payer needs to pay.</summary>
/// <param name="Id">The attempt.</param>
/// <param name="Payload">With vietqr: text of the code.</param>
/// <param name="Reference">To be written in the remittance text by whoever types the transfer in by hand.</param>
/// <param name="Amount">Đồng; another amount does not pay.</param>
/// <param name="ExpiresAt">Until when the bank must have booked the transfer.</param>
/// <param name="Method">As asked for.</param>
/// <param name="RedirectUrl">With portal: where the payer goes on; null when the platform did not answer in time. It is asked what became of it; look at the request.</param>
/// <param name="Message">What the payer has to know then.</param>
internal sealed record AttemptView(
    Guid Id, string? Payload, string Reference, long Amount, DateTimeOffset ExpiresAt, string Method, string? RedirectUrl = null, string? Message = null);

/// <summary>Sets out to pay a request: records the intent and hands out the code, or where to go on.</summary>
internal static class StartAttempt
{
    public static void Map(IEndpointRouteBuilder group) => group.MapPost("/{id:guid}/attempts", HandleAsync)
        .WithName(nameof(StartAttempt))
        .WithSummary("Start to pay: returns the VietQR code, or the address of the payment platform")
        .WithDescription(
            "Owner, or who may pay for the owner. A settled or expired request answers 409, and so does one that a provider deals with. Idempotency-Key and If-Match are "
            + "honoured. With portal the request is processing from then on; PAY-0501 and PAY-0502 say that the platform has not taken it and that it is pending again.")
        .Produces<AttemptView>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .AddEndpointFilter(PortalStart.FilterAsync)
        .WithIdempotency<PaymentDbContext>()
        .RequireAuthorization(Policies.Applicant);

    private static async Task<IResult> HandleAsync(
        Guid id, StartAttemptRequest body, Caller caller, PaymentAccess access, PaymentDbContext db, IOptions<PortalOptions> portal, TimeProvider time, HttpContext http,
        CancellationToken ct)
    {
        var visible = await access.VisibleAsync(ct);
        if (!visible.IsSuccess)
            return visible.Error.ToProblem();
        // Asked before the lock, which others may wait for. What is not the caller's is told from what he may not do only after this.
        if (await visible.Value.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.OwnerId == caller.AccountId, ct) is not { } seen)
            return PaymentErrors.NotFound.ToProblem();
        var allowed = await access.PayAsync(seen, ct);
        if (!allowed.IsSuccess)
            return allowed.Error.ToProblem();
        // The lock makes two attempts at once one after the other, and an attempt during settlement see its outcome.
        // With an Idempotency-Key there is a transaction already.
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await db.LockPaymentAsync(id, ct);
        var payment = await db.Payments.AsSplitQuery().SingleOrDefaultAsync(p => p.Id == id && p.OwnerId == seen.OwnerId, ct);
        if (payment is null)
            return PaymentErrors.NotFound.ToProblem();
        if (Etag.Check(http.Request, payment.Version) is { } stale)
            return stale.ToProblem();
        var attempt = payment.StartAttempt(body.Method, portal.Value.Providers, caller.ActorId, time.GetUtcNow());
        if (!attempt.IsSuccess)
            return attempt.Error.ToProblem();
        var isCode = attempt.Value.OrderNumber is null;
        // Before anything is sent: should we stop right now, the platform is asked later whether it has the order.
        if (!isCode)
            attempt.Value.Await(attempt.Value.CreatedAt + portal.Value.QueryAfter);
        db.Record(payment);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        Etag.Set(http.Response, payment.Version);
        return TypedResults.Created(
            $"/api/v1/payments/{id}",
            new AttemptView(
                attempt.Value.Id, isCode ? PaymentCode.Of(payment) : null, payment.Reference, payment.Remaining, payment.ExpiresAt, attempt.Value.Method));
    }
}
