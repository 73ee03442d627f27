namespace HaLong.Signatures.Domain;

/// <summary>One step in the life of a person's credential, kept for ever: who, when, why.</summary>
internal sealed class PersonCredentialChange
{
    private PersonCredentialChange()
    {
    }

    public Guid Id { get; private set; }

    public Guid CredentialId { get; private set; }

    public PersonCredentialMove Move { get; private set; }

    public RevocationReason? Reason { get; private set; }

    public string Note { get; private set; } = "";

    /// <summary>Account of who did it; empty for the platform itself.</summary>
    public Guid ActorId { get; private set; }

    public DateTimeOffset OccurredAt { get; private set; }

    public static PersonCredentialChange Of(PersonCredential credential, PersonCredentialMove move, Guid actor, DateTimeOffset now, string note = "",
        RevocationReason? reason = null) => new()
        {
            Id = Guid.CreateVersion7(now),
            CredentialId = credential.Id,
            Move = move,
            Reason = reason,
            Note = note,
            ActorId = actor,
            OccurredAt = now,
        };
}
