using HaLong.Payments.Domain;
using HaLong.Payments.VietQr;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Features;

/// <summary>Draws the VietQR code of a payment request.</summary>
internal static class GetQrImage
{
    public static void Map(IEndpointRouteBuilder group)
    {
        Describe(group.MapGet("/{id:guid}/qr.png", (Guid id, PaymentAccess access, ReadRecord reads, TimeProvider time, HttpResponse response, CancellationToken ct) =>
            HandleAsync(id, code => TypedResults.Bytes(QrImage.Png(code), "image/png"), access, reads, time, response, ct)), "GetQrImage", "PNG, for screens", "image/png");
        Describe(group.MapGet("/{id:guid}/qr.svg", (Guid id, PaymentAccess access, ReadRecord reads, TimeProvider time, HttpResponse response, CancellationToken ct) =>
            HandleAsync(id, code => TypedResults.Text(QrImage.Svg(code), "image/svg+xml"), access, reads, time, response, ct)), "GetQrDrawing", "SVG, for paper", "image/svg+xml");
    }

    private static void Describe(RouteHandlerBuilder route, string name, string what, string type) => route
        .WithName(name)
        .WithSummary("The VietQR code as " + what)
        .WithDescription("Owner or who may pay for the owner, or an official of the collecting unit. A settled or expired request answers 409, so that nobody pays twice.")
        .Produces(StatusCodes.Status200OK, contentType: type)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .RequireAuthorization(Policies.Acting);

    private static async Task<IResult> HandleAsync(
        Guid id, Func<string, IResult> draw, PaymentAccess access, ReadRecord reads, TimeProvider time, HttpResponse response, CancellationToken ct)
    {
        var visible = await access.VisibleAsync(ct);
        if (!visible.IsSuccess)
            return visible.Error.ToProblem();
        var payment = await visible.Value.AsNoTracking().AsSplitQuery().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (payment is null)
            return PaymentErrors.NotFound.ToProblem();
        if (payment.RefusalToPay(time.GetUtcNow()) is { } refusal)
            return refusal.ToProblem();
        await reads.AddAsync(ReadRecord.PaymentCode, id, [payment], ct);
        // A kept picture would outlive the settlement.
        response.Headers.CacheControl = "no-store";
        return draw(PaymentCode.Of(payment));
    }
}
