using MassTransit;

namespace HaLong.Signatures.Contracts.Events;

/// <summary>Everybody has signed every document of a session.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Subject">What it belongs to; empty without.</param>
/// <param name="CreatedBy">Account or client that made it.</param>
/// <param name="Documents">The signed documents, in their order.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.signing-completed.v1")]
[MessageUrn("halong.signing-completed.v1")]
public sealed record SigningCompleted(
    Guid SessionId,
    string Subject,
    string CreatedBy,
    IReadOnlyList<SignedDocument> Documents,
    DateTimeOffset OccurredAt);

/// <summary>A signed document of a session.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Sha256">Of the signed file, lower-case hex.</param>
public sealed record SignedDocument(Guid DocumentId, string Sha256);
