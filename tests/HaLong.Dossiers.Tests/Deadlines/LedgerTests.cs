using HaLong.Dossiers.Deadlines;
using static HaLong.Dossiers.Tests.Deadlines.ClockSamples;

namespace HaLong.Dossiers.Tests.Deadlines;

public sealed class LedgerTests
{
    [Fact]
    public void Each_day_over_Tet_says_why_it_counts_or_not()
    {
        var ledger = Ledger(TimeLimit.WorkingDays(3), Clock(("2026-02-12T09:00", ClockEffect.Start)), "2026-02-12T10:00");
        Assert.Equal("2026-02-24 17:00", ledger.Deadline.DueAt.Local());
        Assert.Equal("thứ Năm 12/02/2026: ngày đầu tiên không tính", ledger.Days[0].Text.Vi);
        Assert.Equal("Fri 13 Feb 2026: day 1", ledger.Days[1].Text.En);
        Assert.Equal("thứ Bảy 14/02/2026: không tính, cuối tuần", ledger.Days[2].Text.Vi);
        Assert.Equal("Tue 17 Feb 2026: not counted, holiday: Lunar New Year – first day", ledger.Days[5].Text.En);
        Assert.Equal([1, 2, 3], ledger.Days.Where(d => d.Counts).Select(d => d.Number!.Value));
        Assert.Equal("thứ Ba 24/02/2026: ngày thứ 3", ledger.Days[^1].Text.Vi);
    }

    [Fact]
    public void A_start_outside_office_hours_is_explained()
    {
        Assert.Equal(
            "vì: thời hạn 1 ngày làm việc bắt đầu lúc 07:00 thứ Hai 23/02/2026, vì nhận ngoài giờ làm việc; hẹn trả lúc 17:00 thứ Ba 24/02/2026.",
            Ledger(TimeLimit.WorkingDays(1), Clock(("2026-02-13T17:30", ClockEffect.Start)), "2026-02-13T18:00").Steps[0].Text.Vi);
        Assert.Contains("because it came on a day that is not worked (weekend)", Ledger(TimeLimit.WorkingDays(1), Clock(("2023-06-10T08:00", ClockEffect.Start)), "2023-06-10T09:00").Steps[0].Text.En, StringComparison.Ordinal);
        Assert.Contains("at once, at 09:00 on Wed 14 Jun 2023", Ledger(TimeLimit.Of(8, "workingHour"), Clock(("2023-06-14T09:00", ClockEffect.Start)), "2023-06-14T09:00").Steps[0].Text.En, StringComparison.Ordinal);
        var days = Ledger(TimeLimit.WorkingDays(1), Clock(("2023-06-09T18:00", ClockEffect.Start)), "2023-06-10T09:00").Days;
        Assert.Equal([DayReason.AfterHours, DayReason.NotWorked, DayReason.NotWorked, DayReason.FirstDay, DayReason.Counted], days.Select(d => d.Reason));
        Assert.Equal("Fri 9 Jun 2023: received after the offices had closed", days[0].Text.En);
    }

    [Fact]
    public void Pauses_resumptions_a_restart_and_an_extension_are_told_with_their_dates()
    {
        var entries = Clock(("2023-10-02T09:00", ClockEffect.Start), ("2023-10-05T10:00", ClockEffect.Pause), ("2023-10-10T15:00", ClockEffect.Resume)).Extended("2023-10-12T09:00", "2023-10-27T09:00");
        var ledger = Ledger(TimeLimit.WorkingDays(10), entries, "2023-10-13T09:00");
        Assert.Equal(["2023-10-16 17:00", null, "2023-10-19 17:00", "2023-10-27 17:00"], ledger.Steps.Select(s => s.DueAt.Local()));
        Assert.Equal("because: the clock stands.", ledger.Steps[1].Text.En);
        Assert.Equal("because: the clock goes on; due at 17:00 on Thu 19 Oct 2023.", ledger.Steps[2].Text.En);
        Assert.Equal("vì: hẹn lại ngày trả kết quả; hẹn trả lúc 17:00 thứ Sáu 27/10/2023.", ledger.Steps[3].Text.Vi);
        Assert.Equal(3, ledger.Days.Count(d => d.Reason == DayReason.Paused));
        Assert.Equal(6, ledger.Days.Count(d => d.Reason == DayReason.Extension));
        Assert.Equal("Fri 6 Oct 2023: the clock stood, not counted", ledger.Days[4].Text.En);
        Assert.Equal("Fri 27 Oct 2023: within the new appointment", ledger.Days[^1].Text.En);

        entries = Clock(("2023-03-01T08:30", ClockEffect.Start), ("2023-03-06T10:00", ClockEffect.Pause), ("2023-03-20T09:15", ClockEffect.Restart), ("2023-04-10T16:00", ClockEffect.Stop));
        ledger = Ledger(TimeLimit.WorkingDays(15), entries, "2023-05-01T09:00");
        Assert.Contains("the limit of 15 working days runs anew and starts at once", ledger.Steps[2].Text.En, StringComparison.Ordinal);
        Assert.Equal("because: over, when it was due.", ledger.Steps[3].Text.En);
        Assert.Equal(new DateOnly(2023, 3, 20), ledger.Days[0].Date);
        Assert.Empty(ledger.Outlook);
    }

    [Theory]
    [InlineData("2023-10-10T16:00", "over, before it was due")]
    [InlineData("2023-10-17T16:00", "over, later than it was due")]
    public void The_end_says_how_it_lies_to_the_due_date(string end, string words) =>
        Assert.Contains(words, Ledger(TimeLimit.WorkingDays(10), Clock(("2023-10-02T09:00", ClockEffect.Start), (end, ClockEffect.Stop)), end).Steps[1].Text.En, StringComparison.Ordinal);

