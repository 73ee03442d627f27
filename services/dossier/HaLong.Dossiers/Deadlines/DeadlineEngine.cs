namespace HaLong.Dossiers.Deadlines;

/// <summary>
/// Makes dates of a limit and a clock. Pure: everything is given, nothing is remembered; allocates nothing. See docs/services/dossier-deadlines.md.
/// </summary>
internal static class DeadlineEngine
{
    /// <summary>The deadline of a dossier with these clock entries, as it stands now.</summary>
    /// <param name="limit">The limit of the procedure.</param>
    /// <param name="entries">The clock, oldest first; an entry before its predecessor counts as at the same moment.</param>
    /// <param name="calendar">Which days are worked.</param>
    /// <param name="rules">How the regime counts.</param>
    /// <param name="now">Only what stands or runs on depends on it; a stopped clock does not.</param>
    public static Deadline Evaluate(TimeLimit limit, IReadOnlyList<ClockEntry> entries, WorkCalendar calendar, DeadlineRules rules, DateTimeOffset now) =>
        Evaluate(limit, entries, entries.Count, calendar, rules, now, null);

    /// <summary>The deadline of what is received now and has no history: what the applicant is told before and at acceptance.</summary>
    public static Deadline Evaluate(TimeLimit limit, DateTimeOffset received, WorkCalendar calendar, DeadlineRules rules)
    {
        var replay = new ClockReplay(new Counting(limit, calendar, rules), rules, null);
        replay.Start(LocalTicks.Of(received));
        return replay.Result(limit, calendar, LocalTicks.Of(received));
    }

    /// <summary>The same for the first entries of a clock; notes the stretches in which the legal clock stood.</summary>
    internal static Deadline Evaluate(
        TimeLimit limit, IReadOnlyList<ClockEntry> entries, int count, WorkCalendar calendar, DeadlineRules rules, DateTimeOffset now, List<Stretch>? stood)
    {
        var replay = new ClockReplay(new Counting(limit, calendar, rules), rules, stood);
        for (var i = 0; i < count; i++)
            replay.Apply(entries[i]);
        return replay.Result(limit, calendar, LocalTicks.Of(now));
    }
}

/// <summary>A time in which the legal clock stood, in local ticks; from the start of the limit at the earliest.</summary>
internal readonly record struct Stretch(long From, long To);
