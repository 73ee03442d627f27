namespace HaLong.Notifications.Domain;

/// <summary>
/// What a provider told of a message that nobody here knows by that name yet: it came before our own note of the provider's reference was committed.
/// Tried again until that is there; what finds nothing for days was not ours.
/// </summary>
internal sealed class StrayReceipt
{
    public required Guid Id { get; init; }

    public required string Provider { get; init; }

    /// <summary>Our key of it; empty where the provider tells only its own.</summary>
    public required string Key { get; init; }

    /// <summary>The provider's id of it; empty where it tells only ours.</summary>
    public required string Reference { get; init; }

    /// <summary>delivered, failed or complained.</summary>
    public required string Status { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? Reason { get; init; }

    public bool BadAddress { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}
