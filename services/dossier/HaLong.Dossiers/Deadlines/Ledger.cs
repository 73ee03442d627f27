namespace HaLong.Dossiers.Deadlines;

/// <summary>Why a day counts or does not.</summary>
internal enum DayReason : byte
{
    /// <summary>It counts.</summary>
    Counted,

    /// <summary>The day of receipt, which is not counted (Civil Code 91/2015, article 147).</summary>
    FirstDay,

    /// <summary>Received after the offices had closed.</summary>
    AfterHours,

    /// <summary>Not worked; the day's kind says why.</summary>
    NotWorked,

    /// <summary>The clock stood.</summary>
    Paused,

    /// <summary>The limit had ended on a day that is not worked and rolled forward to this one.</summary>
    RolledTo,

    /// <summary>Beyond the limit: the time of the new appointment.</summary>
    Extension,
}

/// <summary>One day between receipt and due date.</summary>
/// <param name="Number">Which day of the limit it is; null unless it counts by the day.</param>
/// <param name="Minutes">Minutes of work that count; of limits in hours only.</param>
/// <param name="Assumed">True when the calendar of the day is not confirmed.</param>
internal sealed record LedgerDay(DateOnly Date, DayReason Reason, DayKind Kind, int? Number, int? Minutes, bool Assumed, Words Text)
{
    public bool Counts => Reason == DayReason.Counted;
}

/// <summary>One entry of the clock and what it did to the due date.</summary>
internal sealed record LedgerStep(DateTimeOffset At, ClockEffect Effect, string Cause, Words Text, DateTimeOffset? DueAt);

/// <summary>Something that is not certain, and where it comes from.</summary>
internal sealed record LedgerAssumption(string What, Words Text, string? Source);

/// <summary>Why a dossier is due when it is due.</summary>
/// <param name="Steps">The clock, oldest first.</param>
/// <param name="Days">Every day from the receipt to the due date, of the limit as it runs now.</param>
/// <param name="Outlook">What would move the due date.</param>
/// <param name="Assumptions">What is not certain.</param>
internal sealed record Ledger(
    Deadline Deadline, IReadOnlyList<LedgerStep> Steps, IReadOnlyList<LedgerDay> Days, IReadOnlyList<Words> Outlook, IReadOnlyList<LedgerAssumption> Assumptions)
{
    /// <summary>Explains the deadline of a clock.</summary>
    public static Ledger Of(TimeLimit limit, IReadOnlyList<ClockEntry> entries, WorkCalendar calendar, DeadlineRules rules, DateTimeOffset now)
    {
        var stood = new List<Stretch>();
        var deadline = DeadlineEngine.Evaluate(limit, entries, entries.Count, calendar, rules, now, stood);
        return new Ledger(
            deadline, LedgerSteps.Of(limit, entries, calendar, rules),
            deadline.State == ClockState.NotStarted ? [] : new LedgerDays(limit, calendar, rules, deadline, stood).From(Received(entries)),
            LedgerOutlook.Of(deadline, entries, calendar, rules, now), LedgerOutlook.Assumptions(deadline, entries, calendar, rules));
    }

    /// <summary>When what counts now was received.</summary>
    internal static long Received(IReadOnlyList<ClockEntry> entries) =>
        LocalTicks.Of(entries.Last(e => e.Effect is ClockEffect.Start or ClockEffect.Restart).At);
}
