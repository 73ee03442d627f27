namespace HaLong.Notifications.Domain;

internal enum DeliveryState
{
    Pending,
    Delivered,
    Dead,
}

/// <summary>One event on its way to one subscription.</summary>
internal sealed class Delivery
{
    public long Id { get; private set; }

    public required Guid SubscriptionId { get; init; }

    public required Guid EventId { get; init; }

    public required Guid DossierId { get; init; }

    /// <summary>The event's place in the log: order within a dossier.</summary>
    public required long Position { get; init; }

    public DeliveryState State { get; private set; }

    /// <summary>Next attempt; while an attempt runs, when it counts as lost.</summary>
    public DateTimeOffset DueAt { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>Attempts before it was replayed last: the schedule counts from there.</summary>
    public int AttemptsBefore { get; private set; }

    public DateTimeOffset? ReplayedAt { get; private set; }

    public int? LastStatus { get; private set; }

    public string? LastError { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; private set; }

    public PublicEvent Event { get; private set; } = null!; // read with the row

    public List<DeliveryAttempt> Log { get; private set; } = [];
}

/// <summary>One attempt to deliver.</summary>
internal sealed class DeliveryAttempt
{
    public required long DeliveryId { get; init; }

    public required int Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>HTTP status; null when there was no answer.</summary>
    public int? Status { get; init; }

    public required int DurationMs { get; init; }

    /// <summary>Where it was sent.</summary>
    public string? Url { get; init; }

    /// <summary>Signatures it carried: one for each secret that was valid.</summary>
    public int Signatures { get; init; }

    /// <summary>Names of the partner's own headers it carried; their values are not kept.</summary>
    public string[] HeaderNames { get; init; } = [];

    /// <summary>Resolving the name, where a new connection was made.</summary>
    public int? DnsMs { get; init; }

    /// <summary>Connecting, where a new connection was made.</summary>
    public int? ConnectMs { get; init; }

    public string? Error { get; init; }
}
