using MassTransit;

namespace HaLong.Signatures.Contracts.Events;

/// <summary>A document was signed.</summary>
/// <param name="SignatureId">The signature.</param>
/// <param name="DocumentId">The caller's id of the document.</param>
/// <param name="Sha256">Of the signed file, lower-case hex.</param>
/// <param name="SignerSubject">Name in the certificate.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.document-signed.v1")]
[MessageUrn("halong.document-signed.v1")]
public sealed record DocumentSigned(
    Guid SignatureId,
    Guid DocumentId,
    string Sha256,
    string SignerSubject,
    DateTimeOffset OccurredAt);
