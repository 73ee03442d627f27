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

    /// <summary>When it happened; null in rows from before this was kept.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    public string? ProcedureCode { get; init; }

    /// <summary>The unit that had the dossier then.</summary>
    public string? UnitCode { get; init; }

    /// <summary>The CloudEvent as JSON, the same bytes for every reader and every attempt.</summary>
    public required string Envelope { get; init; }

    /// <summary>Place in the log; null while an earlier fact of the dossier is missing.</summary>
    public long? Position { get; private set; }

    public DateTimeOffset? ReleasedAt { get; private set; }
}

/// <summary>What the log knows of a dossier: which fact it waits for, and what subscriptions and officials find it by.</summary>
internal sealed class EventStream
{
    public required Guid DossierId { get; init; }

    public long NextSequence { get; private set; } = 1;

    public required string Code { get; init; }

    public required string ProcedureCode { get; init; }

    /// <summary>The unit that has it now.</summary>
    public required string UnitCode { get; init; }

    /// <summary>Field (lĩnh vực) of the procedure; null where the fact of its filing did not tell it.</summary>
    public string? FieldCode { get; init; }

    /// <summary>The latest fact that the codes above are from.</summary>
    public long SeenSequence { get; init; }
}
