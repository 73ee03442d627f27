using HaLong.Dossiers.Deadlines;
using static HaLong.Dossiers.Tests.Deadlines.ClockSamples;

namespace HaLong.Dossiers.Tests.Deadlines;

/// <summary>Days of the ledger where a person would ask twice.</summary>
public sealed class LedgerCaseTests
{
    [Fact]
    public void A_same_day_result_before_three_counts_the_day_itself()
    {
        var days = Ledger(TimeLimit.Of(1, "sameDay"), Clock(("2023-08-16T14:59", ClockEffect.Start)), "2023-08-16T15:00").Days;
        Assert.Equal([(new DateOnly(2023, 8, 16), DayReason.Counted, 1)], days.Select(d => (d.Date, d.Reason, d.Number!.Value)));
    }

    [Fact]
    public void A_same_day_result_from_three_on_counts_the_next_working_day()
    {
        var days = Ledger(TimeLimit.Of(1, "sameDay"), Clock(("2023-08-31T15:30", ClockEffect.Start)), "2023-08-31T15:30").Days;
        Assert.Equal(
            [DayReason.FirstDay, DayReason.NotWorked, DayReason.NotWorked, DayReason.NotWorked, DayReason.NotWorked, DayReason.Counted],
            days.Select(d => d.Reason));
        Assert.Equal("Mon 4 Sep 2023: not counted, Day off in lieu of 2023-09-02", days[4].Text.En);
        Assert.Equal("thứ Bảy 02/09/2023: không tính, nghỉ lễ: Quốc khánh", days[2].Text.Vi);
    }

    [Fact]
    public void A_same_day_result_that_waited_counts_the_day_on_which_it_goes_on()
    {
        var entries = Clock(("2023-08-16T09:00", ClockEffect.Start), ("2023-08-16T10:00", ClockEffect.Pause), ("2023-08-18T08:00", ClockEffect.Resume));
        var days = Ledger(TimeLimit.Of(1, "sameDay"), entries, "2023-08-18T08:00").Days;
        Assert.Equal([DayReason.FirstDay, DayReason.Paused, DayReason.Counted], days.Select(d => d.Reason));
    }

    [Fact]
    public void Months_count_every_day_and_roll()
    {
        var days = Ledger(TimeLimit.Of(1, "month"), Clock(("2023-03-29T09:00", ClockEffect.Start)), "2023-03-29T09:00").Days;
        Assert.Equal(31, days.Count(d => d.Counts));
        Assert.Equal(new DateOnly(2023, 4, 29), days.Last(d => d.Counts).Date);
        Assert.Equal(
            [DayReason.NotWorked, DayReason.NotWorked, DayReason.NotWorked, DayReason.NotWorked, DayReason.RolledTo],
            days.SkipWhile(d => d.Date <= new DateOnly(2023, 4, 29)).Select(d => d.Reason));
    }

    [Fact]
    public void Of_limits_in_days_weekends_count_but_not_while_the_clock_stands()
    {
        var entries = Clock(("2025-08-18T09:00", ClockEffect.Start), ("2025-08-25T10:00", ClockEffect.Pause), ("2025-09-05T10:00", ClockEffect.Resume));
        var days = Ledger(TimeLimit.Of(20, "calendarDay"), entries, "2025-09-05T10:00").Days;
        Assert.Equal((20, 11), (days.Count(d => d.Counts), days.Count(d => d.Reason == DayReason.Paused)));
        Assert.Equal("Sat 23 Aug 2025: day 5", days[5].Text.En);
        Assert.Equal(DayReason.Paused, days.Single(d => d.Date == new DateOnly(2025, 8, 30)).Reason);
    }

    [Fact]
    public void Hours_that_stood_are_left_out_of_their_day()
    {
        var entries = Clock(("2023-06-14T09:00", ClockEffect.Start), ("2023-06-14T10:00", ClockEffect.Pause), ("2023-06-15T14:15", ClockEffect.Resume));
        var days = Ledger(TimeLimit.Of(8, "workingHour"), entries, "2023-06-15T15:00").Days;
        Assert.Equal([60, 165, 255], days.Select(d => d.Minutes));
        Assert.Equal(480, days.Sum(d => d.Minutes));
    }

