using MassTransit;

namespace HaLong.Signatures.Contracts.Events;

/// <summary>Something happened to a person's credential to sign with, of which the owner should hear in case it was somebody else.</summary>
/// <param name="CredentialId">The credential.</param>
/// <param name="AccountId">The owner.</param>
/// <param name="Change">One word: credential_approved, _issued, _pin_changed, _suspended, _resumed, _revoked, _ends_soon or _expired.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.credential-changed.v1")]
[MessageUrn("halong.credential-changed.v1")]
public sealed record CredentialChanged(
    Guid CredentialId,
    Guid AccountId,
    string Change,
    DateTimeOffset OccurredAt);
