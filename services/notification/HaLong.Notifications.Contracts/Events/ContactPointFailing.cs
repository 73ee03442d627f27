using MassTransit;

namespace HaLong.Notifications.Contracts.Events;

/// <summary>
/// Nobody is reached where an account says: the mailbox does not exist, the number is not served. Told when it is first found; names no number
/// and no address.
/// </summary>
/// <param name="AccountId">The account.</param>
/// <param name="Channel">email, sms or zalo.</param>
/// <param name="Reason">A short word of the provider's.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.contact-point-failing.v1")]
[MessageUrn("halong.contact-point-failing.v1")]
public sealed record ContactPointFailing(Guid AccountId, string Channel, string Reason, DateTimeOffset OccurredAt);
