using System.Globalization;
using System.Text.Json;
using HaLong.Dossiers.Deadlines;

namespace HaLong.Dossiers.Tests.Deadlines;

public sealed class LunarCalendarTests
{
    private static readonly List<JsonElement> Years = Read();
    private static readonly LunarCalendar China = new(8);

    [Fact]
    public void All_96_years_agree_with_the_table()
    {
        Assert.Equal(96, Years.Count);
        foreach (var row in Years)
        {
            var year = row.GetProperty("year").GetInt32();
            Assert.Equal((year, Day(row, "tet")), (year, LunarCalendar.Vietnam.ToSolar(year, 1, 1)));
            Assert.Equal((year, Day(row, "hungKings")), (year, LunarCalendar.Vietnam.ToSolar(year, 3, 10)));
            var leap = row.GetProperty("leapMonth") is { ValueKind: JsonValueKind.Number } month ? month.GetInt32() : (int?)null;
            Assert.Equal((year, leap), (year, LunarCalendar.Vietnam.LeapMonth(year)));
        }
    }

    [Fact]
    public void Read_in_the_time_of_Peking_it_is_the_Chinese_calendar_of_the_framework()
    {
        var framework = new ChineseLunisolarCalendar();
        for (var year = 1965; year <= 2060; year++)
        {
            var leap = framework.GetLeapMonth(year);
            for (var month = 1; month <= 12; month++)
            {
                // The framework numbers the months after the leap month one higher.
                var number = leap > 0 && month >= leap ? month + 1 : month;
                var expected = DateOnly.FromDateTime(framework.ToDateTime(year, number, 1, 0, 0, 0, 0));
                Assert.Equal((year, month, expected), (year, month, China.ToSolar(year, month, 1)));
            }
            Assert.Equal((year, leap == 0 ? null : leap - 1), (year, China.LeapMonth(year)));
        }
    }

    [Fact]
    public void The_two_calendars_differ_in_the_eleven_years_that_the_table_names()
    {
        var differing = Enumerable.Range(1965, 96).Where(y =>
            LunarCalendar.Vietnam.ToSolar(y, 1, 1) != China.ToSolar(y, 1, 1) || LunarCalendar.Vietnam.ToSolar(y, 3, 10) != China.ToSolar(y, 3, 10)).ToList();
        Assert.Equal(Years.Where(r => r.GetProperty("differsFromUtc8").GetBoolean()).Select(r => r.GetProperty("year").GetInt32()), differing);
        Assert.Equal(11, differing.Count);
    }

    [Theory]
    [InlineData(1985, "1985-01-21", "1985-02-20")]
    [InlineData(2007, "2007-02-17", "2007-02-18")]
    [InlineData(2030, "2030-02-02", "2030-02-03")]
    public void In_the_edge_years_Tet_is_not_the_Chinese_new_year(int year, string vietnam, string china)
    {
        Assert.Equal(DateOnly.Parse(vietnam, null), LunarCalendar.Vietnam.ToSolar(year, 1, 1));
        Assert.Equal(DateOnly.Parse(china, null), China.ToSolar(year, 1, 1));
    }

    [Fact]
    public void The_last_months_of_a_lunar_year_lie_before_the_next_Tet()
    {
        for (var year = 1965; year < 2060; year++)
        {
            var (eleventh, twelfth, tet) = (LunarCalendar.Vietnam.ToSolar(year, 11, 1), LunarCalendar.Vietnam.ToSolar(year, 12, 1), LunarCalendar.Vietnam.ToSolar(year + 1, 1, 1));
            Assert.InRange(twelfth.DayNumber - eleventh.DayNumber, 29, 60);
            Assert.InRange(tet.DayNumber - twelfth.DayNumber, 29, 60);
        }
    }

    private static DateOnly Day(JsonElement row, string name) => DateOnly.Parse(row.GetProperty(name).GetString()!, null);

    private static List<JsonElement> Read()
    {
        using var stream = typeof(LunarCalendarTests).Assembly.GetManifestResourceStream("Data.lunar-check.json")!;
        return [.. JsonDocument.Parse(stream).RootElement.GetProperty("items").EnumerateArray()];
    }
}
