using HaLong.Dossiers.Statistics.Files;
using HaLong.Dossiers.Statistics.Schedules;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Tests.Statistics.Schedules;

/// <summary>When reports come, and about what.</summary>
public sealed class RhythmTests
{
    [Theory]
    [InlineData("daily", null, null, 7, "2026-03-10T06:59", "2026-03-10T07:00")]
    [InlineData("daily", null, null, 7, "2026-03-10T07:00", "2026-03-11T07:00")]
    [InlineData("daily", null, null, 0, "2026-12-31T23:59", "2027-01-01T00:00")]
    [InlineData("weekly", 1, null, 8, "2026-03-10T07:00", "2026-03-16T08:00")]
    [InlineData("weekly", 7, null, 8, "2026-03-10T07:00", "2026-03-15T08:00")]
    [InlineData("monthly", null, 28, 8, "2026-01-28T08:00", "2026-02-28T08:00")]
    [InlineData("quarterly", null, 5, 8, "2026-01-05T08:00", "2026-04-05T08:00")]
    [InlineData("quarterly", null, 1, 23, "2026-11-01T00:00", "2027-01-01T23:00")]
    public void The_next_time_is_the_first_after_a_moment(string kind, int? weekday, int? day, int hour, string after, string next) =>
        Assert.Equal(At(next), new Rhythm(kind, weekday, day, hour).NextAfter(At(after)));

    [Theory]
    [InlineData("daily", null, null, "2026-03-10T07:00", "2026-03-10")]
    [InlineData("daily", null, null, "2026-03-10T06:59", "2026-03-09")]
    [InlineData("weekly", 3, null, "2026-03-10T12:00", "2026-03-04")]
    [InlineData("monthly", null, 15, "2026-03-10T12:00", "2026-02-15")]
    [InlineData("quarterly", null, 1, "2026-03-10T12:00", "2026-01-01")]
    public void The_last_time_is_the_one_before(string kind, int? weekday, int? day, string at, string last) =>
        Assert.Equal(DateOnly.Parse(last, null), new Rhythm(kind, weekday, day, 7).LastUntil(At(at)));

    [Theory]
    [InlineData("daily", "2026-03-01", "2026-02-28", "2026-02-28")]
    [InlineData("weekly", "2026-03-09", "2026-03-02", "2026-03-08")]
    [InlineData("weekly", "2026-03-15", "2026-03-02", "2026-03-08")]
    [InlineData("monthly", "2026-03-01", "2026-02-01", "2026-02-28")]
    [InlineData("monthly", "2026-01-28", "2025-12-01", "2025-12-31")]
    [InlineData("quarterly", "2026-01-01", "2025-10-01", "2025-12-31")]
    [InlineData("quarterly", "2026-06-30", "2026-01-01", "2026-03-31")]
    public void It_is_about_what_was_over(string kind, string day, string from, string to) => Assert.Equal(
        new ReportPeriod(DateOnly.Parse(from, null), DateOnly.Parse(to, null)), new Rhythm(kind, 1, 1, 7).PeriodOn(DateOnly.Parse(day, null)));

    [Fact]
    public void Over_three_years_every_period_follows_the_one_before_without_a_gap()
    {
        foreach (var kind in Rhythm.Kinds)
        {
            var rhythm = new Rhythm(kind, 1, 1, 7);
            var (at, last) = (At("2024-01-01T12:00"), rhythm.PeriodOn(rhythm.LastUntil(At("2024-01-01T12:00"))));
            for (var turn = 0; at < At("2027-01-01T00:00"); turn++)
            {
                at = rhythm.NextAfter(at);
                var period = rhythm.PeriodOn(LocalTime.Date(at));
                Assert.True(period.From == last.To.AddDays(1) && period.To < LocalTime.Date(at), $"{kind} {turn}: {period} after {last}");
                last = period;
            }
        }
    }

    [Fact]
    public void Pauses_between_tries_grow_and_end_growing()
    {
        var options = new ScheduleOptions();
        Assert.Equal([1, 2, 4, 32, 60, 60], new[] { 0, 1, 2, 5, 6, 1000 }.Select(a => options.PauseAfter(a).TotalMinutes));
    }

    private static DateTimeOffset At(string local) => LocalTime.Instant(DateOnly.FromDateTime(DateTime.Parse(local, null)), TimeOnly.FromDateTime(DateTime.Parse(local, null)));
}
