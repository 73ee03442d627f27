using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Archive;

/// <summary>What became of a dossier after its end.</summary>
/// <param name="ClosedAt">When it ended.</param>
/// <param name="ArchivedAt">When it was last written into the archive.</param>
/// <param name="OnHold">True when it must be kept whatever its retention says.</param>
/// <param name="DestroyedAt">When its content was destroyed.</param>
/// <param name="DestructionListId">The list with which it was.</param>
internal sealed record ArchiveView(DateTimeOffset? ClosedAt, DateTimeOffset? ArchivedAt, bool OnHold, DateTimeOffset? DestroyedAt, Guid? DestructionListId)
{
    public static ArchiveView? Of(Dossier d) => d is { ClosedAt: null, HoldReason: null }
        ? null
        : new ArchiveView(d.ClosedAt, d.ArchivedAt, d.HoldReason is not null, d.DestroyedAt, d.DestructionListId);
}
