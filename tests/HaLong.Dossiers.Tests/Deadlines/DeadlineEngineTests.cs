using HaLong.Dossiers.Deadlines;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.Deadlines.ClockSamples;

namespace HaLong.Dossiers.Tests.Deadlines;

public sealed class DeadlineEngineTests
{
    private static readonly TimeLimit Ten = TimeLimit.WorkingDays(10);

    [Fact]
    public void Before_the_start_there_is_no_date()
    {
        var deadline = Deadline(Ten, Clock(("2023-10-05T10:00", ClockEffect.Pause), ("2023-10-06T10:00", ClockEffect.Resume), ("2023-10-06T11:00", ClockEffect.Stop)), "2023-10-10T10:00");
        Assert.Equal((ClockState.NotStarted, null, null, null, null), (deadline.State, deadline.DueAt, deadline.EffectiveStart, deadline.ProvisionalDueAt, deadline.StatisticalDueAt));
        Assert.Equal(Punctuality.OnTime, deadline.Of(At("2023-10-10T10:00")));
    }

    [Theory]
    [InlineData("2024-01-31T09:00", 1, "month", "2024-02-29 17:00")]
    [InlineData("2023-01-31T09:00", 1, "month", "2023-02-28 17:00")]
    [InlineData("2023-03-29T09:00", 1, "month", "2023-05-04 17:00")]
    [InlineData("2023-11-30T09:00", 3, "month", "2024-02-29 17:00")]
    [InlineData("2024-02-29T09:00", 1, "year", "2025-02-28 17:00")]
    [InlineData("2023-12-29T09:00", 1, "year", "2024-12-30 17:00")]
    [InlineData("2025-12-31T23:59:59.999", 1, "workingDay", "2026-01-06 17:00")]
    [InlineData("2026-01-01T00:00", 1, "workingDay", "2026-01-06 17:00")]
    [InlineData("2026-03-10T00:00", 1, "workingDay", "2026-03-11 17:00")]
    [InlineData("2026-03-09T23:59:59", 1, "workingDay", "2026-03-11 17:00")]
    [InlineData("2026-03-09T16:59:59", 1, "workingDay", "2026-03-10 17:00")]
    [InlineData("2026-03-09T16:59:30", 0.5, "workingHour", "2026-03-10 07:29")]
    [InlineData("2026-03-09T09:00", 0, "workingHour", "2026-03-09 09:00")]
    public void Months_years_midnight_and_the_turn_of_the_year(string received, double amount, string unit, string due) =>
        Assert.Equal(due, DeadlineEngine.Evaluate(TimeLimit.Of((decimal)amount, unit), At(received), Calendar, Rules).DueAt.Local());

    [Theory]
    [InlineData(1985, "1985-01-17T09:00", "1985-01-28")]
    [InlineData(2007, "2007-02-14T09:00", "2007-02-23")]
    [InlineData(2030, "2030-01-31T09:00", "2030-02-11")]
    public void In_the_edge_years_the_days_of_Tet_are_left_out_where_Vietnam_keeps_them(int year, string received, string due)
    {
        var calendar = new WorkCalendar(1, CalendarDraft.Of(year, 1), new Dictionary<int, bool> { [year] = true });
        Assert.Equal(due + " 17:00", DeadlineEngine.Evaluate(TimeLimit.WorkingDays(2), At(received), calendar, Rules).DueAt.Local());
    }

    [Fact]
    public void While_the_clock_stands_nobody_knows_the_date_but_what_it_would_be_is_told()
    {
        var entries = Clock(("2023-10-02T09:00", ClockEffect.Start), ("2023-10-05T10:00", ClockEffect.Pause));
        var deadline = Deadline(Ten, entries, "2023-10-10T15:00");
        Assert.Equal((ClockState.Paused, true, null, "2023-10-19 17:00"), (deadline.State, deadline.Paused, deadline.DueAt.Local(), deadline.ProvisionalDueAt.Local()));
        Assert.Equal("2023-10-20 17:00", Deadline(Ten, entries, "2023-10-11T15:00").ProvisionalDueAt.Local());
    }

