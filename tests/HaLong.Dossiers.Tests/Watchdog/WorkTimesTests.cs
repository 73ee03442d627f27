using HaLong.Dossiers.Tests.Deadlines;
using HaLong.Dossiers.Watchdog.Ladders;

namespace HaLong.Dossiers.Tests.Watchdog;

/// <summary>Moments in working time, counted by hand: Monday 6 to Friday 10 October 2025 are ordinary, 07:00–11:30 and 13:30–17:00.</summary>
public sealed class WorkTimesTests
{
    private static readonly WorkTimes Time = new(ClockSamples.Calendar, ClockSamples.Rules);

    [Theory]
    [InlineData(75, "2025-10-06T10:00", "2025-10-07T10:00", "2025-10-07 08:00")] // six of eight hours
    [InlineData(50, "2025-10-06T07:00", "2025-10-06T17:00", "2025-10-06 11:00")]
    [InlineData(100, "2025-10-06T10:00", "2025-10-07T10:00", "2025-10-07 10:00")]
    [InlineData(0, "2025-10-06T10:00", "2025-10-07T10:00", "2025-10-06 10:00")]
    [InlineData(75, "2025-10-10T16:00", "2025-10-13T10:00", "2025-10-13 09:00")] // the weekend does not count
    [InlineData(75, "2025-10-11T09:00", "2025-10-12T09:00", "2025-10-11 09:00")] // no work in between: at once
    [InlineData(75, "2025-10-07T10:00", "2025-10-06T10:00", "2025-10-06 10:00")] // over before it began
    public void A_share_of_a_wait_is_a_share_of_its_working_time(int percent, string from, string to, string at) =>
        Assert.Equal(at, Local(Time.Share(percent, ClockSamples.At(from), ClockSamples.At(to))));

    [Theory]
    [InlineData(0, "2025-10-11T09:00", "2025-10-11 09:00")]
    [InlineData(30, "2025-10-06T11:15", "2025-10-06 13:45")]
    [InlineData(60, "2025-10-10T17:00", "2025-10-13 08:00")]
    public void Minutes_are_minutes_of_work(int minutes, string from, string at) => Assert.Equal(at, Local(Time.AfterMinutes(minutes, ClockSamples.At(from))));

    [Theory]
    [InlineData(0, "2025-10-06T10:00", "2025-10-06 10:00")]
    [InlineData(1, "2025-10-06T10:00", "2025-10-07 17:00")]
    [InlineData(1, "2025-10-10T18:00", "2025-10-13 17:00")]
    [InlineData(3, "2025-10-11T09:00", "2025-10-15 17:00")]
    [InlineData(1, "2025-08-29T10:00", "2025-09-03 17:00")] // National Day in between
    public void Days_end_at_closing_time(int days, string from, string at) => Assert.Equal(at, Local(Time.AfterDays(days, ClockSamples.At(from))));

    [Theory]
    [InlineData("2025-10-06T17:00", "2025-10-07 07:00")]
    [InlineData("2025-10-10T17:00", "2025-10-13 07:00")]
    [InlineData("2025-10-12T23:59", "2025-10-13 07:00")]
    public void The_next_opening_is_that_of_another_day(string from, string at) => Assert.Equal(at, Local(Time.NextOpening(ClockSamples.At(from))));

    [Theory]
    [InlineData(0, "2025-10-12", "2025-10-10")]
    [InlineData(0, "2025-10-13", "2025-10-13")]
    [InlineData(1, "2025-10-13", "2025-10-10")]
    [InlineData(1, "2025-10-12", "2025-10-09")]
    [InlineData(5, "2025-10-13", "2025-10-06")]
    public void Days_before_are_working_days(int days, string day, string before) =>
        Assert.Equal(before, Time.Before(days, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    private static string? Local(DateTimeOffset moment) => ((DateTimeOffset?)moment).Local();
}
