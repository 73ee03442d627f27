using MassTransit;

namespace HaLong.Notifications.Contracts.Events;

/// <summary>A message about a dossier could not be brought to its reader through one channel.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="RecipientId">Whose it is.</param>
/// <param name="DossierId">What it is about.</param>
/// <param name="Channel">email, sms, zalo or push.</param>
/// <param name="Reason">A short word, never an address.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.message-failed.v1")]
[MessageUrn("halong.message-failed.v1")]
public sealed record MessageFailed(Guid MessageId, Guid RecipientId, Guid DossierId, string Channel, string Reason, DateTimeOffset OccurredAt);
