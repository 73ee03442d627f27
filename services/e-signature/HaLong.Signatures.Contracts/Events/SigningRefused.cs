using MassTransit;

namespace HaLong.Signatures.Contracts.Events;

/// <summary>A signer refused; the session is over. The reason, in his words, is told to who asks the service.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Subject">What it belongs to; empty without.</param>
/// <param name="CreatedBy">Account or client that made it.</param>
/// <param name="AccountId">Who refused.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.signing-refused.v1")]
[MessageUrn("halong.signing-refused.v1")]
public sealed record SigningRefused(
    Guid SessionId,
    string Subject,
    string CreatedBy,
    Guid AccountId,
    DateTimeOffset OccurredAt);
