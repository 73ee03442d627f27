using MassTransit;

namespace HaLong.Notifications.Contracts.Events;

/// <summary>A message reached its channel's provider.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="RecipientId">Whose it is.</param>
/// <param name="DossierId">What it is about.</param>
/// <param name="Channel">inApp, email, sms, zalo or push.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.message-delivered.v1")]
[MessageUrn("halong.message-delivered.v1")]
public sealed record MessageDelivered(
    Guid MessageId,
    Guid RecipientId,
    Guid DossierId,
    string Channel,
    DateTimeOffset OccurredAt);
