using MassTransit;

namespace HaLong.Payments.Contracts.Events;

/// <summary>The bank paid money back.</summary>
/// <param name="RefundId">The refund.</param>
/// <param name="PaymentId">The payment request that it is about; null when it is about none.</param>
/// <param name="DossierId">What was paid for; null when nobody knows.</param>
/// <param name="DossierCode">Its code.</param>
/// <param name="OwnerId">Who owed; null when nobody knows.</param>
/// <param name="Amount">Đồng.</param>
/// <param name="Rule">By which rule, a short word.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
[EntityName("halong.money-refunded.v1")]
[MessageUrn("halong.money-refunded.v1")]
public sealed record MoneyRefunded(
    Guid RefundId, Guid? PaymentId, Guid? DossierId, string? DossierCode, Guid? OwnerId, long Amount, string Rule, DateTimeOffset OccurredAt);
