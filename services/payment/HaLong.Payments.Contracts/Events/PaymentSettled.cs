using MassTransit;

namespace HaLong.Payments.Contracts.Events;

/// <summary>The money has arrived: published once for each payment request.</summary>
/// <param name="PaymentId">The payment request.</param>
/// <param name="DossierId">What is paid for.</param>
/// <param name="DossierCode">Its code.</param>
/// <param name="OwnerId">Who owes.</param>
/// <param name="Amount">Đồng.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
/// <param name="Provider">Who told us: the name of a bank, portal for the national payment platform, cash when it was paid at the counter.</param>
[EntityName("halong.payment-settled.v1")]
[MessageUrn("halong.payment-settled.v1")]
public sealed record PaymentSettled(
    Guid PaymentId,
    Guid DossierId,
    string DossierCode,
    Guid OwnerId,
    long Amount,
    DateTimeOffset OccurredAt,
    string Provider)
{
    /// <summary>What it is for: atFiling, or demand-1, demand-2… for what fell due in the course of handling.</summary>
    public string? Moment { get; init; }
}
