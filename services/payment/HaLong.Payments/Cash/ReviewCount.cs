using HaLong.Messaging;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Cash;

/// <summary>A second person agrees to the count, which closes the shift, or sends it back to be counted again.</summary>
internal static class ReviewCount
{
    /// <param name="Note">Why it is sent back; may be given with an agreement.</param>
    internal sealed record Request(string? Note);

    public static void Map(IEndpointRouteBuilder group)
    {
        Describe(group.MapPost("/{id:guid}/confirmation", (Guid id, Request? body, TillDesk desk, TillBooks books, Caller caller, TimeProvider time, HttpContext http, CancellationToken ct) =>
            HandleAsync(id, agreed: true, body, desk, books, caller, time, http, ct)), "ConfirmCount", "Agree to a count and close the shift");
        Describe(group.MapPost("/{id:guid}/return", (Guid id, Request? body, TillDesk desk, TillBooks books, Caller caller, TimeProvider time, HttpContext http, CancellationToken ct) =>
            HandleAsync(id, agreed: false, body, desk, books, caller, time, http, ct)), "ReturnCount", "Send a count back, with the reason: the shift is open again");
    }

    private static void Describe(RouteHandlerBuilder route, string name, string summary) => route
        .WithName(name)
        .WithSummary(summary)
        .WithDescription("Another cashier, a leader or the chief of the unit; neither who took the cash nor who counted it.")
        .Produces<ShiftView>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .WithIdempotency<PaymentDbContext>()
        .RequireAuthorization(Policies.Staff);

    private static async Task<IResult> HandleAsync(
        Guid id, bool agreed, Request? body, TillDesk desk, TillBooks books, Caller caller, TimeProvider time, HttpContext http, CancellationToken ct)
    {
        if (!TillDesk.MayReview(caller))
            return CashErrors.NotReader.ToProblem();
        if (body?.Note?.Length > 1000 || (!agreed && string.IsNullOrWhiteSpace(body?.Note)))
            return CashErrors.Invalid.WithField("note", "Có từ 1 đến 1000 ký tự.", "Has 1 to 1000 characters.").ToProblem();
        return await desk.ChangeAsync(id, http, shift =>
        {
            var reviewed = shift.Review(agreed, caller.ActorId, body?.Note?.Trim(), time.GetUtcNow());
            if (reviewed.IsSuccess && agreed)
                books.Closed(shift);
            return Task.FromResult(reviewed);
        }, ct);
    }
}
