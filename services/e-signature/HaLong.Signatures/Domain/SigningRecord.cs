namespace HaLong.Signatures.Domain;

/// <summary>How an order ended.</summary>
internal enum OrderOutcome
{
    Signed,
    Expired,
}

/// <summary>The signing log: which credential signed how many hashes when. Written once, kept; no content, no hash of a single document.</summary>
internal sealed class SigningRecord
{
    private SigningRecord()
    {
    }

    /// <summary>The order's id: one row at most, so nothing is signed twice whatever replicas do.</summary>
    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    public Guid CredentialId { get; private set; }

    public ActivationDoor Door { get; private set; }

    public string Algorithm { get; private set; } = "";

    /// <summary>Digest over algorithm, number and all hashes.</summary>
    public byte[] HashesDigest { get; private set; } = [];

    public int HashCount { get; private set; }

    public OrderOutcome Outcome { get; private set; }

    public DateTimeOffset OccurredAt { get; private set; }

    public static SigningRecord Of(SigningActivation activation, OrderOutcome outcome, DateTimeOffset now) => new()
    {
        Id = activation.Id,
        AccountId = activation.AccountId,
        CredentialId = activation.CredentialId,
        Door = activation.Door,
        Algorithm = activation.Algorithm ?? "",
        HashesDigest = activation.HashesDigest ?? [],
        HashCount = activation.HashCount,
        Outcome = outcome,
        OccurredAt = now,
    };
}
