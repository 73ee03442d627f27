using HaLong.Messaging;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Ledger;

/// <summary>Closes a day (khóa sổ ngày). The platform closes by itself what nobody closed.</summary>
internal static class CloseDay
{
    /// <param name="Day">2026-11-30; open days before it are closed with it.</param>
    internal sealed record Request(string? Day);

    public static void Map(IEndpointRouteBuilder group) => group.MapPost("/closes", HandleAsync)
        .WithName(nameof(CloseDay))
        .WithSummary("Close a day that is over")
        .WithDescription("Cashiers. Nothing is booked on that day, or before it, any more. Twice answers 409.")
        .Produces<ListCloses.Item>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .WithIdempotency<PaymentDbContext>()
        .RequireAuthorization(Policies.Cashier);

    private static async Task<IResult> HandleAsync(Request request, Caller caller, DayCloser closer, CancellationToken ct)
    {
        var day = request.Day is null ? LedgerErrors.BadDay : LedgerArea.Day(request.Day, default);
        if (!day.IsSuccess)
            return day.Error.WithField("day", "Ví dụ 2026-11-30.", "For example 2026-11-30.").ToProblem();
        var closed = await closer.CloseAsync(day.Value, caller.ActorId, ct);
        return closed.IsSuccess ? TypedResults.Created("/api/v1/ledger/closes", ListCloses.Item.Of(closed.Value)) : closed.Error.ToProblem();
    }
}
