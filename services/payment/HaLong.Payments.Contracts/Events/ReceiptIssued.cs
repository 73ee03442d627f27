using MassTransit;

namespace HaLong.Payments.Contracts.Events;

/// <summary>What was collected has its receipt (biên lai), with its number; the sealed PDF follows.</summary>
/// <param name="ReceiptId">The receipt.</param>
/// <param name="PaymentId">The payment request.</param>
/// <param name="DossierId">What was paid for.</param>
/// <param name="DossierCode">Its code.</param>
/// <param name="OwnerId">Who owed.</param>
/// <param name="Form">Form symbol (ký hiệu mẫu biên lai).</param>
/// <param name="Symbol">Receipt symbol (ký hiệu biên lai).</param>
/// <param name="Number">From 1 in each series and year, without gaps.</param>
/// <param name="Year">The year to which the number belongs.</param>
/// <param name="Amount">Đồng.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
[EntityName("halong.receipt-issued.v1")]
[MessageUrn("halong.receipt-issued.v1")]
public sealed record ReceiptIssued(
    Guid ReceiptId, Guid PaymentId, Guid DossierId, string DossierCode, Guid OwnerId, string Form, string Symbol, int Number, int Year, long Amount, DateTimeOffset OccurredAt);
