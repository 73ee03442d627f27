namespace HaLong.Dossiers.Archive.Destruction;

/// <summary>One dossier of a list, as it was when it was proposed; afterwards the record of what was destroyed.</summary>
internal sealed class DestructionItem
{
    public Guid ListId { get; init; }

    /// <summary>Its number on the list, from 1.</summary>
    public int Number { get; init; }
    public Guid DossierId { get; init; }
    public required string Code { get; init; }
    public required string ProcedureCode { get; init; }
    public required string Status { get; init; }
    public DateTimeOffset ClosedAt { get; init; }

    /// <summary>Last day on which it had to be kept, and by which rule.</summary>
    public DateOnly KeepUntil { get; init; }
    public required string Rule { get; init; }

    /// <summary>One of <see cref="DestructionItemState"/>.</summary>
    public string State { get; private set; } = DestructionItemState.Pending;
    public DateTimeOffset? DoneAt { get; private set; }

    /// <summary>What its files were.</summary>
    public List<DestroyedFile> Files { get; private set; } = [];

    public void Destroyed(IEnumerable<DestroyedFile> files, DateTimeOffset now) => (State, Files, DoneAt) = (DestructionItemState.Destroyed, [.. files], now);

    public void Held(DateTimeOffset now) => (State, DoneAt) = (DestructionItemState.Held, now);
}

/// <summary>A file that is no longer.</summary>
internal sealed record DestroyedFile(string Kind, long Size, string Sha256);

/// <summary>What became of a dossier of a list.</summary>
internal static class DestructionItemState
{
    public const string Pending = "pending";
    public const string Destroyed = "destroyed";

    /// <summary>Left alone: it came under a legal hold, or was no longer there.</summary>
    public const string Held = "held";

    /// <summary>The list was rejected.</summary>
    public const string Released = "released";
}
