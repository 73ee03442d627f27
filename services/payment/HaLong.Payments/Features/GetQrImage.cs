using HaLong.Payments.Domain;
using HaLong.Payments.Persistence;
using HaLong.Payments.VietQr;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Features;

/// <summary>Draws the VietQR code of a payment request.</summary>
internal static class GetQrImage
{
    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/{id:guid}/qr.png", HandleAsync)
        .WithName(nameof(GetQrImage))
        .WithSummary("The VietQR code as PNG")
        .WithDescription("Owner, or an official of the collecting unit. A settled or expired request answers 409, so that nobody pays twice.")
        .Produces(StatusCodes.Status200OK, contentType: "image/png")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .RequireAuthorization(Policies.SignedIn);

    private static async Task<IResult> HandleAsync(
        Guid id, Caller caller, PaymentDbContext db, TimeProvider time, HttpResponse response, CancellationToken ct)
    {
        var payment = await db.Payments.AsNoTracking().AsSplitQuery().VisibleTo(caller).SingleOrDefaultAsync(p => p.Id == id, ct);
        if (payment is null)
            return PaymentErrors.NotFound.ToProblem();
        if (payment.RefusalToPay(time.GetUtcNow()) is { } refusal)
            return refusal.ToProblem();
        await db.RecordReadAsync(ReadRecord.PaymentCode, id, [payment], caller, time, ct);
        // A kept picture would outlive the settlement.
        response.Headers.CacheControl = "no-store";
        return TypedResults.Bytes(QrImage.Png(PaymentCode.Of(payment)), "image/png");
    }
}
