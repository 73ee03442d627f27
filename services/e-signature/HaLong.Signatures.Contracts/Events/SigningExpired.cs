using MassTransit;

namespace HaLong.Signatures.Contracts.Events;

/// <summary>The deadline of a session passed before everybody had signed.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Subject">What it belongs to; empty without.</param>
/// <param name="CreatedBy">Account or client that made it.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.signing-expired.v1")]
[MessageUrn("halong.signing-expired.v1")]
public sealed record SigningExpired(
    Guid SessionId,
    string Subject,
    string CreatedBy,
    DateTimeOffset OccurredAt);
