namespace HaLong.Dossiers.Deadlines;

/// <summary>What would move a due date, and what about it is not certain.</summary>
internal static class LedgerOutlook
{
    public static IReadOnlyList<Words> Of(Deadline deadline, IReadOnlyList<ClockEntry> entries, WorkCalendar calendar, DeadlineRules rules, DateTimeOffset now)
    {
        var outlook = new List<Words>();
        switch (deadline.State)
        {
            case ClockState.NotStarted:
                outlook.Add(new("Thời hạn bắt đầu khi bộ phận một cửa tiếp nhận hồ sơ đầy đủ.", "The limit begins when reception accepts the complete dossier."));
                return outlook;
            case ClockState.Stopped:
                return outlook;
            case ClockState.Paused:
                outlook.Add(new("Thời hạn đang tạm dừng: ngày hẹn lùi lại theo thời gian chờ.", "The clock stands: the due date moves with the time of waiting."));
                break;
            default:
                outlook.Add(new("Chờ nghĩa vụ tài chính: thời hạn tạm dừng, ngày hẹn lùi đúng bằng thời gian chờ.", "Waiting for a financial duty: the clock stands, and the due date moves by the time of waiting."));
                outlook.AddRange(Extension(deadline, rules, now));
                break;
        }
        outlook.Add(Supplement(entries, calendar, rules));
        if (HasUnsure(deadline, entries, calendar))
            outlook.Add(new("Lịch làm việc của một số ngày chưa được xác nhận; nếu thay đổi, ngày hẹn được tính lại và thông báo.",
                "Some days of the calendar are not confirmed; if they change, the due date is counted again and you are told."));
        return outlook;
    }

    public static IReadOnlyList<LedgerAssumption> Assumptions(Deadline deadline, IReadOnlyList<ClockEntry> entries, WorkCalendar calendar, DeadlineRules rules)
    {
        if (deadline.State == ClockState.NotStarted)
            return [];
        var found = rules.Assumptions.Select(a => new LedgerAssumption(a.Rule, new Words(a.Vi, a.En), null)).ToList();
        var (from, to) = Span(deadline, entries);
        foreach (var year in Enumerable.Range(from.Year, to.Year - from.Year + 1).Where(y => !calendar.IsConfirmed(y)))
            found.Add(calendar.Knows(year)
                ? new("calendarYear", new($"Lịch làm việc năm {year} là bản dự thảo", $"The calendar of {year} is a draft"), "draft")
                : new("calendarYear", new($"Chưa có lịch làm việc năm {year}; chỉ trừ cuối tuần", $"There is no calendar of {year} yet; only weekends are left out"), null));
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            if (calendar.RowOf(day) is { Confirmed: false } row && calendar.IsConfirmed(day.Year))
                found.Add(new("calendarDay", new($"{Words.Day(day).Vi}, {row.NameVi}: chưa được xác nhận", $"{Words.Day(day).En}, {row.NameEn}: not confirmed"), row.Source));
        }
        return found;
    }

    private static IEnumerable<Words> Extension(Deadline deadline, DeadlineRules rules, DateTimeOffset now)
    {
        var last = LocalTicks.Date(deadline.Due).AddDays(-rules.ExtensionLeadDays);
        if (deadline.Extensions < rules.MaxExtensions && LocalTicks.Date(LocalTicks.Of(now)) <= last)
        {
            var day = Words.Day(last);
            yield return new($"Cơ quan có thể hẹn lại {rules.MaxExtensions} lần kèm thư xin lỗi, chậm nhất {day.Vi}.", $"The agency may give {rules.MaxExtensions} new appointment with a letter of apology, at the latest on {day.En}.");
        }
    }

    private static Words Supplement(IReadOnlyList<ClockEntry> entries, WorkCalendar calendar, DeadlineRules rules)
    {
        var day = Words.Day(ExtensionRule.SupplementUntil(entries, calendar, rules)!.Value);
        return new(
            $"Nếu phải bổ sung hồ sơ (yêu cầu chậm nhất {day.Vi}), thời hạn dừng và tính lại từ đầu khi nhận đủ.",
            $"If something has to be supplemented (asked for at the latest on {day.En}), the clock stops and the limit runs anew when all is there.");
    }

    private static bool HasUnsure(Deadline deadline, IReadOnlyList<ClockEntry> entries, WorkCalendar calendar)
    {
        var (from, to) = Span(deadline, entries);
        return calendar.IsUnsure(from.DayNumber, to.DayNumber);
    }

    private static (DateOnly From, DateOnly To) Span(Deadline deadline, IReadOnlyList<ClockEntry> entries)
    {
        var from = LocalTicks.Date(LocalTicks.Of(entries.First(e => e.Effect is ClockEffect.Start or ClockEffect.Restart).At));
        var to = LocalTicks.Date(Math.Max(deadline.Due, deadline.StatisticalDue));
        return (from, to < from ? from : to);
    }
}