    [Fact]
    public void A_pause_does_not_heal_what_is_late_already()
    {
        var deadline = Deadline(Ten, Clock(("2023-10-02T09:00", ClockEffect.Start), ("2023-10-17T10:00", ClockEffect.Pause), ("2023-10-25T10:00", ClockEffect.Resume)), "2023-10-30T10:00");
        Assert.Equal("2023-10-16 17:00", deadline.DueAt.Local());
        Assert.Equal(Punctuality.Late, deadline.Of(At("2023-10-17T08:00")));
    }

    [Fact]
    public void A_pause_before_the_clock_begins_to_run_moves_nothing()
    {
        // Received on Saturday, paused on Saturday, going on before Monday's opening.
        var entries = Clock(("2023-10-07T09:00", ClockEffect.Start), ("2023-10-07T10:00", ClockEffect.Pause), ("2023-10-09T06:00", ClockEffect.Resume));
        Assert.Equal("2023-10-10 17:00", Deadline(TimeLimit.WorkingDays(1), entries, "2023-10-09T08:00").DueAt.Local());
    }

    [Fact]
    public void Hours_stand_by_the_minute()
    {
        var entries = Clock(("2023-06-14T09:00", ClockEffect.Start), ("2023-06-14T10:00", ClockEffect.Pause), ("2023-06-14T14:15", ClockEffect.Resume));
        // 1 h 30 min before noon and 45 min after it stood; 09:00 + 8 h would be 09:00 on the next day.
        Assert.Equal("2023-06-15 11:15", Deadline(TimeLimit.Of(8, "workingHour"), entries, "2023-06-14T15:00").DueAt.Local());
    }

    [Fact]
    public void A_same_day_result_waits_for_the_day_on_which_the_clock_goes_on()
    {
        var entries = Clock(("2023-08-16T09:00", ClockEffect.Start), ("2023-08-16T10:00", ClockEffect.Pause), ("2023-08-18T08:00", ClockEffect.Resume));
        Assert.Equal("2023-08-18 17:00", Deadline(TimeLimit.Of(1, "sameDay"), entries, "2023-08-18T09:00").DueAt.Local());
    }

    [Fact]
    public void A_supplement_starts_the_legal_clock_anew_but_the_statistical_one_only_leaves_out_the_waiting()
    {
        var deadline = Deadline(TimeLimit.WorkingDays(15), Clock(
            ("2023-03-01T08:30", ClockEffect.Start), ("2023-03-06T10:00", ClockEffect.Pause), ("2023-03-20T09:15", ClockEffect.Restart)), "2023-03-21T09:15");
        Assert.Equal("2023-04-10 17:00", deadline.DueAt.Local());
        // 22 March without the waiting of 10 working days (7 to 20 March).
        Assert.Equal("2023-04-05 17:00", deadline.StatisticalDueAt.Local());
        // 1 March 8:30 to 6 March 10:00, and 20 March 9:15 to 21 March 9:15: 3 days + 1.5 h, and one day of 8 h.
        Assert.Equal(TimeSpan.FromHours((3 * 8) + 1.5 + 8), deadline.StatisticalTimeUsed);
    }

    [Fact]
    public void Lateness_counts_from_the_original_date_unless_the_regime_says_otherwise()
    {
        var entries = Clock(("2023-03-01T08:30", ClockEffect.Start)).Extended("2023-03-21T10:00", "2023-03-29T10:00");
        var deadline = Deadline(TimeLimit.WorkingDays(15), entries, "2023-03-25T10:00");
        Assert.Equal(("2023-03-29 17:00", "2023-03-22 17:00", "2023-03-22 17:00", 1), (deadline.DueAt.Local(), deadline.OriginalDueAt.Local(), deadline.LateAfter.Local(), deadline.Extensions));
        Assert.Equal(Punctuality.Late, deadline.Of(At("2023-03-24T10:00")));
        var other = Deadline(TimeLimit.WorkingDays(15), entries, "2023-03-25T10:00", Rules with { LateAgainstOriginal = false });
        Assert.Equal(("2023-03-29 17:00", Punctuality.Early), (other.LateAfter.Local(), other.Of(At("2023-03-24T10:00"))));
    }

