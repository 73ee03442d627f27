using MassTransit;

namespace HaLong.Payments.Contracts.Events;

/// <summary>A payment request changed its state: told for every change, in order, beside the fact that says what it means.</summary>
/// <param name="PaymentId">The payment request.</param>
/// <param name="DossierId">What is paid for.</param>
/// <param name="Sequence">Number of the change within its request, from 1 without gaps; consumers that need order use it.</param>
/// <param name="From">State before; null for the first.</param>
/// <param name="Step">What happened: offer, begin, fail, lose, clear, settle, accept, expire, cancel, refundPart or refund; null for the first.</param>
/// <param name="To">State afterwards: created, pending, processing, settled, expired, cancelled, unknown, partiallyRefunded or refunded.</param>
/// <param name="Moment">What it is for: atFiling, or demand-1, demand-2…</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
[EntityName("halong.payment-state-changed.v1")]
[MessageUrn("halong.payment-state-changed.v1")]
public sealed record PaymentStateChanged(
    Guid PaymentId,
    Guid DossierId,
    int Sequence,
    string? From,
    string? Step,
    string To,
    string Moment,
    DateTimeOffset OccurredAt);
