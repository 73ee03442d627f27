using MassTransit;

namespace HaLong.Payments.Contracts.Events;

/// <summary>Everything that was collected was given back: the receipt does not hold any more. It stays, with its number.</summary>
/// <param name="ReceiptId">The receipt that ends.</param>
/// <param name="CancellationId">The document that ends it.</param>
/// <param name="RefundId">The refund.</param>
/// <param name="PaymentId">The payment request.</param>
/// <param name="DossierId">What was paid for.</param>
/// <param name="DossierCode">Its code.</param>
/// <param name="OwnerId">Who owed.</param>
/// <param name="Amount">Đồng of the receipt.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
[EntityName("halong.receipt-cancelled.v1")]
[MessageUrn("halong.receipt-cancelled.v1")]
public sealed record ReceiptCancelled(
    Guid ReceiptId, Guid CancellationId, Guid RefundId, Guid PaymentId, Guid DossierId, string DossierCode, Guid OwnerId, long Amount, DateTimeOffset OccurredAt);