    [Fact]
    public void What_stands_after_a_new_appointment_moves_the_appointment()
    {
        var entries = Clock(("2023-03-01T08:30", ClockEffect.Start)).Extended("2023-03-21T10:00", "2023-03-29T10:00");
        entries.AddRange(Clock(("2023-03-27T10:00", ClockEffect.Pause), ("2023-03-29T10:00", ClockEffect.Resume)));
        var deadline = Deadline(TimeLimit.WorkingDays(15), entries, "2023-03-30T10:00");
        Assert.Equal(("2023-03-31 17:00", "2023-03-22 17:00"), (deadline.DueAt.Local(), deadline.OriginalDueAt.Local()));
    }

    [Theory]
    [InlineData("workingDay", "2023-03-08T23:00", "OnTime")]
    [InlineData("workingDay", "2023-03-07T23:00", "Early")]
    [InlineData("workingDay", "2023-03-09T00:00", "Late")]
    [InlineData("workingHour", "2023-03-01T13:32", "Late")]
    [InlineData("workingHour", "2023-03-01T13:31", "OnTime")]
    [InlineData("workingHour", "2023-03-01T11:30", "Early")]
    public void Punctuality_is_told_by_the_day_and_of_hours_by_the_moment(string unit, string end, string expected)
    {
        var entries = Clock(("2023-03-01T08:30", ClockEffect.Start), (end, ClockEffect.Stop));
        // Three hours and one minute from 8:30 end at 13:31.
        var limit = unit == "workingDay" ? TimeLimit.WorkingDays(5) : new TimeLimit(LimitUnit.WorkingHour, 181);
        Assert.Equal(expected, Deadline(limit, entries, "2024-01-01T00:00").Of(At(end)).ToString());
    }

    [Fact]
    public void What_comes_after_the_stop_changes_nothing_until_it_starts_again()
    {
        var entries = Clock(("2023-03-01T08:30", ClockEffect.Start), ("2023-03-03T08:30", ClockEffect.Pause), ("2023-03-06T08:30", ClockEffect.Stop),
            ("2023-03-07T08:30", ClockEffect.Resume), ("2023-03-07T09:30", ClockEffect.Stop)).Extended("2023-03-08T08:30", "2023-06-01T08:30");
        var deadline = Deadline(Ten, entries, "2023-05-01T08:30");
        Assert.Equal((ClockState.Stopped, "2023-03-06 08:30", "2023-03-16 17:00", 0), (deadline.State, deadline.StoppedAt.Local(), deadline.DueAt.Local(), deadline.Extensions));
        entries.AddRange(Clock(("2023-03-10T08:30", ClockEffect.Start)));
        Assert.Equal((ClockState.Running, "2023-03-24 17:00"), (Deadline(Ten, entries, "2023-03-11T08:30").State, Deadline(Ten, entries, "2023-03-11T08:30").DueAt.Local()));
    }

    [Fact]
    public void A_year_that_is_not_there_is_counted_by_weekends_and_marked()
    {
        var deadline = DeadlineEngine.Evaluate(Ten, At("2031-01-20T09:00"), Calendar, Rules);
        Assert.Equal(("2031-02-03 17:00", true), (deadline.DueAt.Local(), deadline.Assumed));
        Assert.False(DeadlineEngine.Evaluate(Ten, At("2026-03-02T09:00"), Calendar, Rules).Assumed);
        Assert.True(DeadlineEngine.Evaluate(Ten, At("2026-12-25T09:00"), Calendar, Rules).Assumed);
        Assert.True(DeadlineEngine.Evaluate(TimeLimit.WorkingDays(2), At("2026-08-28T09:00"), Calendar, Rules).Assumed);
    }

    [Fact]
    public void Local_time_is_that_of_the_time_zone_and_dates_lie_in_its_tables()
    {
        for (var moment = At("1976-01-01T00:00"); moment.Year < 2140; moment = moment.AddDays(11.3))
            Assert.Equal(LocalTime.Date(moment), LocalTicks.Date(LocalTicks.Of(moment)));
        Assert.True(DeadlineEngine.Evaluate(TimeLimit.WorkingDays(TimeLimit.MaxCount), At("2100-01-01T00:00"), Calendar, Rules).DueAt.HasValue);
    }

    [Theory]
    [InlineData(-1, "workingDay")]
    [InlineData(1.5, "workingDay")]
    [InlineData(0.001, "workingHour")]
    [InlineData(10_001, "calendarDay")]
    public void What_is_no_limit_is_refused(double amount, string unit) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeLimit.Of((decimal)amount, unit));
}
