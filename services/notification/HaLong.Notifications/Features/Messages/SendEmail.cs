using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Send a recorded e-mail. Internal: a message of this service to itself.</summary>
/// <param name="MessageId">Which one.</param>
[EntityName("halong.notification.send-email.v1")]
[MessageUrn("halong.notification.send-email.v1")]
public sealed record SendEmail(Guid MessageId);
