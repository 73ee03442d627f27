using MassTransit;

namespace HaLong.Notifications.Webhooks;

/// <summary>Tell those who run a partner's system that the platform stopped or resumed a subscription. Internal.</summary>
/// <param name="SubscriptionId">Which.</param>
/// <param name="Owner">Client of the partner.</param>
/// <param name="What">paused or resumed.</param>
/// <param name="Reason">A word of the subscription's state.</param>
/// <param name="Host">Host of the address; the rest of it may hold a secret.</param>
/// <param name="At">When.</param>
/// <param name="Attempt">How often it was tried in vain.</param>
[EntityName("halong.notification.tell-partner.v1")]
[MessageUrn("halong.notification.tell-partner.v1")]
public sealed record TellPartner(Guid SubscriptionId, string Owner, string What, string Reason, string Host, DateTimeOffset At, int Attempt = 0);