    [Fact]
    public void A_day_of_hours_that_stood_as_a_whole_says_so()
    {
        var entries = Clock(("2023-06-13T09:00", ClockEffect.Start), ("2023-06-13T10:00", ClockEffect.Pause), ("2023-06-16T09:00", ClockEffect.Resume));
        var days = Ledger(TimeLimit.Of(4, "workingHour"), entries, "2023-06-16T10:00").Days;
        Assert.Equal([DayReason.Counted, DayReason.Paused, DayReason.Paused, DayReason.Counted], days.Select(d => d.Reason));
        Assert.Equal("thứ Tư 14/06/2023: tạm dừng, không tính", days[1].Text.Vi);
    }

    [Fact]
    public void The_first_day_of_hours_on_which_nothing_could_be_done_is_the_day_of_receipt()
    {
        var days = Ledger(TimeLimit.Of(2, "workingHour"), Clock(("2023-06-14T16:59:45", ClockEffect.Start)), "2023-06-14T17:00").Days;
        Assert.Equal((DayReason.FirstDay, "Wed 14 Jun 2023: the day of receipt"), (days[0].Reason, days[0].Text.En));
        Assert.Equal(119, days[1].Minutes);
    }

    [Fact]
    public void A_clock_that_stands_is_told_up_to_the_date_it_would_have_now()
    {
        var entries = Clock(("2023-10-02T09:00", ClockEffect.Start), ("2023-10-05T10:00", ClockEffect.Pause));
        var ledger = Ledger(TimeLimit.WorkingDays(10), entries, "2023-10-10T15:00");
        Assert.Equal((null, "2023-10-19 17:00"), (ledger.Deadline.DueAt.Local(), ledger.Deadline.ProvisionalDueAt.Local()));
        Assert.Equal(new DateOnly(2023, 10, 19), ledger.Days[^1].Date);
        Assert.Equal(3, ledger.Days.Count(d => d.Reason == DayReason.Paused));
    }

    [Fact]
    public void After_a_restart_only_the_days_since_then_are_told_but_the_whole_clock()
    {
        var entries = Clock(("2023-10-02T09:00", ClockEffect.Start), ("2023-10-04T10:00", ClockEffect.Pause), ("2023-10-14T10:00", ClockEffect.Restart));
        var ledger = Ledger(TimeLimit.WorkingDays(2), entries, "2023-10-16T15:00");
        Assert.Equal(3, ledger.Steps.Count);
        Assert.Equal(
            [DayReason.NotWorked, DayReason.NotWorked, DayReason.FirstDay, DayReason.Counted, DayReason.Counted],
            ledger.Days.Select(d => d.Reason));
        Assert.Contains("runs anew and starts at 07:00 on Mon 16 Oct 2023, because it came on a day that is not worked (weekend)", ledger.Steps[2].Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stop_without_a_start_affects_nothing()
    {
        var step = Ledger(TimeLimit.WorkingDays(2), Clock(("2023-10-04T10:00", ClockEffect.Stop)), "2023-10-16T15:00").Steps.Single();
        Assert.Equal(("because: the clock is not affected.", null), (step.Text.En, step.DueAt));
    }

    [Fact]
    public void The_words_of_a_moment_and_a_day_are_those_of_the_receipt()
    {
        var moment = LocalTicks.Of(At("2023-04-05T17:00"));
        Assert.Equal(new Words("17:00 thứ Tư 05/04/2023", "17:00 on Wed 5 Apr 2023"), Words.Moment(moment));
        Assert.Equal(new Words("Chủ nhật 09/04/2023", "Sun 9 Apr 2023"), Words.Day(new DateOnly(2023, 4, 9)));
        Assert.Equal(new Words("ngày làm việc", "working day"), Words.Kind(DayKind.Ordinary, null));
    }
}
