using HaLong.Dossiers.Deadlines;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Watchdog.Ladders;

/// <summary>Moments of the ladder in working time.</summary>
internal readonly struct WorkTimes(WorkCalendar calendar, DeadlineRules rules)
{
    /// <summary>When so many per cent of the working time between two moments are over; the later one at the latest.</summary>
    public DateTimeOffset Share(int percent, DateTimeOffset from, DateTimeOffset to)
    {
        var work = new Counting(TimeLimit.WorkingDays(0), calendar, rules).WorkBetween(LocalTicks.Of(from), LocalTicks.Of(to));
        var at = AfterMinutes((int)(work / TimeSpan.TicksPerMinute * percent / 100), from);
        return at < to ? at : to;
    }

    /// <summary>The moment after so many minutes of work; the moment itself when there are none.</summary>
    public DateTimeOffset AfterMinutes(int minutes, DateTimeOffset from) =>
        minutes == 0 ? from : DeadlineEngine.Evaluate(new TimeLimit(LimitUnit.WorkingHour, minutes), from, calendar, rules).DueAt!.Value;

    /// <summary>Closing time of the n-th working day after a moment; the moment itself for none.</summary>
    public DateTimeOffset AfterDays(int days, DateTimeOffset from) =>
        days == 0 ? from : At(calendar.AddWorkingDays(LocalTime.Date(from), days), rules.Hours.Closing);

    /// <summary>When the offices open on the first working day after the day of a moment.</summary>
    public DateTimeOffset NextOpening(DateTimeOffset moment) => At(calendar.AddWorkingDays(LocalTime.Date(moment), 1), rules.Hours.Opening);

    /// <summary>When the offices open on a day.</summary>
    public DateTimeOffset Opening(DateOnly day) => At(day, rules.Hours.Opening);

    /// <summary>The n-th working day before a day; for none the day itself, or the last working day before it.</summary>
    public DateOnly Before(int days, DateOnly day)
    {
        while (!calendar.IsWorking(day))
            day = day.AddDays(-1);
        for (; days > 0; days--)
        {
            do
                day = day.AddDays(-1);
            while (!calendar.IsWorking(day));
        }
        return day;
    }

    private static DateTimeOffset At(DateOnly day, long time) => LocalTicks.Moment(LocalTicks.Of(day.DayNumber, time));
}
