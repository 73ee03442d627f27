namespace HaLong.Dossiers.Deadlines;

/// <summary>Where a limit begins and ends under one calendar and one set of rules. Moments are local ticks.</summary>
internal readonly struct Counting(TimeLimit limit, WorkCalendar calendar, DeadlineRules rules)
{
    private readonly TimeLimit limit = limit;
    private readonly WorkCalendar calendar = calendar;
    private readonly DeadlineRules rules = rules;

    private bool InCalendarDays => limit.Unit is LimitUnit.CalendarDay or LimitUnit.Month or LimitUnit.Year;

    /// <summary>When the clock starts for what was received: at once inside a work window, else at the start of the next one.</summary>
    public long Enter(long received)
    {
        var day = LocalTicks.Day(received);
        if (calendar.IsWorking(day) && rules.Hours.Enter(LocalTicks.Time(received)) is >= 0 and var time)
            return LocalTicks.Of(day, time);
        return LocalTicks.Of(calendar.Next(day + 1), rules.Hours.Opening);
    }

    /// <summary>When the limit ends that began at <paramref name="start"/> and stood still for <paramref name="stood"/> (see <see cref="Stood"/>).</summary>
    public long End(long start, long stood)
    {
        var day = LocalTicks.Day(start);
        return limit.Unit switch
        {
            LimitUnit.WorkingDay => Close(calendar.Add(day, limit.Count + (int)stood)),
            LimitUnit.CalendarDay => Close(calendar.Next(day + limit.Count + (int)stood)),
            LimitUnit.Month => Close(calendar.Next(DateOnly.FromDayNumber(day).AddMonths(limit.Count).DayNumber + (int)stood)),
            LimitUnit.Year => Close(calendar.Next(DateOnly.FromDayNumber(day).AddYears(limit.Count).DayNumber + (int)stood)),
            LimitUnit.SameDay => Close(calendar.Add(day, (LocalTicks.Time(start) < rules.SameDayCutoff.Ticks ? 0 : 1) + (int)stood)),
            _ => Worked(start, Work + stood),
        };
    }

    /// <summary>How long the limit stood still between two moments, in its own unit: working days, days, or ticks of work.</summary>
    public long Stood(long from, long to) => limit.IsByTheHour ? WorkBetween(from, to)
        : InCalendarDays ? LocalTicks.Day(to) - LocalTicks.Day(from)
        : calendar.Between(LocalTicks.Day(from), LocalTicks.Day(to));

    /// <summary>A new appointment: closing time of the day, or of the next working day; moved by what stood still after it was given.</summary>
    public long Appointment(int day, int stood) =>
        Close(InCalendarDays ? calendar.Next(day + stood) : calendar.Add(calendar.Next(day), stood));

    /// <summary>The same as <see cref="Stood"/>, but in the days of an appointment.</summary>
    public int StoodDays(long from, long to) => InCalendarDays
        ? LocalTicks.Day(to) - LocalTicks.Day(from)
        : calendar.Between(LocalTicks.Day(from), LocalTicks.Day(to));

    /// <summary>Time of work between two moments; zero when the second is not later.</summary>
    public long WorkBetween(long from, long to) => to <= from ? 0 : WorkUpTo(to) - WorkUpTo(from);

    /// <summary>Ticks of work that a limit in hours asks for.</summary>
    public long Work => limit.Unit == LimitUnit.HalfDay
        ? (long)(limit.Count * rules.HoursPerHalfDay * TimeSpan.TicksPerHour)
        : limit.Count * TimeSpan.TicksPerMinute;

    private long Close(int day) => LocalTicks.Of(day, rules.Hours.Closing);

    private long Worked(long start, long work)
    {
        if (work <= 0)
            return start;
        var (day, perDay) = (LocalTicks.Day(start), rules.Hours.PerDay);
        var total = rules.Hours.Elapsed(LocalTicks.Time(start)) + work;
        var (days, rest) = Math.DivRem(total, perDay);
        // What fills a day ends with it and not when the next one opens.
        return rest == 0 ? Close(calendar.Add(day, (int)days - 1)) : LocalTicks.Of(calendar.Add(day, (int)days), rules.Hours.At(rest));
    }

    private long WorkUpTo(long moment)
    {
        var day = LocalTicks.Day(moment);
        return calendar.Before(day) * rules.Hours.PerDay + (calendar.IsWorking(day) ? rules.Hours.Elapsed(LocalTicks.Time(moment)) : 0);
    }
}
