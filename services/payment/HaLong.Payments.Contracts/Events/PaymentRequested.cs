using MassTransit;

namespace HaLong.Payments.Contracts.Events;

/// <summary>A payment request was opened for a dossier.</summary>
/// <param name="PaymentId">The payment request.</param>
/// <param name="DossierId">What is paid for.</param>
/// <param name="DossierCode">Its code.</param>
/// <param name="OwnerId">Who owes.</param>
/// <param name="Amount">Đồng.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
/// <param name="Reference">Short reference that travels in the remittance text.</param>
/// <param name="ExpiresAt">When the request lapses, UTC.</param>
[EntityName("halong.payment-requested.v1")]
[MessageUrn("halong.payment-requested.v1")]
public sealed record PaymentRequested(
    Guid PaymentId,
    Guid DossierId,
    string DossierCode,
    Guid OwnerId,
    long Amount,
    DateTimeOffset OccurredAt,
    string Reference,
    DateTimeOffset ExpiresAt)
{
    /// <summary>What it is for: atFiling, or demand-1, demand-2… for what fell due in the course of handling.</summary>
    public string? Moment { get; init; }
}
