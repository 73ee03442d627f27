using HaLong.Dossiers.Deadlines;
using static HaLong.Dossiers.Tests.Deadlines.ClockSamples;

namespace HaLong.Dossiers.Tests.Deadlines;

/// <summary>Entries that make no sense where they stand are not an error: the history is what it is, and the date stays explainable.</summary>
public sealed class ClockOrderTests
{
    private static readonly TimeLimit Ten = TimeLimit.WorkingDays(10);

    [Fact]
    public void To_go_on_without_having_stood_changes_nothing() => Assert.Equal(
        Deadline(Ten, Clock(("2023-10-02T09:00", ClockEffect.Start)), "2023-10-09T09:00"),
        Deadline(Ten, Clock(("2023-10-02T09:00", ClockEffect.Start), ("2023-10-05T09:00", ClockEffect.Resume)), "2023-10-09T09:00"));

    [Fact]
    public void To_stand_twice_is_to_stand_from_the_first_time_on() => Assert.Equal(
        Deadline(Ten, Clock(
            ("2023-10-02T09:00", ClockEffect.Start), ("2023-10-03T09:00", ClockEffect.Pause), ("2023-10-09T09:00", ClockEffect.Resume)), "2023-10-09T09:00"),
        Deadline(Ten, Clock(
            ("2023-10-02T09:00", ClockEffect.Start), ("2023-10-03T09:00", ClockEffect.Pause), ("2023-10-05T09:00", ClockEffect.Pause),
            ("2023-10-09T09:00", ClockEffect.Resume)), "2023-10-09T09:00"));

    [Fact]
    public void What_does_nothing_does_nothing() => Assert.Equal(
        Deadline(Ten, Clock(("2023-10-02T09:00", ClockEffect.Start)), "2023-10-09T09:00"),
        Deadline(Ten, Clock(("2023-10-02T09:00", ClockEffect.Start), ("2023-10-05T09:00", ClockEffect.None)), "2023-10-09T09:00"));

    [Fact]
    public void An_entry_before_its_predecessor_counts_as_at_the_same_moment()
    {
        var odd = Clock(("2023-10-02T09:00", ClockEffect.Start), ("2023-10-05T09:00", ClockEffect.Pause), ("2023-10-03T09:00", ClockEffect.Resume));
        Assert.Equal("2023-10-16 17:00", Deadline(Ten, odd, "2023-10-09T09:00").DueAt.Local());
    }

    [Fact]
    public void An_extension_without_a_date_or_to_an_earlier_one_moves_nothing()
    {
        var without = Clock(("2023-10-02T09:00", ClockEffect.Start), ("2023-10-05T09:00", ClockEffect.Extend));
        Assert.Equal(("2023-10-16 17:00", 0), (Deadline(Ten, without, "2023-10-09T09:00").DueAt.Local(), Deadline(Ten, without, "2023-10-09T09:00").Extensions));
        var earlier = Clock(("2023-10-02T09:00", ClockEffect.Start)).Extended("2023-10-05T09:00", "2023-10-10T09:00");
        Assert.Equal(("2023-10-16 17:00", 1), (Deadline(Ten, earlier, "2023-10-09T09:00").DueAt.Local(), Deadline(Ten, earlier, "2023-10-09T09:00").Extensions));
    }

    [Fact]
    public void An_extension_while_the_clock_stands_is_not_moved_by_the_waiting_before_it()
    {
        var entries = Clock(("2023-10-02T09:00", ClockEffect.Start), ("2023-10-03T09:00", ClockEffect.Pause)).Extended("2023-10-05T09:00", "2023-11-15T09:00");
        entries.AddRange(Clock(("2023-10-05T10:00", ClockEffect.Resume)));
        // The original date moved by two days; the appointment was given when one had passed, and on the day on which the clock goes on.
        var deadline = Deadline(Ten, entries, "2023-10-09T09:00");
        Assert.Equal("2023-10-18 17:00", deadline.OriginalDueAt.Local());
        Assert.Equal("2023-11-15 17:00", deadline.DueAt.Local());
    }

    [Fact]
    public void A_calendar_in_which_a_day_is_off_moves_only_what_it_lies_in()
    {
        var off = new WorkCalendar(
            2,
            [.. DeadlineData.Holidays().Select(h => h.Row), new SpecialDay(new DateOnly(2023, 10, 10), DayKind.SwapOff, "Nghỉ", "Off", "QĐ 1", true)],
            Enumerable.Range(2020, 8).ToDictionary(y => y, _ => true));
        var (inside, before) = (Clock(("2023-10-02T09:00", ClockEffect.Start)), Clock(("2023-09-20T09:00", ClockEffect.Start)));
        Assert.Equal("2023-10-17 17:00", DeadlineEngine.Evaluate(Ten, inside, off, Rules, At("2023-10-03T09:00")).DueAt.Local());
        Assert.Equal(Deadline(Ten, before, "2023-09-21T09:00").DueAt, DeadlineEngine.Evaluate(Ten, before, off, Rules, At("2023-09-21T09:00")).DueAt);
    }

    [Fact]
    public void The_deadline_of_now_is_that_of_a_clock_that_starts_now()
    {
        var receipt = At("2023-10-02T09:00");
        Assert.Equal(
            DeadlineEngine.Evaluate(Ten, Clock(("2023-10-02T09:00", ClockEffect.Start)), Calendar, Rules, receipt),
            DeadlineEngine.Evaluate(Ten, receipt, Calendar, Rules));
    }
}
