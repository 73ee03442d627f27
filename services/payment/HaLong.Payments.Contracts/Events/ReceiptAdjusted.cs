using MassTransit;

namespace HaLong.Payments.Contracts.Events;

/// <summary>A part of what was collected was given back: an adjusting receipt with a number of its own lessens the first.</summary>
/// <param name="ReceiptId">The receipt that is lessened.</param>
/// <param name="AdjustmentId">The adjusting receipt.</param>
/// <param name="RefundId">The refund.</param>
/// <param name="PaymentId">The payment request.</param>
/// <param name="DossierId">What was paid for.</param>
/// <param name="DossierCode">Its code.</param>
/// <param name="OwnerId">Who owed.</param>
/// <param name="Form">Form symbol of the adjusting receipt.</param>
/// <param name="Symbol">Receipt symbol of the adjusting receipt.</param>
/// <param name="Number">Its number.</param>
/// <param name="Year">The year to which the number belongs.</param>
/// <param name="Amount">Đồng by which the receipt is less.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
[EntityName("halong.receipt-adjusted.v1")]
[MessageUrn("halong.receipt-adjusted.v1")]
public sealed record ReceiptAdjusted(
    Guid ReceiptId, Guid AdjustmentId, Guid RefundId, Guid PaymentId, Guid DossierId, string DossierCode, Guid OwnerId, string Form, string Symbol, int Number, int Year,
    long Amount, DateTimeOffset OccurredAt);
