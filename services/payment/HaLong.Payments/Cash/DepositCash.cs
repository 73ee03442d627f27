using HaLong.Messaging;
using HaLong.Payments.Ledger;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Cash;

/// <summary>A cashier records that the cash of a closed shift was brought to the bank, with its slip (giấy nộp tiền).</summary>
internal static class DepositCash
{
    /// <param name="Amount">Đồng: the whole of what the shift leaves.</param>
    /// <param name="Slip">Number of the bank's slip.</param>
    /// <param name="DepositedOn">Day on the slip, 2026-11-30.</param>
    internal sealed record Request(long? Amount, string? Slip, string? DepositedOn);

    public static void Map(IEndpointRouteBuilder group) => group.MapPost("/{id:guid}/deposit", HandleAsync)
        .WithName(nameof(DepositCash))
        .WithSummary("Record that the cash of a closed shift was brought to the bank")
        .WithDescription("Cashiers of the unit. It is on its way until the bank's notice or statement names the reference of the shift.")
        .Produces<ShiftView>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .WithIdempotency<PaymentDbContext>()
        .RequireAuthorization(Policies.Cashier);

    private static async Task<IResult> HandleAsync(
        Guid id, Request request, TillDesk desk, TillBooks books, Caller caller, TimeProvider time, HttpContext http, CancellationToken ct)
    {
        var (slip, today) = (request.Slip?.Trim() ?? "", LocalTime.Date(time.GetUtcNow()));
        var day = LedgerArea.Day(request.DepositedOn, today);
        if (!day.IsSuccess)
            return day.Error.ToProblem();
        if (request.Amount is null || slip.Length is 0 or > 64 || slip.Any(char.IsControl))
            return CashErrors.Invalid.WithField("slip", "Số giấy nộp tiền có từ 1 đến 64 ký tự.", "The number of the slip has 1 to 64 characters.").ToProblem();
        return await desk.ChangeAsync(id, http, shift =>
        {
            if (day.Value > today || day.Value < LocalTime.Date(shift.OpenedAt))
                return Task.FromResult<Result>(CashErrors.Invalid.WithField("depositedOn", "Ngày nộp từ ngày mở ca đến hôm nay.", "From the day of the shift to today."));
            var deposited = shift.Deposit(request.Amount.Value, slip, day.Value, caller.ActorId);
            if (deposited.IsSuccess)
                books.Deposited(shift);
            return Task.FromResult(deposited);
        }, ct);
    }
}
