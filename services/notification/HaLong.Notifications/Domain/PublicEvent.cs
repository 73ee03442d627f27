namespace HaLong.Notifications.Domain;

/// <summary>A fact that partners may know, as the CloudEvent they get.</summary>
internal sealed class PublicEvent
{
    /// <summary>The CloudEvent's id.</summary>
    public required Guid Id { get; init; }

    public required Guid DossierId { get; init; }

    /// <summary>Number of the fact within its dossier.</summary>
    public required long Sequence { get; init; }

    public required string Type { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public string? TraceParent { get; init; }

    /// <summary>The CloudEvent as JSON, the same bytes for every reader and every attempt.</summary>
    public required string Envelope { get; init; }

    /// <summary>Place in the log; null while an earlier fact of the dossier is missing.</summary>
    public long? Position { get; private set; }

    public DateTimeOffset? ReleasedAt { get; private set; }
}

/// <summary>Which fact of a dossier the log waits for.</summary>
internal sealed class EventStream
{
    public required Guid DossierId { get; init; }

    public long NextSequence { get; private set; } = 1;
}
