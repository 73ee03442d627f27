using MassTransit;

namespace HaLong.Identity.Contracts.Events;

/// <summary>Who may act in the name of an organisation has changed, or somebody was asked to.</summary>
/// <param name="OrganisationId">The organisation's account.</param>
/// <param name="RepresentativeId">The appointment.</param>
/// <param name="AccountId">The person; null while nobody with the number and name given is known.</param>
/// <param name="Kind">legal (đại diện theo pháp luật) or authorised (đại diện theo ủy quyền).</param>
/// <param name="Change">invited, added, declined, removed or expired.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.representatives-changed.v1")]
[MessageUrn("halong.representatives-changed.v1")]
public sealed record RepresentativesChanged(
    Guid OrganisationId, Guid RepresentativeId, Guid? AccountId, string Kind, string Change, DateTimeOffset OccurredAt);
