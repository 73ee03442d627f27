using HaLong.Dossiers.Deadlines;
using static HaLong.Dossiers.Tests.Deadlines.ClockSamples;

namespace HaLong.Dossiers.Tests.Deadlines;

/// <summary>Decision 766/QĐ-TTg: from the first receipt to the end, without the times in which the agency could do nothing.</summary>
public sealed class StatisticalClockTests
{
    private static readonly TimeLimit Ten = TimeLimit.WorkingDays(10);

    [Theory]
    [InlineData("2023-10-02T09:00", 0)]
    [InlineData("2023-10-02T17:00", 6)]
    [InlineData("2023-10-02T23:00", 6)]
    [InlineData("2023-10-03T07:00", 6)]
    [InlineData("2023-10-03T12:00", 10.5)]
    [InlineData("2023-10-08T12:00", 38)]
    public void It_runs_only_while_offices_are_open(string now, double hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), Deadline(Ten, Clock(("2023-10-02T09:00", ClockEffect.Start)), now).StatisticalTimeUsed);

    [Fact]
    public void Over_holidays_it_stands()
    {
        var used = Deadline(Ten, Clock(("2026-02-13T16:00", ClockEffect.Start)), "2026-02-23T08:00").StatisticalTimeUsed;
        Assert.Equal(TimeSpan.FromHours(2), used);
    }

    [Fact]
    public void While_somebody_else_has_to_do_something_it_stands()
    {
        var entries = Clock(("2023-10-02T09:00", ClockEffect.Start), ("2023-10-03T09:00", ClockEffect.Pause));
        Assert.Equal(TimeSpan.FromHours(8), Deadline(Ten, entries, "2023-10-03T09:00").StatisticalTimeUsed);
        Assert.Equal(TimeSpan.FromHours(8), Deadline(Ten, entries, "2023-10-20T09:00").StatisticalTimeUsed);
        entries.AddRange(Clock(("2023-10-20T09:00", ClockEffect.Resume)));
        Assert.Equal(TimeSpan.FromHours(9), Deadline(Ten, entries, "2023-10-20T10:00").StatisticalTimeUsed);
    }

    [Fact]
    public void At_the_end_it_stays_where_it_is()
    {
        var entries = Clock(("2023-10-02T09:00", ClockEffect.Start), ("2023-10-04T10:00", ClockEffect.Stop));
        var then = Deadline(Ten, entries, "2023-10-04T10:00");
        Assert.Equal(TimeSpan.FromHours(17), then.StatisticalTimeUsed);
        Assert.Equal(then, Deadline(Ten, entries, "2025-10-04T10:00"));
    }

    [Fact]
    public void Two_supplements_begin_the_legal_clock_twice_anew_and_this_one_never()
    {
        var entries = Clock(
            ("2023-10-02T09:00", ClockEffect.Start),
            ("2023-10-04T09:00", ClockEffect.Pause), ("2023-10-06T09:00", ClockEffect.Restart),
            ("2023-10-10T09:00", ClockEffect.Pause), ("2023-10-13T09:00", ClockEffect.Restart));
        var deadline = Deadline(Ten, entries, "2023-10-13T09:00");
        Assert.Equal("2023-10-27 17:00", deadline.DueAt.Local());
        // 16 October and the five working days of waiting: 5, 6, 11, 12 and 13 October.
        Assert.Equal("2023-10-23 17:00", deadline.StatisticalDueAt.Local());
        // Two days before the first request, two between the answer and the second.
        Assert.Equal(TimeSpan.FromHours(16 + 16), deadline.StatisticalTimeUsed);
    }

    [Fact]
    public void An_extension_does_not_move_it()
    {
        var entries = Clock(("2023-10-02T09:00", ClockEffect.Start)).Extended("2023-10-10T09:00", "2023-10-30T09:00");
        var deadline = Deadline(Ten, entries, "2023-10-11T09:00");
        Assert.Equal(("2023-10-30 17:00", "2023-10-16 17:00"), (deadline.DueAt.Local(), deadline.StatisticalDueAt.Local()));
    }

    [Fact]
    public void A_pause_before_the_office_opens_takes_nothing_away()
    {
        var entries = Clock(("2023-10-07T09:00", ClockEffect.Start), ("2023-10-07T10:00", ClockEffect.Pause), ("2023-10-09T06:00", ClockEffect.Resume));
        Assert.Equal(TimeSpan.FromHours(1), Deadline(Ten, entries, "2023-10-09T08:00").StatisticalTimeUsed);
    }
}
