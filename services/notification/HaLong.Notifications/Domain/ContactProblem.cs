namespace HaLong.Notifications.Domain;

/// <summary>
/// A person is not reached where the account says. A task for the person, and for who meets him: reception and chief of a unit that has a
/// dossier of his. Holds no number and no address.
/// </summary>
internal sealed class ContactProblem
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>Email, Sms or Zalo.</summary>
    public required MessageChannel Channel { get; init; }

    /// <summary>A short word of the provider's.</summary>
    public required string Reason { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset LastAt { get; init; }

    /// <summary>How often it was tried in vain.</summary>
    public int Times { get; init; }

    /// <summary>Null while it is open.</summary>
    public DateTimeOffset? ResolvedAt { get; private set; }

    /// <summary>The official; null when it ended by itself.</summary>
    public Guid? ResolvedBy { get; private set; }

    /// <summary>contactChanged, delivered, accountClosed or official.</summary>
    public string? Resolution { get; private set; }

    public uint Version { get; private set; }

    public void Resolve(Guid official, DateTimeOffset now) => (ResolvedAt, ResolvedBy, Resolution) = (now, official, ByOfficial);

    public const string ContactChanged = "contactChanged", Delivered = "delivered", AccountClosed = "accountClosed", ByOfficial = "official";
}
