using System.Globalization;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Receipts;

/// <summary>Anybody who holds a receipt, and so knows its code and number, sees that it is real and whether it still holds.</summary>
internal sealed class LookUpReceipt(PaymentDbContext db, IOptions<ReceiptOptions> options)
{
    public static void Map(IEndpointRouteBuilder group)
    {
        Describe(group.MapGet("/lookup", (string? code, string? number, LookUpReceipt handler, HttpResponse response, CancellationToken ct) => handler.ViewAsync(code, number, response, ct)),
            nameof(LookUpReceipt), "Look up a receipt by its code and number").Produces<ReceiptView>();
        Describe(group.MapGet("/lookup.pdf", (string? code, string? number, LookUpReceipt handler, HttpResponse response, CancellationToken ct) => handler.PdfAsync(code, number, response, ct)),
            "LookUpReceiptPdf", "A receipt as sealed PDF by its code and number")
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf").ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name, string summary) => route
        .WithName(name)
        .WithSummary(summary)
        .WithDescription("Anybody. A code or number that is not there, does not fit the other, or is none: the same 404.")
        .ProducesProblem(StatusCodes.Status404NotFound)
        // Whoever has both from the paper in his hand has no account here.
        .AllowAnonymous();

    private async Task<IResult> ViewAsync(string? code, string? number, HttpResponse response, CancellationToken ct)
    {
        if (await FindAsync(code, number, ct) is not { } found)
            return ReceiptErrors.NotFound.ToProblem();
        var all = await ReceiptFiles.OfPaymentAsync(db, found.PaymentId, ct);
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(ReceiptView.Of(all.Single(f => f.Receipt.Id == found.Id), all, options.Value));
    }

    private async Task<IResult> PdfAsync(string? code, string? number, HttpResponse response, CancellationToken ct) =>
        await FindAsync(code, number, ct) is { } found ? await ReceiptFiles.PdfAsync(db, found, response, ct) : ReceiptErrors.NotFound.ToProblem();

    private Task<Receipt?> FindAsync(string? code, string? number, CancellationToken ct)
    {
        var read = ReceiptCode.Read(code);
        // What is no number is a number that no receipt has: the database is asked all the same.
        var wanted = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
        return db.Receipts.AsNoTracking().AsSplitQuery().SingleOrDefaultAsync(r => r.LookupCode == read && r.Number == wanted, ct);
    }
}
