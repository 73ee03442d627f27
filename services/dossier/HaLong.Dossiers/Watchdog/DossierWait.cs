namespace HaLong.Dossiers.Watchdog;

/// <summary>
/// What an open dossier waits for, counted. The row appears with the filing and is marked by the database when the dossier changes (see
/// <see cref="Persistence.Schema.WatchdogSql"/>); the watchdog counts it and takes it away at the end.
/// </summary>
internal sealed class DossierWait
{
    /// <summary>Of a row that is to be counted.</summary>
    public const long NotCounted = -1;

    public Guid DossierId { get; init; }

    /// <summary>The calendar by which it was counted; <see cref="NotCounted"/>: not yet, or no longer true.</summary>
    public long CountedBy { get; set; } = NotCounted;

    /// <summary>When the watchdog has something to do; null: never, as things are.</summary>
    public DateTimeOffset? NextAt { get; set; }

    public string? Who { get; set; }
    public string? Reason { get; set; }

    /// <summary>The unit that has the next move, or looks after the dossier.</summary>
    public string? UnitCode { get; set; }

    public DateTimeOffset? Since { get; set; }
    public DateTimeOffset? LatestAt { get; set; }

    /// <summary>True when the latest date rests on an assumed limit.</summary>
    public bool Assumed { get; set; }
}
