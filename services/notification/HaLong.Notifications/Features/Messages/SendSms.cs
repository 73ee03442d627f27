using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Send a recorded SMS. Internal.</summary>
/// <param name="MessageId">The message.</param>
[EntityName("halong.notification.send-sms.v1")]
[MessageUrn("halong.notification.send-sms.v1")]
public sealed record SendSms(Guid MessageId);
