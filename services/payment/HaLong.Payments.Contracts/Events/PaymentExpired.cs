using MassTransit;

namespace HaLong.Payments.Contracts.Events;

/// <summary>A payment request lapsed without money.</summary>
/// <param name="PaymentId">The payment request.</param>
/// <param name="DossierId">What should have been paid for.</param>
/// <param name="DossierCode">Its code.</param>
/// <param name="OwnerId">Who owed.</param>
/// <param name="Amount">Đồng.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
[EntityName("halong.payment-expired.v1")]
[MessageUrn("halong.payment-expired.v1")]
public sealed record PaymentExpired(
    Guid PaymentId,
    Guid DossierId,
    string DossierCode,
    Guid OwnerId,
    long Amount,
    DateTimeOffset OccurredAt)
{
    /// <summary>What it is for: atFiling, or demand-1, demand-2… for what fell due in the course of handling.</summary>
    public string? Moment { get; init; }
}
