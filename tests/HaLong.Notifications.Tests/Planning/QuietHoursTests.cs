using HaLong.Notifications.Planning;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Tests.Planning;

public sealed class QuietHoursTests
{
    [Theory]
    [InlineData("2026-12-15 21:59:59", null)] // Tuesday
    [InlineData("2026-12-15 22:00:00", "2026-12-16 07:00")]
    [InlineData("2026-12-15 23:59:59", "2026-12-16 07:00")]
    [InlineData("2026-12-16 00:00:00", "2026-12-16 07:00")]
    [InlineData("2026-12-16 06:59:59", "2026-12-16 07:00")]
    [InlineData("2026-12-16 07:00:00", null)]
    [InlineData("2026-12-18 22:30:00", "2026-12-19 08:00")] // Friday night to Saturday
    [InlineData("2026-12-19 07:30:00", "2026-12-19 08:00")]
    [InlineData("2026-12-20 22:30:00", "2026-12-21 07:00")] // Sunday night to Monday
    [InlineData("2026-12-31 23:00:00", "2027-01-01 08:00")] // into the New Year
    [InlineData("2026-09-01 22:00:00", "2026-09-02 08:00")] // National Day, a Wednesday
    [InlineData("2026-02-17 07:10:00", "2026-02-17 08:00")] // the first day of Tết, a Tuesday
    [InlineData("2026-02-22 23:00:00", "2026-02-23 07:00")] // the Monday after Tết
    [InlineData("2026-08-22 07:10:00", null)] // a Saturday that was worked for the Monday before National Day
    [InlineData("2026-08-31 07:10:00", "2026-08-31 08:00")] // that Monday
    public void The_night_ends_at_seven_and_on_days_off_at_eight(string local, string? end)
    {
        var at = Local(local);

        Assert.Equal(end is not null, QuietHours.Hold(at));
        Assert.Equal(end is null ? at : Local(end + ":00"), QuietHours.End(at));
    }

    /// <summary>Every minute of two years against a model that walks on minute by minute.</summary>
    [Fact]
    public void In_every_minute_of_two_years_the_end_is_the_first_minute_that_is_not_quiet()
    {
        var (from, to) = (Local("2026-01-01 00:00:00"), Local("2028-01-01 00:00:00"));
        // Backwards, so that each minute knows what comes after it.
        var next = QuietHours.End(to);
        for (var at = to; at >= from; at = at.AddMinutes(-1))
        {
            var local = at.ToOffset(TimeSpan.FromHours(7));
            var morning = Holidays.IsDayOff(DateOnly.FromDateTime(local.Date)) ? 8 : 7;
            var quiet = local.Hour >= 22 || local.Hour < morning;
            next = quiet ? next : at;
            if (quiet != QuietHours.Hold(at) || next != QuietHours.End(at))
                Assert.Fail($"{local}: quiet {QuietHours.Hold(at)}, ends {QuietHours.End(at)}; the model says {quiet}, {next}");
        }
    }

    [Fact]
    public void What_a_night_kept_back_leaves_spread_over_the_first_minutes_each_person_at_a_time_of_his_own()
    {
        var night = Local("2026-12-15 23:00:00");
        var morning = Local("2026-12-16 07:00:00");
        var people = Enumerable.Range(0, 2000).Select(_ => Guid.CreateVersion7()).ToList();

        var times = people.ConvertAll(p => QuietHours.End(night, p));

        Assert.All(times, t => Assert.InRange(t, morning, morning + QuietHours.Spread - TimeSpan.FromSeconds(1)));
        Assert.All(times, t => Assert.False(QuietHours.Hold(t)));
        Assert.Equal(times, people.ConvertAll(p => QuietHours.End(Local("2026-12-16 03:00:00"), p)));
        // Ten minutes, 200 people each on average.
        Assert.All(times.GroupBy(t => t.Minute), minute => Assert.InRange(minute.Count(), 100, 320));
        Assert.Equal(10, times.Select(t => t.Minute).Distinct().Count());
    }

    [Fact]
    public void By_day_nobody_waits_for_a_place() =>
        Assert.Equal(Local("2026-12-15 12:00:00"), QuietHours.End(Local("2026-12-15 12:00:00"), Guid.CreateVersion7()));

    [Fact]
    public void The_calendar_is_the_one_that_deadlines_are_counted_with()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "HaLongServices.sln")))
            root = Path.GetDirectoryName(root)!; // the tests lie below it
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(root, "services/dossier/HaLong.Dossiers/Data/holidays.json")),
            File.ReadAllBytes(Path.Combine(root, "services/notification/HaLong.Notifications/Data/holidays.json")));
    }

    private static DateTimeOffset Local(string text)
    {
        var local = DateTime.ParseExact(text, "yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
        return LocalTime.Instant(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
    }
}
