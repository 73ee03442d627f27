namespace HaLong.Dossiers.Deadlines;

/// <summary>Accounts for every day between receipt and due date.</summary>
internal sealed class LedgerDays(TimeLimit limit, WorkCalendar calendar, DeadlineRules rules, Deadline deadline, List<Stretch> stood)
{
    private readonly Counting counting = new(limit, calendar, rules);
    private readonly int startDay = LocalTicks.Day(deadline.Start), dueDay = LocalTicks.Day(deadline.Due), originalDay = LocalTicks.Day(deadline.Original);
    private int number;

    /// <summary>How many days the limit counts; of one in hours nothing.</summary>
    private int Target => limit.Unit switch
    {
        LimitUnit.Month => DateOnly.FromDayNumber(startDay).AddMonths(limit.Count).DayNumber - startDay,
        LimitUnit.Year => DateOnly.FromDayNumber(startDay).AddYears(limit.Count).DayNumber - startDay,
        LimitUnit.SameDay => 1,
        _ => limit.Count,
    };

    private bool CountsEveryDay => limit.Unit is LimitUnit.CalendarDay or LimitUnit.Month or LimitUnit.Year;

    public IReadOnlyList<LedgerDay> From(long received)
    {
        var days = new List<LedgerDay>();
        for (var day = LocalTicks.Day(received); day <= dueDay; day++)
            days.Add(Account(day));
        return days;
    }

    private LedgerDay Account(int day)
    {
        var date = DateOnly.FromDayNumber(day);
        var kind = calendar.KindOf(date);
        var minutes = limit.IsByTheHour ? Minutes(day) : (int?)null;
        var reason = day < startDay ? (calendar.IsWorking(day) ? DayReason.AfterHours : DayReason.NotWorked)
            : limit.IsByTheHour ? ByTheHour(day, minutes!.Value)
            : limit.Unit == LimitUnit.SameDay ? SameDay(day)
            : ByTheDay(day);
        var counted = reason == DayReason.Counted && !limit.IsByTheHour ? ++number : (int?)null;
        return new LedgerDay(date, reason, kind, counted, minutes is > 0 ? minutes : null, calendar.IsUnsure(date), Text(date, kind, reason, counted, minutes));
    }

    private DayReason ByTheDay(int day)
    {
        if (day == startDay)
            return DayReason.FirstDay;
        var works = calendar.IsWorking(day);
        if ((works || CountsEveryDay) && Stood(day))
            return DayReason.Paused;
        if (number == Target)
            return !works ? DayReason.NotWorked : day > originalDay ? DayReason.Extension : DayReason.RolledTo;
        return works || CountsEveryDay ? DayReason.Counted : DayReason.NotWorked;
    }

    private DayReason SameDay(int day) => day switch
    {
        _ when !calendar.IsWorking(day) => DayReason.NotWorked,
        _ when day == originalDay => DayReason.Counted,
        _ when day == startDay => DayReason.FirstDay,
        _ => day > originalDay ? DayReason.Extension : DayReason.Paused,
    };

    private DayReason ByTheHour(int day, int minutes)
    {
        if (minutes > 0)
            return DayReason.Counted;
        if (!calendar.IsWorking(day))
            return DayReason.NotWorked;
        return day > originalDay ? DayReason.Extension : Stood(day) ? DayReason.Paused : DayReason.FirstDay;
    }

    // The day on which the clock stops still counts as the law counts it; the day on which it goes on does not.
    private bool Stood(int day) => stood.Exists(s => day > LocalTicks.Day(s.From) && day <= LocalTicks.Day(s.To));

    private int Minutes(int day)
    {
        var (from, to) = (Math.Max(LocalTicks.Of(day, 0), deadline.Start), Math.Min(LocalTicks.Of(day + 1, 0), deadline.Original));
        var work = counting.WorkBetween(from, to) - stood.Sum(s => counting.WorkBetween(Math.Max(from, s.From), Math.Min(to, s.To)));
        return (int)(work / TimeSpan.TicksPerMinute);
    }

    private Words Text(DateOnly date, DayKind kind, DayReason reason, int? counted, int? minutes)
    {
        var (day, why) = (Words.Day(date), Words.Kind(kind, calendar.RowOf(date)));
        return reason switch
        {
            DayReason.Counted when minutes is { } m => new($"{day.Vi}: tính {m} phút làm việc", $"{day.En}: {m} minutes of work count"),
            DayReason.Counted when kind is DayKind.Ordinary || CountsEveryDay => new($"{day.Vi}: ngày thứ {counted}", $"{day.En}: day {counted}"),
            DayReason.Counted => new($"{day.Vi}: ngày thứ {counted} ({why.Vi})", $"{day.En}: day {counted} ({why.En})"),
            DayReason.FirstDay when limit.IsByTheHour => new($"{day.Vi}: ngày nhận hồ sơ", $"{day.En}: the day of receipt"),
            DayReason.FirstDay => new($"{day.Vi}: ngày đầu tiên không tính", $"{day.En}: the first day is not counted"),
            DayReason.AfterHours => new($"{day.Vi}: nhận sau giờ làm việc", $"{day.En}: received after the offices had closed"),
            DayReason.Paused => new($"{day.Vi}: tạm dừng, không tính", $"{day.En}: the clock stood, not counted"),
            DayReason.RolledTo => new($"{day.Vi}: ngày làm việc tiếp theo sau ngày cuối của thời hạn", $"{day.En}: the next working day after the last day of the limit"),
            DayReason.Extension => new($"{day.Vi}: trong thời gian hẹn lại", $"{day.En}: within the new appointment"),
            _ => new($"{day.Vi}: không tính, {why.Vi}", $"{day.En}: not counted, {why.En}"),
        };
    }
}
