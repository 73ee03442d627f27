using HaLong.Payments.Domain;
using HaLong.Payments.Features;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Receipts;

/// <summary>The receipt of a payment, and what lessened or ended it: as data and as sealed PDF.</summary>
internal sealed class GetReceipt(PaymentDbContext db, PaymentAccess access, ReadRecord reads, IOptions<ReceiptOptions> options)
{
    public static void Map(IEndpointRouteBuilder group)
    {
        Describe(group.MapGet("/{id:guid}/receipt", (Guid id, Guid? document, GetReceipt handler, HttpResponse response, CancellationToken ct) => handler.ViewAsync(id, document, response, ct)),
            nameof(GetReceipt), "The receipt of a payment").Produces<ReceiptView>();
        Describe(group.MapGet("/{id:guid}/receipt.pdf", (Guid id, Guid? document, GetReceipt handler, HttpResponse response, CancellationToken ct) => handler.PdfAsync(id, document, response, ct)),
            "GetReceiptPdf", "The receipt of a payment as sealed PDF").Produces(StatusCodes.Status200OK, contentType: "application/pdf");
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name, string summary) => route
        .WithName(name)
        .WithSummary(summary)
        .WithDescription("Owner or who may pay for the owner, or an official of the collecting unit. document: an adjustment or the cancellation instead. 404 when nothing was "
            + "collected; 409 with Retry-After while it is being issued or sealed.")
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .RequireAuthorization(Policies.Acting);

    private async Task<IResult> ViewAsync(Guid id, Guid? document, HttpResponse response, CancellationToken ct)
    {
        var found = await FindAsync(id, document, ct);
        if (!found.IsSuccess)
            return found.Error.ToProblem();
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(ReceiptView.Of(found.Value.File, found.Value.All, options.Value));
    }

    private async Task<IResult> PdfAsync(Guid id, Guid? document, HttpResponse response, CancellationToken ct)
    {
        var found = await FindAsync(id, document, ct);
        return found.IsSuccess ? await ReceiptFiles.PdfAsync(db, found.Value.File.Receipt, response, ct) : found.Error.ToProblem();
    }

    private async Task<Result<(ReceiptFile File, List<ReceiptFile> All)>> FindAsync(Guid id, Guid? document, CancellationToken ct)
    {
        var visible = await access.VisibleAsync(ct);
        if (!visible.IsSuccess)
            return visible.Error;
        if (await visible.Value.AsNoTracking().AsSplitQuery().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } payment)
            return PaymentErrors.NotFound;
        var all = await ReceiptFiles.OfPaymentAsync(db, id, ct);
        var file = all.Find(f => document is { } one ? f.Receipt.Id == one : f.Receipt.Kind == ReceiptKind.Receipt);
        if (file is null)
            return document is null && payment.SettledAt is not null ? ReceiptErrors.Pending : ReceiptErrors.NotFound;
        await reads.AddAsync(ReadRecord.Receipt, id, [payment], ct);
        return (file, all);
    }
}
