namespace HaLong.Dossiers.Archive.Exports;

/// <summary>An order to write the closed dossiers of a unit into the archive.</summary>
internal sealed class ArchiveExport
{
    public Guid Id { get; init; }
    public required string UnitCode { get; init; }

    /// <summary>First and last local day of the end of the dossiers.</summary>
    public DateOnly ClosedFrom { get; init; }
    public DateOnly ClosedTo { get; init; }
    public Guid RequestedBy { get; init; }
    public DateTimeOffset RequestedAt { get; init; }
}

/// <summary>One dossier of an order; what is done is done once, whatever breaks off.</summary>
internal sealed class ArchiveItem
{
    public Guid ExportId { get; init; }
    public Guid DossierId { get; init; }

    /// <summary>One of <see cref="ArchiveItemState"/>.</summary>
    public string State { get; set; } = ArchiveItemState.Pending;

    /// <summary>Where it lies among the blobs, and what the ZIP hashes to.</summary>
    public string? Key { get; set; }
    public string? Sha256 { get; set; }
    public DateTimeOffset? DoneAt { get; set; }
}

/// <summary>Where one dossier of an order stands.</summary>
internal static class ArchiveItemState
{
    public const string Pending = "pending";
    public const string Done = "done";

    /// <summary>A file of it is lost or damaged: somebody has to look.</summary>
    public const string Failed = "failed";

    /// <summary>It was destroyed before its turn came.</summary>
    public const string Gone = "gone";
}
