using HaLong.Payments.Domain;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Features;

/// <summary>Shows one payment request.</summary>
internal static class GetPayment
{
    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/{id:guid}", HandleAsync)
        .WithName(nameof(GetPayment))
        .WithSummary("A payment request with its fee items and state")
        .WithDescription("Owner or who may pay for the owner, or an official of the collecting unit. Strongly consistent; the ETag is its revision.")
        .Produces<PaymentView>()
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .RequireAuthorization(Policies.Acting);

    private static async Task<IResult> HandleAsync(Guid id, PaymentAccess access, ReadRecord reads, HttpResponse response, CancellationToken ct)
    {
        var visible = await access.VisibleAsync(ct);
        if (!visible.IsSuccess)
            return visible.Error.ToProblem();
        var payment = await visible.Value.AsNoTracking().AsSplitQuery().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (payment is null)
            return PaymentErrors.NotFound.ToProblem();
        await reads.AddAsync(ReadRecord.Payment, id, [payment], ct);
        Etag.Set(response, payment.Version);
        return TypedResults.Ok(PaymentView.Of(payment));
    }
}
