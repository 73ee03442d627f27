namespace HaLong.Payments.Receipts;

/// <summary>
/// A receipt as its holder and officials see it: what the paper says, how far its seal is (state), and whether it still holds (standing). A cancellation has no
/// number. The amount is in đồng, of an adjustment how much less; remaining is what a receipt stands for after its adjustments; later are the documents that
/// lessened or ended it, oldest first; assumed is a series that nobody registered; statement says the same for programs, sealed (JWS with x5c), null before the seal.
/// </summary>
internal sealed record ReceiptView(
    Guid Id,
    ReceiptKind Kind,
    string Form,
    string Symbol,
    int? Number,
    string? NumberText,
    int Year,
    string Collector,
    string TaxCode,
    string UnitCode,
    string DossierCode,
    string ProcedureCode,
    string Reference,
    IReadOnlyList<ReceiptItemView> Items,
    long Amount,
    string Currency,
    string AmountInWords,
    DateTimeOffset CollectedAt,
    DateTimeOffset IssuedAt,
    PaperState State,
    DateTimeOffset? SealedAt,
    ReceiptStanding Standing,
    long? Remaining,
    ReceiptLine? Original,
    IReadOnlyList<ReceiptLine> Later,
    string? LookupCode,
    string? LookupUrl,
    bool Assumed,
    string? Statement)
{
    /// <param name="of">Which.</param>
    /// <param name="all">All documents of the payment.</param>
    /// <param name="options">Where it is looked up.</param>
    public static ReceiptView Of(ReceiptFile of, IReadOnlyCollection<ReceiptFile> all, ReceiptOptions options)
    {
        var receipt = of.Receipt;
        var later = all.Where(f => f.Receipt.OriginalId == receipt.Id).OrderBy(f => f.Receipt.Id).ToList();
        return new(
            receipt.Id, receipt.Kind, receipt.Form, receipt.Symbol, receipt.Number, receipt.Number is null ? null : ReceiptSheet.NumberOf(receipt), receipt.Year, receipt.Collector,
            receipt.TaxCode, receipt.UnitCode, receipt.DossierCode, receipt.ProcedureCode, receipt.Reference,
            [.. receipt.Items.OrderBy(i => i.Line).Select(i => new ReceiptItemView(i.Kind, i.NameVi, i.Amount))],
            receipt.Amount, "VND", Money.AmountInWords.Of(receipt.Amount), receipt.CollectedAt, receipt.IssuedAt, of.State, of.SealedAt, of.Standing,
            receipt.Kind == ReceiptKind.Receipt ? RemainingOf(of, later) : null,
            all.FirstOrDefault(f => f.Receipt.Id == receipt.OriginalId) is { } original ? ReceiptLine.Of(original) : null, later.ConvertAll(ReceiptLine.Of),
            receipt.LookupCode, receipt.LookupCode is { } code ? options.LookupUrl(code, receipt.Number!.Value) : null, receipt.Assumed, of.Statement);
    }

    private static long RemainingOf(ReceiptFile of, List<ReceiptFile> later) =>
        of.Standing == ReceiptStanding.Cancelled ? 0 : of.Receipt.Amount - later.Where(f => f.Receipt.Kind == ReceiptKind.Adjustment).Sum(f => f.Receipt.Amount);
}

/// <summary>One line of a receipt: phi (fee) or lePhi (charge).</summary>
internal sealed record ReceiptItemView(string Kind, string NameVi, long Amount);

/// <summary>A document in a list; the amount in đồng.</summary>
internal sealed record ReceiptLine(
    Guid Id, ReceiptKind Kind, string Form, string Symbol, int? Number, int Year, long Amount, string DossierCode, Guid PaymentId, DateTimeOffset CollectedAt, DateTimeOffset IssuedAt,
    PaperState State, ReceiptStanding Standing)
{
    public static ReceiptLine Of(ReceiptFile f) => new(
        f.Receipt.Id, f.Receipt.Kind, f.Receipt.Form, f.Receipt.Symbol, f.Receipt.Number, f.Receipt.Year, f.Receipt.Amount, f.Receipt.DossierCode, f.Receipt.PaymentId,
        f.Receipt.CollectedAt, f.Receipt.IssuedAt, f.State, f.Standing);
}
