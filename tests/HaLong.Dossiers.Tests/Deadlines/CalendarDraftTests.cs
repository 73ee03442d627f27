using HaLong.Dossiers.Deadlines;

namespace HaLong.Dossiers.Tests.Deadlines;

public sealed class CalendarDraftTests
{
    [Theory]
    [InlineData(2023, 2)]
    [InlineData(2024, 2)]
    [InlineData(2025, 2)]
    [InlineData(2026, 1)]
    [InlineData(2027, 2)]
    public void A_draft_is_the_official_calendar_without_its_swaps(int year, int daysBeforeTet)
    {
        var official = DeadlineData.Holidays().Select(h => h.Row).Where(d => d.Date.Year == year && d.Kind is DayKind.Holiday or DayKind.Compensation && d.Date.Year == year)
            .OrderBy(d => d.Date).Select(d => (d.Date, d.Kind, d.NameVi, d.NameEn));
        Assert.Equal(official, CalendarDraft.Of(year, daysBeforeTet).Select(d => (d.Date, d.Kind, d.NameVi, d.NameEn)));
    }

    [Theory]
    [InlineData(1985)]
    [InlineData(2007)]
    [InlineData(2030)]
    public void In_the_edge_years_Tet_is_where_Vietnam_keeps_it(int year)
    {
        var tet = LunarCalendar.Vietnam.ToSolar(year, 1, 1);
        Assert.Contains(CalendarDraft.Of(year, 1), d => d.Date == tet && d.NameVi == "Tết Âm lịch – mùng 1 Tết");
    }

    [Fact]
    public void Every_draft_has_eleven_holidays_and_a_weekday_in_lieu_of_each_on_a_weekend()
    {
        for (var year = 2020; year <= 2100; year++)
        {
            for (var before = 0; before <= 4; before++)
            {
                var days = CalendarDraft.Of(year, before);
                Assert.Equal(days.Count, days.Select(d => d.Date).Distinct().Count());
                Assert.Equal(11, days.Count(d => d.Kind == DayKind.Holiday));
                Assert.Equal(days.Count(d => d.Kind == DayKind.Holiday && IsWeekend(d)), days.Count(d => d.Kind == DayKind.Compensation));
                Assert.DoesNotContain(days, d => d.Kind == DayKind.Compensation && IsWeekend(d));
                Assert.All(days, d => Assert.Equal((year, false), (d.Date.Year, d.Confirmed)));
            }
        }
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 3)]
    public void The_second_day_of_National_Day_can_be_chosen(bool before, int day) =>
        Assert.Equal([new DateOnly(2028, 9, 2), new DateOnly(2028, 9, day)], CalendarDraft.Of(2028, 2, before).Where(d => d.Kind == DayKind.Holiday && d.Date.Month == 9).Select(d => d.Date).OrderBy(d => d.Day != 2));

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void Tet_has_five_days(int before) => Assert.Throws<ArgumentOutOfRangeException>(() => CalendarDraft.Of(2028, before));

    private static bool IsWeekend(SpecialDay day) => day.Date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
