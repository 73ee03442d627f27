using MassTransit;

namespace HaLong.Identity.Contracts.Events;

/// <summary>The optional data of a person was deleted at her request and the account closed. Records that the law keeps stay.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="AccountId">The person.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.personal-data-erased.v1")]
[MessageUrn("halong.personal-data-erased.v1")]
public sealed record PersonalDataErased(Guid RequestId, Guid AccountId, DateTimeOffset OccurredAt);
