namespace HaLong.Cli.Journey;

/// <summary>A day on which an agency can promise a result.</summary>
internal static class Appointment
{
    private const int Week = 7;

    /// <summary>The first day at least a week later that is an ordinary weekday: neither a weekend nor a day that the calendar treats otherwise.</summary>
    public static DateOnly After(DateOnly due, IReadOnlySet<DateOnly> special)
    {
        var day = due.AddDays(Week);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || special.Contains(day))
            day = day.AddDays(1);
        return day;
    }
}
