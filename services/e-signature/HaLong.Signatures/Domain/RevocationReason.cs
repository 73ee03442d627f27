namespace HaLong.Signatures.Domain;

/// <summary>Why a certificate no longer holds; the numbers are those of RFC 5280 §5.3.1.</summary>
internal enum RevocationReason
{
    /// <summary>Somebody else has, or may have, the private key.</summary>
    KeyCompromise = 1,

    /// <summary>What the certificate says of its holder is no longer true, for example the name of the unit.</summary>
    AffiliationChanged = 3,

    /// <summary>Another certificate takes its place.</summary>
    Superseded = 4,

    /// <summary>The unit seals nothing any more: it gets no other seal.</summary>
    CessationOfOperation = 5,

    /// <summary>Suspended: may come back.</summary>
    CertificateHold = 6,
}

/// <summary>What happened to a credential.</summary>
internal enum CredentialMove
{
    Suspended,
    Resumed,
    Revoked,
}

/// <summary>One change of a credential's status, kept for ever: who, when, why.</summary>
internal sealed class CredentialChange
{
    private CredentialChange()
    {
    }

    public Guid Id { get; private set; }

    public Guid CredentialId { get; private set; }

    public string UnitCode { get; private set; } = "";

    public CredentialMove Move { get; private set; }

    public RevocationReason? Reason { get; private set; }

    public string Note { get; private set; } = "";

    /// <summary>Account of the official who did it.</summary>
    public Guid ActorId { get; private set; }

    public DateTimeOffset OccurredAt { get; private set; }

    public static CredentialChange Of(Credential credential, CredentialMove move, RevocationReason? reason, string note, Guid actor,
        DateTimeOffset now) => new()
        {
            Id = Guid.CreateVersion7(now),
            CredentialId = credential.Id,
            UnitCode = credential.UnitCode,
            Move = move,
            Reason = reason,
            Note = note,
            ActorId = actor,
            OccurredAt = now,
        };
}
