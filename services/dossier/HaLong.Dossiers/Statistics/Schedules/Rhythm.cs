using HaLong.Dossiers.Statistics.Files;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Schedules;

/// <summary>How often a report comes, in local time.</summary>
/// <param name="Kind">One of the words below.</param>
/// <param name="Weekday">Of a weekly one: 1 Monday to 7 Sunday.</param>
/// <param name="Day">Of a monthly or quarterly one: which day of the month, 1 to 28; of the quarter, in its first month.</param>
/// <param name="Hour">0 to 23.</param>
internal sealed record Rhythm(string Kind, int? Weekday, int? Day, int Hour)
{
    public const string Daily = "daily", Weekly = "weekly", Monthly = "monthly", Quarterly = "quarterly";

    public static readonly IReadOnlyList<string> Kinds = [Daily, Weekly, Monthly, Quarterly];

    /// <summary>The first time after a moment.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset at)
    {
        var day = LocalTime.Date(at);
        while (!IsOn(day) || At(day) <= at)
            day = day.AddDays(1);
        return At(day);
    }

    /// <summary>The local day of the last time until a moment.</summary>
    public DateOnly LastUntil(DateTimeOffset at)
    {
        var day = LocalTime.Date(at);
        while (!IsOn(day) || At(day) > at)
            day = day.AddDays(-1);
        return day;
    }

    /// <summary>What is reported on a day: the last day, week from Monday to Sunday, month or quarter that was over before.</summary>
    public ReportPeriod PeriodOn(DateOnly day)
    {
        var month = new DateOnly(day.Year, day.Month, 1);
        var (first, end) = Kind switch
        {
            Daily => (day.AddDays(-1), day),
            Weekly => (day.AddDays(-6 - IsoDay(day)), day.AddDays(1 - IsoDay(day))),
            Monthly => (month.AddMonths(-1), month),
            _ => (month.AddMonths(-3 - (day.Month - 1) % 3), month.AddMonths(-((day.Month - 1) % 3))),
        };
        return new ReportPeriod(first, end.AddDays(-1));
    }

    private bool IsOn(DateOnly day) => Kind switch
    {
        Daily => true,
        Weekly => IsoDay(day) == Weekday,
        Monthly => day.Day == Day,
        _ => day.Day == Day && day.Month % 3 == 1,
    };

    private DateTimeOffset At(DateOnly day) => LocalTime.Instant(day, new TimeOnly(Hour, 0));

    private static int IsoDay(DateOnly day) => day.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)day.DayOfWeek;
}
