namespace HaLong.Dossiers.Domain;

/// <summary>One step of a dossier's life: who did what, when and in which role. Rows are only ever added.</summary>
internal sealed class TimelineEntry
{
    public Guid DossierId { get; init; }

    /// <summary>From 1 without gaps within the dossier.</summary>
    public int Step { get; init; }

    public DateTimeOffset At { get; init; }
    public required string Action { get; init; }
    public Guid ActorId { get; init; }
    public required string ActorRole { get; init; }
    public string? Unit { get; init; }
    public required string FromStatus { get; init; }
    public required string ToStatus { get; init; }
    public required string NoteVi { get; init; }
    public required string NoteEn { get; init; }
}
