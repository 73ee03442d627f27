namespace HaLong.Dossiers.Drafts;

/// <summary>One change of a draft: who, when, through which channel, and what. Rows are only added; the oldest are merged into one.</summary>
internal sealed class DraftRevision
{
    public Guid DossierId { get; init; }

    /// <summary>From 1 without gaps until the oldest are merged.</summary>
    public int Number { get; init; }

    public DateTimeOffset At { get; init; }
    public Guid ActorId { get; init; }

    /// <summary>citizen, organisation, delegate, representative or helper.</summary>
    public required string Role { get; init; }

    public required string Channel { get; init; }
    public Guid? DelegationId { get; init; }
    public Guid? AssistedSessionId { get; init; }

    /// <summary>The earlier revision that was brought back.</summary>
    public int? RestoredFrom { get; init; }

    /// <summary>Merge patch (RFC 7396) of <c>{subject, data}</c>, or the whole of it when <see cref="IsWhole"/>.</summary>
    public required string Patch { get; init; }

    public bool IsWhole { get; init; }

    /// <summary>Length of <see cref="Patch"/>.</summary>
    public int Size { get; init; }
}

/// <summary>
/// Which revision a version of the dossier's row (its ETag) holds. The database writes it: other changes, such as an attached document, make a new
/// version of the row too, and a stale ETag must still be understood.
/// </summary>
internal sealed class DraftVersion
{
    public Guid DossierId { get; init; }
    public long Version { get; init; }
    public int Revision { get; init; }
}