    [Fact]
    public void What_rolls_forward_and_what_is_worked_on_a_Saturday_says_so()
    {
        var rolled = Ledger(TimeLimit.Of(15, "calendarDay"), Clock(("2025-01-10T09:00", ClockEffect.Start)), "2025-01-10T09:00");
        Assert.Equal((DayReason.Counted, 15), (rolled.Days[15].Reason, rolled.Days[15].Number));
        Assert.Equal("Mon 3 Feb 2025: the next working day after the last day of the limit", rolled.Days[^1].Text.En);
        Assert.Equal(DayReason.NotWorked, rolled.Days[16].Reason);
        var worked = Ledger(TimeLimit.WorkingDays(2), Clock(("2025-04-24T09:00", ClockEffect.Start)), "2025-04-24T09:00");
        Assert.StartsWith("thứ Bảy 26/04/2025: ngày thứ 2 (Hoán đổi", worked.Days[^1].Text.Vi, StringComparison.Ordinal);
        var off = Ledger(TimeLimit.WorkingDays(3), Clock(("2024-04-26T09:00", ClockEffect.Start)), "2024-04-26T09:00").Days.Single(d => d.Date == new DateOnly(2024, 4, 29));
        Assert.Equal("Mon 29 Apr 2024: not counted, Swap: day off, worked on 2024-05-04", off.Text.En);
    }

    [Fact]
    public void Hours_are_told_by_the_minutes_of_each_day()
    {
        var ledger = Ledger(TimeLimit.Of(8, "workingHour"), Clock(("2023-06-16T16:30", ClockEffect.Start)), "2023-06-16T16:30");
        Assert.Equal([(30, DayReason.Counted), (null, DayReason.NotWorked), (null, DayReason.NotWorked), (450, DayReason.Counted)], ledger.Days.Select(d => (d.Minutes, d.Reason)));
        Assert.Equal("Fri 16 Jun 2023: 30 minutes of work count", ledger.Days[0].Text.En);
        Assert.Equal([DayReason.FirstDay, DayReason.Counted], Ledger(TimeLimit.WorkingDays(1), Clock(("2023-06-14T16:59:59", ClockEffect.Start)), "2023-06-15T09:00").Days.Select(d => d.Reason));
    }

    [Fact]
    public void The_outlook_says_what_would_move_the_date()
    {
        var running = Ledger(TimeLimit.WorkingDays(10), Clock(("2023-10-02T09:00", ClockEffect.Start)), "2023-10-04T09:00");
        Assert.Contains("The agency may give 1 new appointment with a letter of apology, at the latest on Sun 15 Oct 2023.", running.Outlook.Select(o => o.En));
        Assert.Contains(running.Outlook, o => o.En.Contains("asked for at the latest on Thu 5 Oct 2023", StringComparison.Ordinal));
        var late = Ledger(TimeLimit.WorkingDays(10), Clock(("2023-10-02T09:00", ClockEffect.Start)), "2023-10-16T09:00");
        Assert.DoesNotContain(late.Outlook, o => o.En.StartsWith("The agency may give", StringComparison.Ordinal));
        var paused = Ledger(TimeLimit.WorkingDays(10), Clock(("2023-10-02T09:00", ClockEffect.Start), ("2023-10-03T09:00", ClockEffect.Pause)), "2023-10-04T09:00");
        Assert.StartsWith("Thời hạn đang tạm dừng", paused.Outlook[0].Vi, StringComparison.Ordinal);
        var none = Ledger(TimeLimit.WorkingDays(10), [], "2023-10-04T09:00");
        Assert.Equal((0, 0, 1), (none.Days.Count, none.Steps.Count, none.Outlook.Count));
    }

    [Fact]
    public void What_is_assumed_is_told_with_its_source()
    {
        var assumed = Ledger(TimeLimit.WorkingDays(30), Clock(("2026-08-20T09:00", ClockEffect.Start)), "2026-08-20T09:00").Assumptions;
        Assert.Contains(assumed, a => a is { What: "calendarDay", Source: "reported" } && a.Text.En.StartsWith("Mon 31 Aug 2026", StringComparison.Ordinal));
        Assert.Contains(assumed, a => a.What == "workWindows");
        var years = Ledger(TimeLimit.WorkingDays(400), Clock(("2026-11-20T09:00", ClockEffect.Start)), "2026-11-20T09:00");
        Assert.Equal(["draft", null], years.Assumptions.Where(a => a.What == "calendarYear").Select(a => a.Source));
        Assert.Contains(years.Outlook, o => o.Vi.StartsWith("Lịch làm việc của một số ngày chưa được xác nhận", StringComparison.Ordinal));
        Assert.True(years.Days.Single(d => d.Date == new DateOnly(2027, 3, 1)).Assumed);
    }

    [Theory]
    [InlineData(1, "workingDay", "1 ngày làm việc", "1 working day")]
    [InlineData(3, "halfDay", "3 nửa ngày làm việc", "3 half working days")]
    [InlineData(4.5, "workingHour", "4.5 giờ làm việc", "4.5 working hours")]
    [InlineData(20, "calendarDay", "20 ngày", "20 days")]
    [InlineData(2, "month", "2 tháng", "2 months")]
    [InlineData(1, "year", "1 năm", "1 year")]
    [InlineData(1, "sameDay", "trong ngày", "the same day")]
    public void Limits_have_words(double amount, string unit, string vi, string en) =>
        Assert.Equal(new Words(vi, en), Words.Limit(TimeLimit.Of((decimal)amount, unit)));
}
