using HaLong.Messaging;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Cash;

/// <summary>A cashier counts the till at the end of a shift (kiểm quỹ).</summary>
internal static class CountTill
{
    private const int MaxText = 1000;

    /// <param name="Denominations">Pieces by denomination in đồng.</param>
    /// <param name="Reason">Why it is over or short; needed then.</param>
    internal sealed record Request(Dictionary<string, int>? Denominations, string? Reason);

    public static void Map(IEndpointRouteBuilder group) => group.MapPost("/{id:guid}/count", HandleAsync)
        .WithName(nameof(CountTill))
        .WithSummary("Count the till at the end of a shift, by denomination")
        .WithDescription("Who opened the shift; any cashier of the unit once it was left open for too long. Again as long as nobody has agreed to the count; each count is kept.")
        .Produces<ShiftView>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .WithIdempotency<PaymentDbContext>()
        .RequireAuthorization(Policies.Cashier);

    private static async Task<IResult> HandleAsync(
        Guid id, Request request, TillDesk desk, PaymentDbContext db, Caller caller, IOptions<PaymentOptions> options, TimeProvider time, HttpContext http, CancellationToken ct)
    {
        var total = Banknotes.Sum(request.Denominations);
        if (!total.IsSuccess)
            return total.Error.ToProblem();
        if (request.Reason?.Length > MaxText)
            return CashErrors.Invalid.WithField("reason", $"Tối đa {MaxText} ký tự.", $"{MaxText} characters at most.").ToProblem();
        return await desk.ChangeAsync(id, http, shift =>
        {
            var now = time.GetUtcNow();
            var counted = shift.Count(total.Value, request.Reason, caller.ActorId, now, options.Value.ShiftPatience);
            if (counted.IsSuccess)
            {
                db.Add(new TillCount
                {
                    ShiftId = shift.Id,
                    Number = shift.Counts,
                    Denominations = Banknotes.Json(request.Denominations!),
                    Total = total.Value,
                    Expected = shift.Expected,
                    Reason = shift.Reason,
                    CountedBy = caller.ActorId,
                    CountedAt = now,
                });
            }
            return Task.FromResult(counted);
        }, ct);
    }
}
