namespace HaLong.Dossiers.Watchdog;

/// <summary>A warning that was given: once for each level of an episode. Rows are only ever added.</summary>
internal sealed class WaitWarning
{
    public Guid Id { get; init; }
    public Guid DossierId { get; init; }

    /// <summary>Which wait, as <see cref="Ladders.WaitStep.Episode"/> names it.</summary>
    public required string Episode { get; init; }

    /// <summary>One of <see cref="Contracts.WaitLevels"/>.</summary>
    public required string Level { get; init; }

    public required string Reason { get; init; }
    public required string Who { get; init; }
    public DateTimeOffset LatestAt { get; init; }

    /// <summary>When it was due; that is when it was given, unless there was a standstill.</summary>
    public DateTimeOffset PlannedAt { get; init; }

    public DateTimeOffset GivenAt { get; init; }

    /// <summary>False when it was made up for after a standstill and a higher one was given with it.</summary>
    public bool Urgent { get; init; }
}
