using HaLong.Messaging;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Refunds;

/// <summary>Says to which account a refund goes, while nobody has agreed to it yet.</summary>
internal static class NamePayee
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapPut("/{id:guid}/payee", (Guid id, PayeeInput body, RefundDesk desk, HttpContext http, CancellationToken ct) =>
            Payee.Check(body, RefundErrors.Invalid) is { Fields.Count: > 0 } invalid
                ? Task.FromResult(invalid.ToProblem())
                : desk.ChangeAsync(id, http, refund => Task.FromResult(refund.To(body.ToPayee())), ct))
        .WithName(nameof(NamePayee))
        .WithSummary("Name the account to which a refund goes")
        .WithDescription("Cashiers of the collecting unit, as long as it is proposed.")
        .Produces<RefundView>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .WithIdempotency<PaymentDbContext>()
        .RequireAuthorization(Policies.Cashier);
}
