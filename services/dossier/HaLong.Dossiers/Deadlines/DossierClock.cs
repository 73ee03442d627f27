namespace HaLong.Dossiers.Deadlines;

/// <summary>What the clock of a dossier counts: the limit as it was promised at receipt, whatever the catalogue says later.</summary>
internal sealed class DossierClock
{
    public Guid DossierId { get; init; }

    public LimitUnit Unit { get; init; }

    /// <summary>See <see cref="TimeLimit.Count"/>.</summary>
    public int Count { get; init; }

    /// <summary>True when the limit is assumed, not published.</summary>
    public bool LimitAssumed { get; init; }

    /// <summary>The calendar by which the due date was reckoned last; null when the clock is over, so that no change of the calendar concerns it.</summary>
    public long? CalendarVersion { get; set; }

    public TimeLimit Limit => new(Unit, Count);
}
