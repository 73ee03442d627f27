using MassTransit;

namespace HaLong.Payments.Contracts.Events;

/// <summary>Nothing is due any more for a payment request that nobody had paid: its dossier was closed.</summary>
/// <param name="PaymentId">The payment request.</param>
/// <param name="DossierId">What should have been paid for.</param>
/// <param name="DossierCode">Its code.</param>
/// <param name="OwnerId">Who owed.</param>
/// <param name="Amount">Đồng.</param>
/// <param name="Reason">withdrawn, stopped or notAccepted.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
[EntityName("halong.payment-cancelled.v1")]
[MessageUrn("halong.payment-cancelled.v1")]
public sealed record PaymentCancelled(
    Guid PaymentId,
    Guid DossierId,
    string DossierCode,
    Guid OwnerId,
    long Amount,
    string Reason,
    DateTimeOffset OccurredAt)
{
    /// <summary>What it was for: atFiling, or demand-1, demand-2… for what fell due in the course of handling.</summary>
    public string? Moment { get; init; }
}
