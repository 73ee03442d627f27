using MassTransit;

namespace HaLong.Signatures.Contracts.Events;

/// <summary>It is a person's turn to sign.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="AccountId">Who has to sign.</param>
/// <param name="Subject">What the session belongs to, for example a dossier; empty without.</param>
/// <param name="Deadline">By when, UTC.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.signing-requested.v1")]
[MessageUrn("halong.signing-requested.v1")]
public sealed record SigningRequested(
    Guid SessionId,
    Guid AccountId,
    string Subject,
    DateTimeOffset Deadline,
    DateTimeOffset OccurredAt);
