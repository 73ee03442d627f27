using HaLong.Payments.Domain;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Features;

/// <summary>Shows one payment request.</summary>
internal static class GetPayment
{
    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/{id:guid}", HandleAsync)
        .WithName(nameof(GetPayment))
        .WithSummary("A payment request with its fee items and state")
        .WithDescription("Owner, or an official of the collecting unit. Strongly consistent; the ETag is its revision.")
        .Produces<PaymentView>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .RequireAuthorization(Policies.SignedIn);

    private static async Task<IResult> HandleAsync(Guid id, Caller caller, PaymentDbContext db, TimeProvider time, HttpResponse response, CancellationToken ct)
    {
        var payment = await db.Payments.AsNoTracking().AsSplitQuery().VisibleTo(caller).SingleOrDefaultAsync(p => p.Id == id, ct);
        if (payment is null)
            return PaymentErrors.NotFound.ToProblem();
        await db.RecordReadAsync(ReadRecord.Payment, id, [payment], caller, time, ct);
        Etag.Set(response, payment.Version);
        return TypedResults.Ok(PaymentView.Of(payment));
    }
}
