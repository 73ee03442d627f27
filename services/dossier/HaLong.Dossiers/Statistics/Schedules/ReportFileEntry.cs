namespace HaLong.Dossiers.Statistics.Schedules;

/// <summary>A file that a schedule has made; its bytes lie in the file store until it expires.</summary>
internal sealed class ReportFileEntry
{
    public Guid Id { get; init; }

    /// <summary>Files of one making share it.</summary>
    public Guid RunId { get; init; }

    public Guid AccountId { get; init; }

    /// <summary>Null once the schedule is deleted.</summary>
    public Guid? ScheduleId { get; init; }

    public required string Report { get; init; }
    public DateOnly From { get; init; }
    public DateOnly To { get; init; }
    public required string Format { get; init; }
    public required string Name { get; init; }
    public required string Sha256 { get; init; }
    public long Size { get; init; }
    public DateTimeOffset MadeAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
}
