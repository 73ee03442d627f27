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

    /// <summary>Local due date and hour of a limit that starts at the local moment <paramref name="accepted"/>.</summary>
    public static DateTime DueAt(DateTime accepted, int value, string unit, FrozenDictionary<DateOnly, string> exceptions)
    {
        var day = DateOnly.FromDateTime(accepted);
        var due = unit switch
        {
            TimeLimitUnit.SameDay when IsWorkingDay(day, exceptions) && TimeOnly.FromDateTime(accepted) < SameDayUntil => day,
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
