using MassTransit;

namespace HaLong.Identity.Contracts.Events;

/// <summary>A person agreed to the processing of data for a purpose.</summary>
/// <param name="AccountId">The person.</param>
/// <param name="Purpose">Code of the purpose, e.g. optional-notices.</param>
/// <param name="TextVersion">Version of the text agreed to.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.consent-given.v1")]
[MessageUrn("halong.consent-given.v1")]
public sealed record ConsentGiven(Guid AccountId, string Purpose, int TextVersion, DateTimeOffset OccurredAt);
