using MassTransit;

namespace HaLong.Payments.Receipts;

/// <summary>The service's note to itself: a payment may lack a receipt, or what lessens or ends it.</summary>
/// <param name="PaymentId">Which.</param>
[EntityName("halong.payment.receipt-due.v1")]
[MessageUrn("halong.payment.receipt-due.v1")]
internal sealed record ReceiptDue(Guid PaymentId);

/// <summary>The service's note to itself: the paper of a receipt is to be written or sealed.</summary>
/// <param name="ReceiptId">Which.</param>
/// <param name="Attempt">From 1.</param>
[EntityName("halong.payment.receipt-sealing-due.v1")]
[MessageUrn("halong.payment.receipt-sealing-due.v1")]
internal sealed record ReceiptSealingDue(Guid ReceiptId, int Attempt);
