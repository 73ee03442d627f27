using HaLong.Dossiers.Deadlines;
using static HaLong.Dossiers.Tests.Deadlines.ClockSamples;

namespace HaLong.Dossiers.Tests.Deadlines;

public sealed class WorkCalendarTests
{
    private static readonly WorkCalendar Empty = new(3, [], new Dictionary<int, bool>());

    [Theory]
    [InlineData("2025-04-26", "SwapWork", true)]
    [InlineData("2025-05-02", "SwapOff", false)]
    [InlineData("2025-05-01", "Holiday", false)]
    [InlineData("2023-05-03", "Compensation", false)]
    [InlineData("2025-05-05", "Ordinary", true)]
    [InlineData("2025-05-04", "Weekend", false)]
    [InlineData("2023-04-29", "Holiday", false)]
    public void A_day_is_what_its_row_says_else_what_its_weekday_says(string date, string kind, bool works)
    {
        var day = DateOnly.Parse(date, null);
        Assert.Equal((kind, works), (Calendar.KindOf(day).ToString(), Calendar.IsWorking(day)));
    }

    [Theory]
    [InlineData("2023-04-28", 0, "2023-04-28")]
    [InlineData("2023-04-28", 1, "2023-05-04")]
    [InlineData("2023-04-29", 1, "2023-05-04")]
    [InlineData("2023-05-03", 1, "2023-05-04")]
    [InlineData("2023-05-03", 2, "2023-05-05")]
    [InlineData("2023-05-03", 3, "2023-05-08")]
    public void The_day_from_which_it_is_counted_is_not_counted(string from, int count, string day) =>
        Assert.Equal(DateOnly.Parse(day, null), Calendar.AddWorkingDays(DateOnly.Parse(from, null), count));

    [Theory]
    [InlineData("2023-04-28", "2023-04-28")]
    [InlineData("2023-04-29", "2023-05-04")]
    [InlineData("2024-05-04", "2024-05-04")]
    [InlineData("2024-05-05", "2024-05-06")]
    public void A_day_off_rolls_forward(string day, string to) =>
        Assert.Equal(DateOnly.Parse(to, null), Calendar.RollForward(DateOnly.Parse(day, null)));

    [Fact]
    public void The_tables_agree_with_looking_at_each_day()
    {
        var (day, last) = (new DateOnly(2019, 12, 1), new DateOnly(2028, 2, 1));
        var (number, count) = (day.DayNumber, 0);
        for (var d = day.AddDays(1); d < last; d = d.AddDays(1))
        {
            count += Calendar.KindOf(d) is DayKind.Ordinary or DayKind.SwapWork ? 1 : 0;
            Assert.Equal(count, Calendar.Between(number, d.DayNumber));
            Assert.Equal(-count, Calendar.Between(d.DayNumber, number));
            if (Calendar.IsWorking(d))
                Assert.Equal(d, Calendar.AddWorkingDays(day, count));
        }
    }

    [Fact]
    public void The_tables_reach_from_their_first_day_to_their_last()
    {
        Assert.True(Empty.RollForward(WorkCalendar.First) >= WorkCalendar.First);
        Assert.Equal(WorkCalendar.Last, Empty.RollForward(WorkCalendar.Last));
        Assert.Throws<IndexOutOfRangeException>(() => Empty.IsWorking(WorkCalendar.First.AddDays(-1)));
        Assert.Equal(3, Empty.Version);
    }

    [Fact]
    public void What_is_not_confirmed_is_known_by_day_and_by_stretch()
    {
        Assert.True(Calendar.IsUnsure(new DateOnly(2026, 8, 31)));
        Assert.False(Calendar.IsUnsure(new DateOnly(2026, 9, 1)));
        Assert.True(Calendar.IsUnsure(new DateOnly(2027, 6, 1)));
        Assert.True(Calendar.IsUnsure(new DateOnly(2029, 6, 1)));
        Assert.False(Calendar.IsUnsure(Day(2026, 8, 23), Day(2026, 8, 30)));
        Assert.True(Calendar.IsUnsure(Day(2026, 8, 30), Day(2026, 8, 31)));
        Assert.True(Calendar.IsUnsure(Day(2026, 8, 31), Day(2026, 8, 31)));
        Assert.False(Calendar.IsUnsure(Day(2026, 9, 1), Day(2026, 12, 31)));
        Assert.True(Calendar.IsUnsure(Day(2026, 9, 1), Day(2027, 1, 1)));
        Assert.Equal((true, false, true, false), (Calendar.Knows(2027), Calendar.IsConfirmed(2027), Calendar.IsConfirmed(2026), Calendar.Knows(2028)));
    }

    private static int Day(int year, int month, int day) => new DateOnly(year, month, day).DayNumber;
}
