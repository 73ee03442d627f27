namespace HaLong.Dossiers.Deadlines;

/// <summary>Whether the clock of a dossier runs.</summary>
internal enum ClockState : byte
{
    /// <summary>Not received yet.</summary>
    NotStarted,
    Running,

    /// <summary>Somebody outside the agency has to do something first.</summary>
    Paused,

    /// <summary>Result, refusal, stop or withdrawal.</summary>
    Stopped,
}

/// <summary>How an end lies to its due date.</summary>
internal enum Punctuality : byte
{
    /// <summary>Trước hạn.</summary>
    Early,

    /// <summary>Đúng hạn: on the day itself, or without a due date.</summary>
    OnTime,

    /// <summary>Quá hạn.</summary>
    Late,
}

/// <summary>
/// The dates that follow from the clock of a dossier. Two clocks: the legal one, which a supplement starts anew and an extension moves; and
/// the statistical one (Decision 766/QĐ-TTg), from the first receipt without the times of waiting.
/// </summary>
internal readonly record struct Deadline
{
    public ClockState State { get; init; }

    /// <summary>When the limit that counts now began: the receipt, or when the office opened after it. Null before.</summary>
    public DateTimeOffset? EffectiveStart => Moment(Start);

    /// <summary>When the result is due; null before the start and while the clock stands, because nobody knows.</summary>
    public DateTimeOffset? DueAt => State is ClockState.NotStarted or ClockState.Paused ? null : Moment(Due);

    /// <summary>The same, but while the clock stands: when it would be due if the clock went on now.</summary>
    public DateTimeOffset? ProvisionalDueAt => Moment(Due);

    /// <summary>When it would be due without the new appointment of an extension.</summary>
    public DateTimeOffset? OriginalDueAt => Moment(Original);

    /// <summary>The date from which the regime counts lateness: the original one or the new appointment.</summary>
    public DateTimeOffset? LateAfter => Moment(LateAgainstOriginal ? Original : Due);

    /// <summary>When it is due by the statistical clock.</summary>
    public DateTimeOffset? StatisticalDueAt => Moment(StatisticalDue);

    /// <summary>Time of work that the statistical clock has counted up to now, or up to its end.</summary>
    public TimeSpan StatisticalTimeUsed => new(StatisticalUsed);

    public DateTimeOffset? StoppedAt => Moment(StoppedTicks);

    public bool Paused => State == ClockState.Paused;

    /// <summary>How many new appointments were given, over all runs of the limit.</summary>
    public int Extensions { get; init; }

    /// <summary>True when a day that was counted or left out is not confirmed: a draft year, one that is not loaded, or a reported day.</summary>
    public bool Assumed { get; init; }

    internal long Start { get; init; }
    internal long Due { get; init; }
    internal long Original { get; init; }
    internal long StatisticalDue { get; init; }
    internal long StatisticalUsed { get; init; }
    internal long StoppedTicks { get; init; }
    internal bool LateAgainstOriginal { get; init; }
    internal bool ByTheHour { get; init; }

    /// <summary>How a result at this moment lies to its due date: by the day, unless the limit is in hours (docs: dossier-deadlines).</summary>
    public Punctuality Of(DateTimeOffset end)
    {
        var due = LateAgainstOriginal ? Original : Due;
        if (due == 0)
            return Punctuality.OnTime;
        var difference = ByTheHour ? LocalTicks.Of(end) - due : LocalTicks.Day(LocalTicks.Of(end)) - LocalTicks.Day(due);
        return difference < 0 ? Punctuality.Early : difference == 0 ? Punctuality.OnTime : Punctuality.Late;
    }

    private static DateTimeOffset? Moment(long local) => local == 0 ? null : LocalTicks.Moment(local);
}

/// <summary>
/// Local time as ticks: UTC+7 without daylight saving, as in all of Vietnam since 1975. Counting in them is many times faster than asking the
/// time zone for every moment; a test compares the two.
/// </summary>
internal static class LocalTicks
{
    private const long Offset = 7 * TimeSpan.TicksPerHour;

    public static long Of(DateTimeOffset moment) => moment.UtcTicks + Offset;

    public static DateTimeOffset Moment(long local) => new(local - Offset, TimeSpan.Zero);

    public static int Day(long local) => (int)(local / TimeSpan.TicksPerDay);

    public static long Time(long local) => local % TimeSpan.TicksPerDay;

    public static long Of(int day, long time) => day * TimeSpan.TicksPerDay + time;

    public static DateOnly Date(long local) => DateOnly.FromDayNumber(Day(local));
}
