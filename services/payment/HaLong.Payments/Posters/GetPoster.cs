using System.Net.Mime;
using HaLong.Payments.Receipts;
using HaLong.Payments.VietQr;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Posters;

/// <summary>A poster with the code of a unit's collecting account, to hang at its counter.</summary>
internal static class GetPoster
{
    private static readonly string[] Printers = [Roles.Cashier, Roles.Reception];

    public static void Map(IEndpointRouteBuilder group)
    {
        Describe(group.MapGet("/{unit}/poster.pdf", (string unit, Caller caller, IOptions<BeneficiaryOptions> beneficiaries, IOptions<ReceiptOptions> receipts, TimeProvider time, HttpResponse response) =>
                Answer(unit, caller, beneficiaries.Value, receipts.Value, response, p =>
                    TypedResults.File(PosterPdf.Render(p, time.GetUtcNow()), MediaTypeNames.Application.Pdf, $"ma-thu-tien-{unit}.pdf"))),
            nameof(GetPoster), "a page of A4", MediaTypeNames.Application.Pdf);
        Describe(group.MapGet("/{unit}/poster.svg", (string unit, Caller caller, IOptions<BeneficiaryOptions> beneficiaries, IOptions<ReceiptOptions> receipts, HttpResponse response) =>
                Answer(unit, caller, beneficiaries.Value, receipts.Value, response, p => TypedResults.Text(PosterSvg.Render(p), MediaTypeNames.Image.Svg))),
            "GetPosterDrawing", "a drawing", MediaTypeNames.Image.Svg);
    }

    private static void Describe(RouteHandlerBuilder route, string name, string what, string type) => route
        .WithName(name)
        .WithSummary($"A poster with the VietQR code of the collecting account, as {what}")
        .WithDescription("Cashiers and reception officers of the unit. The code names no amount and no payment, and reads with a quarter of it lost (level Q).")
        .Produces(StatusCodes.Status200OK, contentType: type)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .RequireAuthorization(Policies.Staff);

    private static IResult Answer(
        string unit, Caller caller, BeneficiaryOptions beneficiaries, ReceiptOptions receipts, HttpResponse response, Func<PosterText, IResult> draw)
    {
        if (!Printers.Any(caller.IsInRole))
            return ReceiptErrors.NotAtCounter.ToProblem();
        if (caller.Unit != unit)
            return ReceiptErrors.NoSuchUnit.ToProblem();
        // Printed from an old copy it would send money to an account that was given up.
        response.Headers.CacheControl = "no-store";
        return draw(TextOf(beneficiaries.For(unit), receipts.For(unit).Collector));
    }

    private static PosterText TextOf(Domain.Beneficiary to, string collector)
    {
        var fault = VietQrEncoder.TryEncode(
            new VietQrPayload { Initiation = Initiation.Static, Bin = to.Bin, Account = to.Account, Target = TransferTarget.Account }, out var code);
        return fault is null
            ? new PosterText(collector, BankDirectory.Name(to.Bin) ?? to.Bin, to.Account, to.Name, code, to.Assumed)
            : throw new InvalidOperationException($"The account of {collector} has no code: {fault.Value.Code()}.");
    }
}
