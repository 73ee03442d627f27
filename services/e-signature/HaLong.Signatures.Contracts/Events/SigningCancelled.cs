using MassTransit;

namespace HaLong.Signatures.Contracts.Events;

/// <summary>Whoever made a session took it back.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Subject">What it belongs to; empty without.</param>
/// <param name="CreatedBy">Account or client that made it.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.signing-cancelled.v1")]
[MessageUrn("halong.signing-cancelled.v1")]
public sealed record SigningCancelled(
    Guid SessionId,
    string Subject,
    string CreatedBy,
    DateTimeOffset OccurredAt);
