namespace HaLong.Dossiers.Deadlines;

/// <summary>What an event does to the clock of a dossier.</summary>
internal enum ClockEffect
{
    /// <summary>Nothing: the clock goes on as it was.</summary>
    None,

    /// <summary>The limit begins to run: the complete dossier was accepted.</summary>
    Start,

    /// <summary>The clock stands: somebody outside the agency has to do something first.</summary>
    Pause,

    /// <summary>The clock goes on where it stood.</summary>
    Resume,

    /// <summary>The limit runs anew from zero (Decree 61/2018, article 19.4: the supplemented dossier is complete).</summary>
    Restart,

    /// <summary>A new appointment, once (form 04).</summary>
    Extend,

    /// <summary>The clock is over: result, refusal, stop or withdrawal.</summary>
    Stop,
}

/// <summary>One entry of a dossier's clock. Rows are only ever added; the due dates follow from them and the calendar.</summary>
internal sealed class ClockEntry
{
    public Guid DossierId { get; init; }

    /// <summary>From 1 without gaps within the dossier.</summary>
    public int Number { get; init; }

    public ClockEffect Effect { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>The transition that did it, such as <c>accept</c> or <c>requestSupplement</c>.</summary>
    public required string Cause { get; init; }

    public required string ReasonVi { get; init; }
    public required string ReasonEn { get; init; }

    /// <summary>The new appointment of an extension.</summary>
    public DateTimeOffset? ExtendTo { get; init; }
}
