namespace HaLong.Notifications.Domain;

internal enum DirectState
{
    /// <summary>A provider is being asked, or the process that asked it has died meanwhile.</summary>
    Sending,

    /// <summary>Surely with nobody: a repeat may take any provider.</summary>
    Away,

    /// <summary>The answer was lost: a repeat asks the provider first.</summary>
    Unknown,

    /// <summary>A provider took it.</summary>
    Sent,

    /// <summary>It arrived.</summary>
    Delivered,

    /// <summary>Never to be taken.</summary>
    Refused,

    /// <summary>Taken, and lost afterwards.</summary>
    Failed,
}

/// <summary>
/// That a code or a notice about an account was sent, written down before it is. It holds neither number nor address, text nor code: those live in
/// memory only, and the caller brings them again with a repeat.
/// </summary>
internal sealed class DirectSend
{
    /// <summary>The caller's id, the same for a repeat; the provider's idempotency key.</summary>
    public required string Id { get; init; }

    public required MessageChannel Channel { get; init; }

    /// <summary>What the code is for, or the name of the notice.</summary>
    public required string Purpose { get; init; }

    public required string Provider { get; init; }

    public string? Reference { get; private set; }

    public DirectState State { get; private set; }

    /// <summary>Turns taken; the fence.</summary>
    public int Attempts { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the last provider was asked.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>accepted, refused, later or unknown.</summary>
    public string? Outcome { get; private set; }

    /// <summary>A short word, never an address.</summary>
    public string? Reason { get; private set; }

    /// <summary>Sent again although a provider that may have it could not say so.</summary>
    public bool MayBeTwice { get; private set; }

    public DateTimeOffset? DeliveredAt { get; private set; }

    /// <summary>What its provider tells afterwards; false when that was known, or older.</summary>
    public bool Take(bool arrived, DateTimeOffset at, string? reason)
    {
        if (State == DirectState.Delivered || (!arrived && State is (DirectState.Failed or DirectState.Refused)))
            return false;
        (State, DeliveredAt, Reason) = arrived ? (DirectState.Delivered, (DateTimeOffset?)at, (string?)null) : (DirectState.Failed, null, reason);
        return true;
    }
}
