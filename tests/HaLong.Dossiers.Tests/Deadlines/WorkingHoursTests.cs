using HaLong.Dossiers.Deadlines;

namespace HaLong.Dossiers.Tests.Deadlines;

public sealed class WorkingHoursTests
{
    private static readonly WorkingHours Usual = new(
        new WorkWindow(new TimeOnly(7, 0), new TimeOnly(11, 30)), new WorkWindow(new TimeOnly(13, 30), new TimeOnly(17, 0)));

    [Theory]
    [InlineData("00:00", "07:00")]
    [InlineData("06:59:59", "07:00")]
    [InlineData("07:00", "07:00")]
    [InlineData("09:15", "09:15")]
    [InlineData("11:29:59", "11:29:59")]
    [InlineData("11:30", "13:30")]
    [InlineData("12:45", "13:30")]
    [InlineData("13:30", "13:30")]
    [InlineData("16:59:59", "16:59:59")]
    public void Who_comes_outside_a_window_waits_for_the_next_one(string comes, string starts) =>
        Assert.Equal(Ticks(starts), Usual.Enter(Ticks(comes)));

    [Theory]
    [InlineData("17:00")]
    [InlineData("23:59:59")]
    public void After_closing_the_day_is_over(string comes) => Assert.Equal(-1, Usual.Enter(Ticks(comes)));

    [Theory]
    [InlineData("06:00", 0)]
    [InlineData("07:00", 0)]
    [InlineData("08:30", 90)]
    [InlineData("11:30", 270)]
    [InlineData("12:30", 270)]
    [InlineData("14:00", 300)]
    [InlineData("17:00", 480)]
    [InlineData("22:00", 480)]
    public void Work_is_only_what_lies_inside_the_windows(string until, int minutes) =>
        Assert.Equal(minutes * TimeSpan.TicksPerMinute, Usual.Elapsed(Ticks(until)));

    [Theory]
    [InlineData(1, "07:01")]
    [InlineData(270, "11:30")]
    [InlineData(271, "13:31")]
    [InlineData(480, "17:00")]
    [InlineData(999, "17:00")]
    public void What_fills_a_window_is_done_at_its_end(int minutes, string done) =>
        Assert.Equal(Ticks(done), Usual.At(minutes * TimeSpan.TicksPerMinute));

    [Fact]
    public void When_so_much_is_done_so_much_has_elapsed()
    {
        for (var minutes = 1; minutes <= 480; minutes++)
            Assert.Equal(minutes * TimeSpan.TicksPerMinute, Usual.Elapsed(Usual.At(minutes * TimeSpan.TicksPerMinute)));
    }

    [Fact]
    public void The_day_of_the_office_is_known_as_a_whole()
    {
        Assert.Equal(8 * TimeSpan.TicksPerHour, Usual.PerDay);
        Assert.Equal((Ticks("07:00"), Ticks("17:00")), (Usual.Opening, Usual.Closing));
        Assert.Equal([new TimeOnly(7, 0), new TimeOnly(13, 30)], Usual.Windows.Select(w => w.From));
        Assert.Equal([new TimeOnly(11, 30), new TimeOnly(17, 0)], Usual.Windows.Select(w => w.To));
    }

    private static long Ticks(string time) => TimeOnly.Parse(time, null).Ticks;
}
