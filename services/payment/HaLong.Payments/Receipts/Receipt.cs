using HaLong.Payments.Domain;
using HaLong.Payments.Refunds;

namespace HaLong.Payments.Receipts;

/// <summary>One line of a receipt; of an adjustment, how much less.</summary>
/// <param name="Line">Number of the line in the payment request.</param>
/// <param name="Kind">phi or lePhi.</param>
/// <param name="NameVi">Vietnamese name.</param>
/// <param name="Amount">Đồng, more than nothing.</param>
internal sealed record ReceiptItem(int Line, string Kind, string NameVi, long Amount);

/// <summary>
/// An electronic receipt (biên lai điện tử, Decree 254/2026 arts 22–25), or what lessens or ends one. A fact: the database lets nobody change or
/// delete it, so what it says of its series is a copy.
/// </summary>
internal sealed class Receipt
{
    private readonly List<ReceiptItem> items = [];

    private Receipt()
    {
    }

    public Guid Id { get; private init; }
    public ReceiptKind Kind { get; private init; }
    public Guid PaymentId { get; private init; }

    /// <summary>The receipt that is lessened or ended; null for a receipt itself.</summary>
    public Guid? OriginalId { get; private init; }

    /// <summary>The refund that lessens or ends it.</summary>
    public Guid? RefundId { get; private init; }

    /// <summary>Null for a cancellation, as its number: it is no receipt.</summary>
    public Guid? SeriesId { get; private init; }

    /// <summary>From 1 in each series and year.</summary>
    public int? Number { get; private init; }

    /// <summary>The local year in which it was collected.</summary>
    public int Year { get; private init; }
    public string Form { get; private init; } = "";
    public string Symbol { get; private init; } = "";
    public string Collector { get; private init; } = "";
    public string TaxCode { get; private init; } = "";

    /// <summary>True for a series that nobody registered; its papers say so.</summary>
    public bool Assumed { get; private init; }

    /// <summary>Code of the unit whose seal it gets.</summary>
    public string Seal { get; private init; } = "";
    public string UnitCode { get; private init; } = "";
    public Guid DossierId { get; private init; }
    public string DossierCode { get; private init; } = "";
    public string ProcedureCode { get; private init; } = "";

    /// <summary>Reference of the payment.</summary>
    public string Reference { get; private init; } = "";

    /// <summary>Đồng: what was collected; of an adjustment, how much less; of a cancellation, what it ends.</summary>
    public long Amount { get; private init; }

    /// <summary>When it was collected; of the others, when the bank gave it back.</summary>
    public DateTimeOffset CollectedAt { get; private init; }
    public DateTimeOffset IssuedAt { get; private init; }

    /// <summary>Together with the number it opens the receipt to anybody; null for a cancellation, which is found by its receipt.</summary>
    public string? LookupCode { get; private init; }

    public IReadOnlyList<ReceiptItem> Items => items;

    /// <summary>The receipt of a settled request. Lines without an amount are left out: nothing was collected for them.</summary>
    public static Receipt Of(PaymentRequest payment, ReceiptSeriesOptions series, ReceiptNumber number, DateTimeOffset now)
    {
        var receipt = Draft(ReceiptKind.Receipt, payment, series, number, payment.Amount, payment.SettledAt!.Value, now);
        receipt.items.AddRange(payment.Items.Where(i => i.Amount > 0).OrderBy(i => i.Line).Select(i => new ReceiptItem(i.Line, i.Kind, i.NameVi, i.Amount)));
        return receipt;
    }

    /// <summary>What lessens a receipt. Lệ phí goes first, as in the ledger, and no line below what earlier adjustments left of it.</summary>
    public static Receipt Lessening(
        Receipt original, IReadOnlyCollection<Receipt> earlier, PaymentRequest payment, MoneyRefund refund, ReceiptSeriesOptions series, ReceiptNumber number, DateTimeOffset now)
    {
        var receipt = Draft(ReceiptKind.Adjustment, payment, series, number, refund.Amount, refund.PaidAt!.Value, now, original, refund);
        var left = refund.Amount;
        foreach (var item in original.Items.OrderBy(i => i.Kind, StringComparer.Ordinal).ThenBy(i => i.Line))
        {
            var part = Math.Min(left, item.Amount - earlier.SelectMany(e => e.Items).Where(e => e.Line == item.Line).Sum(e => e.Amount));
            if (part > 0)
                receipt.items.Add(item with { Amount = part });
            left -= part;
        }
        return receipt;
    }

    /// <summary>What ends a receipt and all its adjustments.</summary>
    public static Receipt Ending(Receipt original, PaymentRequest payment, MoneyRefund refund, ReceiptSeriesOptions series, DateTimeOffset now) =>
        Draft(ReceiptKind.Cancellation, payment, series, null, original.Amount, refund.PaidAt!.Value, now, original, refund);

    private static Receipt Draft(
        ReceiptKind kind, PaymentRequest payment, ReceiptSeriesOptions series, ReceiptNumber? number, long amount, DateTimeOffset at, DateTimeOffset now,
        Receipt? original = null, MoneyRefund? refund = null) => new()
        {
            Id = Guid.CreateVersion7(now),
            Kind = kind,
            PaymentId = payment.Id,
            OriginalId = original?.Id,
            RefundId = refund?.Id,
            SeriesId = number?.Series,
            Number = number?.Number,
            Year = ReceiptSeries.YearOf(at),
            Form = number is null ? original!.Form : series.Form,
            Symbol = number is null ? original!.Symbol : series.SymbolOf(ReceiptSeries.YearOf(at)),
            Collector = series.Collector,
            TaxCode = series.TaxCode,
            Assumed = series.Assumed,
            Seal = series.Seal ?? payment.UnitCode,
            UnitCode = payment.UnitCode,
            DossierId = payment.DossierId,
            DossierCode = payment.DossierCode,
            ProcedureCode = payment.ProcedureCode,
            Reference = payment.Reference,
            Amount = amount,
            CollectedAt = at,
            IssuedAt = now,
            LookupCode = number is null ? null : ReceiptCode.Create(),
        };
}
