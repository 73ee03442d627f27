using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Receipts;

/// <summary>Receipts, adjustments and cancellations of the cashier's unit, newest first.</summary>
internal static class ListReceipts
{
    /// <summary>No receipt is older than the platform.</summary>
    public const int FirstYear = 2026;

    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/", HandleAsync)
        .WithName(nameof(ListReceipts))
        .WithSummary("Receipts of the unit by series, year, kind and state, newest first")
        .WithDescription("Cashiers: those of their unit. series: the receipt symbol; state = issued or sealed; standing = valid, adjusted or cancelled; kind = receipt, adjustment or "
            + "cancellation. Pages by cursor.")
        .Produces<Page<ReceiptLine>>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .RequireAuthorization(Policies.Cashier);

    private static async Task<IResult> HandleAsync(
        string? series, int? year, string? kind, string? state, string? standing, string? after, int? limit, Caller caller, PaymentDbContext db, CancellationToken ct)
    {
        var (ofKind, inState, inStanding) = (Parse<ReceiptKind>(kind), Parse<PaperState>(state), Parse<ReceiptStanding>(standing));
        if ((kind is not null && ofKind is null) || (state is not null && inState is null) || (standing is not null && inStanding is null) || year is < FirstYear)
            return ReceiptErrors.UnknownFilter.ToProblem();
        var (size, cursor) = (Cursor.Limit(limit), Cursor.DecodeId(after));
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();

        var receipts = db.Receipts.AsNoTracking().Where(r => r.UnitCode == caller.Unit);
        var papers = db.ReceiptPapers.AsNoTracking().Where(p => p.UnitCode == caller.Unit);
        if (series is not null)
            receipts = receipts.Where(r => r.Symbol == series);
        if (year is not null)
            receipts = receipts.Where(r => r.Year == year);
        if (ofKind is not null)
            receipts = receipts.Where(r => r.Kind == ofKind);
        if (inState is not null)
            papers = papers.Where(p => p.State == inState);
        if (inStanding is not null)
            papers = papers.Where(p => p.Standing == inStanding);
        if (cursor.Value is { } before)
            (receipts, papers) = (receipts.Where(r => r.Id.CompareTo(before) < 0), papers.Where(p => p.ReceiptId.CompareTo(before) < 0));
        var rows = await receipts.Join(papers, r => r.Id, p => p.ReceiptId, (r, p) => new { Receipt = r, Paper = p })
            .OrderByDescending(f => f.Receipt.Id).Take(size.Value + 1)
            .Select(f => new ReceiptLine(
                f.Receipt.Id, f.Receipt.Kind, f.Receipt.Form, f.Receipt.Symbol, f.Receipt.Number, f.Receipt.Year, f.Receipt.Amount, f.Receipt.DossierCode, f.Receipt.PaymentId,
                f.Receipt.CollectedAt, f.Receipt.IssuedAt, f.Paper.State, f.Paper.Standing))
            .ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows, size.Value, r => [r.Id.ToString()]));
    }

    private static T? Parse<T>(string? word) where T : struct, Enum => word is null ? null : Words.Parse<T>(word);
}
