using MassTransit;

namespace HaLong.Identity.Contracts.Events;

/// <summary>A person has asked for a copy of everything the platform holds about her. Identity hands out its own part at once; the request stands for the rest.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="AccountId">The person.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.data-export-requested.v1")]
[MessageUrn("halong.data-export-requested.v1")]
public sealed record DataExportRequested(Guid RequestId, Guid AccountId, DateTimeOffset OccurredAt);
