using MassTransit;

namespace HaLong.Payments.Contracts.Events;

/// <summary>A bank notice is stored and should be settled. Payment tells this to itself only; nobody else should listen.</summary>
/// <param name="NoticeId">The stored notice.</param>
/// <param name="OccurredAt">When it was stored, UTC.</param>
[EntityName("halong.payment.bank-notice-received.v1")]
[MessageUrn("halong.payment.bank-notice-received.v1")]
public sealed record BankNoticeReceived(Guid NoticeId, DateTimeOffset OccurredAt);
