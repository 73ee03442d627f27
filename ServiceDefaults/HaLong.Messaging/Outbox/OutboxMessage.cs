namespace HaLong.Messaging;

/// <summary>A fact waiting to be published: written in the transaction that made it true.</summary>
internal sealed class OutboxMessage
{
    public const int MaxErrorLength = 2000;

    /// <summary>Order of insertion.</summary>
    public long Sequence { get; init; }

    /// <summary>Id on the bus; a repeated delivery has the same.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>Wire name.</summary>
    public required string Type { get; init; }

    /// <summary>The message as JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>W3C trace parent of the work that wrote it.</summary>
    public string? TraceParent { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Not before this: delays and back-off.</summary>
    public required DateTimeOffset AvailableAt { get; set; }

    /// <summary>Failed attempts so far.</summary>
    public int Attempts { get; set; }

    /// <summary>Why the last attempt failed.</summary>
    public string? LastError { get; set; }
}
