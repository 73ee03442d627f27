using HaLong.Messaging;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Cash;

/// <summary>A cashier opens a shift with counted change.</summary>
internal static class OpenShift
{
    /// <param name="Till">Name of the till within the unit, 1 to 16 letters and digits.</param>
    /// <param name="Denominations">The change: pieces by denomination in đồng; empty when there is none.</param>
    internal sealed record Request(string? Till, Dictionary<string, int>? Denominations);

    public static void Map(IEndpointRouteBuilder group) => group.MapPost("/", HandleAsync)
        .WithName(nameof(OpenShift))
        .WithSummary("Open a shift at a till, with the change counted by denomination")
        .WithDescription("Cashiers. One shift that is not closed for each cashier, and for each till of a unit: another answers 409.")
        .Produces<ShiftView>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .WithIdempotency<PaymentDbContext>()
        .RequireAuthorization(Policies.Cashier);

    private static async Task<IResult> HandleAsync(
        Request request, PaymentDbContext db, TillBooks books, Caller caller, IOptions<BeneficiaryOptions> accounts, TimeProvider time, HttpContext http, CancellationToken ct)
    {
        if (caller.Unit is not { } unit)
            return CashErrors.NotReader.ToProblem();
        var total = Banknotes.Sum(request.Denominations);
        if (request.Till is not { Length: >= 1 and <= 16 } till || !till.All(char.IsAsciiLetterOrDigit))
            return CashErrors.Invalid.WithField("till", "Từ 1 đến 16 chữ và số.", "1 to 16 letters and digits.").ToProblem();
        if (!total.IsSuccess)
            return total.Error.ToProblem();
        var now = time.GetUtcNow();
        var shift = TillShift.Open(unit, till, caller.ActorId, accounts.Value.For(unit), total.Value, now);
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        // Two at once wait for each other here, whether they are for one cashier or for one till.
        await db.LockTillAsync(unit, ct);
        if (await db.Shifts.AnyAsync(s => s.State != ShiftState.Closed && (s.CashierId == caller.ActorId || (s.UnitCode == unit && s.Till == till)), ct))
            return CashErrors.AlreadyOpen.ToProblem();
        db.Add(shift);
        db.Add(new TillCount
        {
            ShiftId = shift.Id,
            Denominations = Banknotes.Json(request.Denominations!),
            Total = total.Value,
            Expected = total.Value,
            CountedBy = caller.ActorId,
            CountedAt = now,
        });
        books.Opened(shift);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        Etag.Set(http.Response, shift.Version);
        return TypedResults.Created($"/api/v1/till-shifts/{shift.Id}", ShiftView.Of(shift));
    }
}
