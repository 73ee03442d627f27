namespace HaLong.Messaging;

/// <summary>
/// That something happened: hashes and ids, never what it was. Written in the transaction that made it true, chained a moment later.
/// </summary>
internal sealed class EvidenceRow
{
    public const int MaxKind = 200, MaxName = 100;

    /// <summary>The id of the message on the bus, where there is one.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it happened, to the microsecond, as the database keeps it.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Wire name of the fact, or the word of a change that nobody else hears of.</summary>
    public required string Kind { get; init; }

    /// <summary>Id of what it is about; empty when it is about nothing in particular.</summary>
    public required string Subject { get; init; }

    /// <summary>Account or client that did it; <c>system</c> for what the platform does by itself.</summary>
    public required string Actor { get; init; }

    /// <summary>SHA-256 of the canonical content.</summary>
    public required byte[] ContentHash { get; init; }

    /// <summary>Month of chaining as yyyymm; null until then, as are the others.</summary>
    public int? Partition { get; init; }

    /// <summary>From 1 in each partition, without gaps.</summary>
    public long? Position { get; init; }

    /// <summary>Hash of the row before.</summary>
    public byte[]? PreviousHash { get; init; }

    /// <summary>See <see cref="ChainHash"/>.</summary>
    public byte[]? Hash { get; init; }
}

/// <summary>Where the chain of one partition ends: a second trace of rows that are cut off.</summary>
internal sealed class EvidenceHead
{
    public required int Partition { get; init; }

    public required long Position { get; init; }

    public required byte[] Hash { get; init; }
}

/// <summary>What was said to the witness, and its time-stamp.</summary>
internal sealed class EvidenceAnchor
{
    /// <summary>The witness's id of it.</summary>
    public required Guid Id { get; init; }

    public required int Partition { get; init; }

    public required long FromPosition { get; init; }

    public required long ToPosition { get; init; }

    public required byte[] Root { get; init; }

    public required byte[] Head { get; init; }

    public required byte[] PreviousHash { get; init; }

    public required byte[] Hash { get; init; }

    /// <summary>RFC 3161, DER.</summary>
    public required byte[] Token { get; init; }

    public required DateTimeOffset StampedAt { get; init; }
}
