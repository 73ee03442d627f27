using MassTransit;

namespace HaLong.Identity.Contracts.Events;

/// <summary>A person withdrew a consent: processing for the purpose ends now; what was done before stays lawful.</summary>
/// <param name="AccountId">The person.</param>
/// <param name="Purpose">Code of the purpose, e.g. optional-notices.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.consent-withdrawn.v1")]
[MessageUrn("halong.consent-withdrawn.v1")]
public sealed record ConsentWithdrawn(Guid AccountId, string Purpose, DateTimeOffset OccurredAt);
