using MassTransit;

namespace HaLong.Identity.Contracts.Events;

/// <summary>At the person's request, data is only kept and used for nothing optional; or that has ended.</summary>
/// <param name="AccountId">The person.</param>
/// <param name="Restricted">False when the restriction has ended.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.processing-restricted.v1")]
[MessageUrn("halong.processing-restricted.v1")]
public sealed record ProcessingRestricted(Guid AccountId, bool Restricted, DateTimeOffset OccurredAt);
