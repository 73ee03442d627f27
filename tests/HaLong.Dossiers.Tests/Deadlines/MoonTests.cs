using System.Globalization;
using HaLong.Dossiers.Deadlines;

namespace HaLong.Dossiers.Tests.Deadlines;

/// <summary>Against published instants in universal time: eclipses are new moons whose minute everybody has written down.</summary>
public sealed class MoonTests
{
    private const double MinutesPerDay = 24 * 60;

    [Theory]
    [InlineData(0, "2000-01-06T18:14")]
    [InlineData(-6, "1999-07-13T02:24")]
    [InlineData(-5, "1999-08-11T11:08")]
    [InlineData(119, "2009-08-20T10:01")]
    [InlineData(118, "2009-07-22T02:35")]
    [InlineData(217, "2017-07-23T09:46")]
    [InlineData(218, "2017-08-21T18:30")]
    [InlineData(300, "2024-04-08T18:21")]
    public void New_moons_are_right_to_two_minutes(int lunation, string instant) =>
        Assert.InRange(Math.Abs(Moon.NewMoon(lunation) - Julian(instant)) * MinutesPerDay, 0, 2);

    [Theory]
    [InlineData(1985, "1985-12-21T22:08")]
    [InlineData(2000, "2000-12-21T13:37")]
    [InlineData(2015, "2015-12-22T04:48")]
    [InlineData(2023, "2023-12-22T03:27")]
    [InlineData(2024, "2024-12-21T09:20")]
    public void Winter_solstices_are_right_to_a_quarter_of_an_hour(int year, string instant) =>
        Assert.InRange(Math.Abs(Moon.WinterSolstice(year) - Julian(instant)) * MinutesPerDay, 0, 15);

    [Theory]
    [InlineData("2024-03-20T03:06", 0)]
    [InlineData("2024-06-20T20:51", 90)]
    [InlineData("2024-09-22T12:44", 180)]
    [InlineData("2024-12-21T09:20", 270)]
    public void The_sun_stands_at_the_quarters_when_the_seasons_begin(string instant, double degrees)
    {
        var difference = Moon.SunLongitude(Julian(instant)) - degrees;
        Assert.InRange(Math.Min(Math.Abs(difference), Math.Abs(difference - 360)), 0, 0.02);
    }

    [Fact]
    public void The_sun_goes_round_without_a_jump_and_never_backwards()
    {
        var last = Moon.SunLongitude(Julian("1999-12-31T00:00"));
        for (var day = 1; day < 3000; day++)
        {
            var now = Moon.SunLongitude(Julian("1999-12-31T00:00") + day);
            Assert.InRange(now, 0, 360);
            Assert.InRange((now - last + 360) % 360, 0.94, 1.03);
            last = now;
        }
    }

    [Fact]
    public void Months_are_between_29_and_30_days_long()
    {
        for (var lunation = -1200; lunation < 1200; lunation++)
            Assert.InRange(Moon.NewMoon(lunation + 1) - Moon.NewMoon(lunation), 29.26, 29.84);
    }

    private static double Julian(string instant)
    {
        var time = DateTime.Parse(instant, CultureInfo.InvariantCulture);
        return DateOnly.FromDateTime(time).DayNumber + 1721425.5 + time.TimeOfDay.TotalDays;
    }
}
