using MassTransit;

namespace HaLong.Identity.Contracts.Events;

/// <summary>An organisation (tổ chức, doanh nghiệp) has an account now: an official has seen its papers.</summary>
/// <param name="OrganisationId">The organisation's account.</param>
/// <param name="LegalRepresentativeId">Account of the person who speaks for it by law.</param>
/// <param name="UnitCode">The unit whose official saw the papers.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.organisation-registered.v1")]
[MessageUrn("halong.organisation-registered.v1")]
public sealed record OrganisationRegistered(Guid OrganisationId, Guid LegalRepresentativeId, string UnitCode, DateTimeOffset OccurredAt);
