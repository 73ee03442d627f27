using System.Net.Mime;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace HaLong.Payments.Receipts;

/// <summary>A document and how far its paper is, without the bytes.</summary>
internal sealed record ReceiptFile(Receipt Receipt, PaperState State, ReceiptStanding Standing, DateTimeOffset? SealedAt, string? Statement);

/// <summary>Reads documents and hands out their papers.</summary>
internal static class ReceiptFiles
{
    /// <summary>All documents of a payment, oldest first.</summary>
    public static async Task<List<ReceiptFile>> OfPaymentAsync(PaymentDbContext db, Guid paymentId, CancellationToken ct)
    {
        var receipts = await db.Receipts.AsNoTracking().AsSplitQuery().Where(r => r.PaymentId == paymentId).OrderBy(r => r.Id).ToListAsync(ct);
        var ids = receipts.ConvertAll(r => r.Id);
        var papers = await db.ReceiptPapers.AsNoTracking().Where(p => ids.Contains(p.ReceiptId))
            .Select(p => new { p.ReceiptId, p.State, p.Standing, p.SealedAt, p.Statement }).ToDictionaryAsync(p => p.ReceiptId, ct);
        return receipts.ConvertAll(r => new ReceiptFile(r, papers[r.Id].State, papers[r.Id].Standing, papers[r.Id].SealedAt, papers[r.Id].Statement));
    }

    /// <summary>The sealed PDF; 409 with Retry-After before there is one. In ranges, with an ETag; kept by nobody on the way.</summary>
    public static async Task<IResult> PdfAsync(PaymentDbContext db, Receipt receipt, HttpResponse response, CancellationToken ct)
    {
        var paper = await db.ReceiptPapers.AsNoTracking().Where(p => p.ReceiptId == receipt.Id).Select(p => new { p.Sealed, p.Sha256, p.SealedAt }).SingleAsync(ct);
        if (paper.Sealed is null)
            return ReceiptErrors.Pending.ToProblem();
        response.Headers.CacheControl = "no-store";
        return TypedResults.File(
            paper.Sealed, MediaTypeNames.Application.Pdf, NameOf(receipt), enableRangeProcessing: true, paper.SealedAt, new EntityTagHeaderValue($"\"{paper.Sha256}\""));
    }

    private static string NameOf(Receipt receipt) => receipt.Kind == ReceiptKind.Cancellation
        ? $"huy-bien-lai-{receipt.Reference}.pdf"
        : $"bien-lai-{receipt.Symbol}-{ReceiptSheet.NumberOf(receipt)}.pdf";
}
