namespace HaLong.Dossiers.Deadlines;

/// <summary>In what a time limit is counted.</summary>
internal enum LimitUnit : byte
{
    /// <summary>Working days (ngày làm việc); the first day is not counted.</summary>
    WorkingDay,

    /// <summary>Half working days, counted as hours of work.</summary>
    HalfDay,

    /// <summary>Hours of work, counted by the minute inside the work windows.</summary>
    WorkingHour,

    /// <summary>Days (ngày), rolled forward to a working day (Civil Code 91/2015, article 148.5).</summary>
    CalendarDay,

    /// <summary>Months: the same day-number, or the last day of a shorter month; rolled forward (Civil Code, articles 147 and 148).</summary>
    Month,

    /// <summary>Years, likewise.</summary>
    Year,

    /// <summary>The day of receipt; the next working day when received at or after the hour that the rules say.</summary>
    SameDay,
}

/// <summary>A time limit (thời hạn giải quyết).</summary>
/// <param name="Unit">In what it is counted.</param>
/// <param name="Count">How many; of <see cref="LimitUnit.WorkingHour"/> the minutes. Not used by <see cref="LimitUnit.SameDay"/>.</param>
internal readonly record struct TimeLimit(LimitUnit Unit, int Count)
{
    /// <summary>Longest limit: nothing of the kind is anywhere in the law, and dates stay within the calendar.</summary>
    public const int MaxCount = 10_000;

    private const int MinutesPerHour = 60;

    /// <summary>True when the end is a time of the day and not the end of a day.</summary>
    public bool IsByTheHour => Unit is LimitUnit.WorkingHour or LimitUnit.HalfDay;

    /// <summary>Amount in the words of the unit: hours may have a fraction.</summary>
    public decimal Amount => Unit == LimitUnit.WorkingHour ? (decimal)Count / MinutesPerHour : Count;

    public static TimeLimit WorkingDays(int days) => new(LimitUnit.WorkingDay, days);

    /// <summary>A limit as the catalogue writes it; what is not known as a unit counts in working days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a limit: below zero, without end, or a part of something that has none.</exception>
    public static TimeLimit Of(decimal amount, string? unit)
    {
        var known = Parse(unit);
        var count = known == LimitUnit.WorkingHour ? amount * MinutesPerHour : amount;
        if (count < 0 || amount > MaxCount || count != decimal.Truncate(count))
            throw new ArgumentOutOfRangeException(nameof(amount), amount, "Not a time limit.");
        return new TimeLimit(known, (int)count);
    }

    private static LimitUnit Parse(string? unit) => unit switch
    {
        "halfDay" => LimitUnit.HalfDay,
        "workingHour" => LimitUnit.WorkingHour,
        "calendarDay" => LimitUnit.CalendarDay,
        "month" => LimitUnit.Month,
        "year" => LimitUnit.Year,
        "sameDay" => LimitUnit.SameDay,
        _ => LimitUnit.WorkingDay,
    };
}
