using MassTransit;

namespace HaLong.Identity.Contracts.Events;

/// <summary>An account exists now.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Kind">citizen, organisation, official or helper.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.account-registered.v1")]
[MessageUrn("halong.account-registered.v1")]
public sealed record AccountRegistered(
    Guid AccountId,
    string Kind,
    DateTimeOffset OccurredAt);
