using System.Collections.Frozen;

namespace HaLong.Dossiers.Domain;

/// <summary>Kinds of exceptional days in Data/holidays.json.</summary>
internal static class DayKind
{
    public const string SwapWork = "SWAP_WORK";
}

/// <summary>Which days are worked, and when a limit counted in such days ends. Pure: the days are given.</summary>
internal static class WorkingCalendar
{
    /// <summary>State offices open at this local hour.</summary>
    public static readonly TimeOnly Opening = new(7, 0);

    /// <summary>State offices close at this local hour; a limit ends then.</summary>
    public static readonly TimeOnly Closing = new(17, 0);

    /// <summary>A same-day result asked for from this hour on is due at the end of the next working day.</summary>
    public static readonly TimeOnly SameDayUntil = new(15, 0);

    /// <summary>Worked if swapped in, or Monday to Friday without a holiday, compensation or swap row.</summary>
    public static bool IsWorkingDay(DateOnly day, FrozenDictionary<DateOnly, string> exceptions) =>
        exceptions.TryGetValue(day, out var kind)
            ? kind == DayKind.SwapWork
            : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The first working day on or after <paramref name="day"/>.</summary>
    public static DateOnly RollForward(DateOnly day, FrozenDictionary<DateOnly, string> exceptions)
    {
        while (!IsWorkingDay(day, exceptions))
            day = day.AddDays(1);
        return day;
    }

    /// <summary>The <paramref name="count"/>-th working day after <paramref name="from"/>, which is itself not counted.</summary>
    public static DateOnly AddWorkingDays(DateOnly from, int count, FrozenDictionary<DateOnly, string> exceptions)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var day = from;
        for (var left = count; left > 0;)
        {
            day = day.AddDays(1);
            if (IsWorkingDay(day, exceptions))
                left--;
        }
        return day;
    }

    /// <summary>When the clock starts: at once during office hours, else when the office opens next. The lunch break makes no difference to days.</summary>
    public static DateTime EffectiveStart(DateTime received, FrozenDictionary<DateOnly, string> exceptions)
    {
        var (day, time) = (DateOnly.FromDateTime(received), TimeOnly.FromDateTime(received));
        if (IsWorkingDay(day, exceptions) && time < Closing)
            return time < Opening ? day.ToDateTime(Opening) : received;
        return RollForward(day.AddDays(1), exceptions).ToDateTime(Opening);
    }

    /// <summary>Local due date and hour of a limit for what was accepted at a local moment.</summary>
    public static DateTime DueAt(DateTime accepted, int value, string unit, FrozenDictionary<DateOnly, string> exceptions)
    {
        var start = EffectiveStart(accepted, exceptions);
        var day = DateOnly.FromDateTime(start);
        var due = unit switch
        {
            TimeLimitUnit.SameDay when TimeOnly.FromDateTime(start) < SameDayUntil => day,
            TimeLimitUnit.SameDay => AddWorkingDays(day, 1, exceptions),
            TimeLimitUnit.CalendarDay => RollForward(day.AddDays(value), exceptions),
            _ => AddWorkingDays(day, value, exceptions),
        };
        return due.ToDateTime(Closing);
    }
}

/// <summary>Units of a time limit, as the catalogue writes them.</summary>
internal static class TimeLimitUnit
{
    public const string WorkingDay = "workingDay";
    public const string CalendarDay = "calendarDay";
    public const string SameDay = "sameDay";
}
