using HaLong.Messaging;
using HaLong.Payments.Ledger;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Refunds;

/// <summary>A second person agrees to a refund, or does not.</summary>
internal static class ReviewRefund
{
    /// <param name="Note">Why it is not agreed to; may be given with an agreement.</param>
    internal sealed record Request(string? Note);

    public static void Map(IEndpointRouteBuilder group)
    {
        Describe(group.MapPost("/{id:guid}/approval", (Guid id, Request? body, RefundDesk desk, Bookkeeper books, Caller caller, TimeProvider time, HttpContext http, CancellationToken ct) =>
            HandleAsync(id, agreed: true, body, desk, books, caller, time, http, ct)), "ApproveRefund", "Agree to a refund that somebody else proposed");
        Describe(group.MapPost("/{id:guid}/rejection", (Guid id, Request? body, RefundDesk desk, Bookkeeper books, Caller caller, TimeProvider time, HttpContext http, CancellationToken ct) =>
            HandleAsync(id, agreed: false, body, desk, books, caller, time, http, ct)), "RejectRefund", "Refuse a refund, with the reason");
    }

    private static void Describe(RouteHandlerBuilder route, string name, string summary) => route
        .WithName(name)
        .WithSummary(summary)
        .WithDescription("Leaders, chiefs and approvers of the collecting unit; not who proposed it.")
        .Produces<RefundView>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .WithIdempotency<PaymentDbContext>()
        .RequireAuthorization(Policies.Staff);

    private static async Task<IResult> HandleAsync(
        Guid id, bool agreed, Request? body, RefundDesk desk, Bookkeeper books, Caller caller, TimeProvider time, HttpContext http, CancellationToken ct)
    {
        if (!RefundDesk.MayReview(caller))
            return RefundErrors.NotReviewer.ToProblem();
        if (body?.Note?.Length > 1000 || (!agreed && string.IsNullOrWhiteSpace(body?.Note)))
            return RefundErrors.Invalid.WithField("note", "Có từ 1 đến 1000 ký tự.", "Has 1 to 1000 characters.").ToProblem();
        return await desk.ChangeAsync(id, http, async refund =>
        {
            var reviewed = refund.Review(agreed, caller.ActorId, body?.Note?.Trim(), time.GetUtcNow());
            if (reviewed.IsSuccess && agreed)
                await books.PromisedAsync(refund, ct);
            return reviewed;
        }, ct);
    }
}
