using System.Text.Json;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Tests.Domain;

public sealed class WorkingCalendarTests
{
    public static TheoryData<string, string, int, string, string> Vectors()
    {
        using var stream = typeof(WorkingCalendarTests).Assembly.GetManifestResourceStream("Data.due-date-vectors.json")!;
        var data = new TheoryData<string, string, int, string, string>();
        foreach (var item in JsonDocument.Parse(stream).RootElement.GetProperty("items").EnumerateArray())
            data.Add(
                item.GetProperty("id").GetString()!, item.GetProperty("receivedAt").GetString()!, item.GetProperty("limit").GetInt32(),
                item.GetProperty("unit").GetString()!, item.GetProperty("dueAt").GetString()!);
        return data;
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Due_dates_agree_with_the_vectors(string id, string receivedAt, int limit, string unit, string dueAt)
    {
        var received = DateTimeOffset.Parse(receivedAt, null).DateTime;
        var due = WorkingCalendar.DueAt(received, limit, unit, DataFiles.Calendar);
        Assert.Equal((id, DateTimeOffset.Parse(dueAt, null).DateTime), (id, due));
    }

    [Theory]
    [InlineData("2023-04-27T09:00", 3, "2023-05-05")]
    [InlineData("2023-04-28T09:00", 1, "2023-05-04")]
    [InlineData("2023-01-18T09:00", 5, "2023-02-01")]
    [InlineData("2023-03-15T09:00", 15, "2023-04-05")]
    [InlineData("2026-02-12T09:00", 3, "2026-02-24")]
    [InlineData("2026-04-23T09:00", 3, "2026-04-29")]
    public void Working_days_skip_weekends_holidays_and_days_in_lieu(string received, int days, string due) =>
        Assert.Equal(
            DateOnly.Parse(due, null).ToDateTime(new TimeOnly(17, 0)),
            WorkingCalendar.DueAt(DateTime.Parse(received, null), days, TimeLimitUnit.WorkingDay, DataFiles.Calendar));

    [Fact]
    public void A_saturday_that_is_worked_in_exchange_is_a_working_day()
    {
        Assert.True(WorkingCalendar.IsWorkingDay(new DateOnly(2025, 4, 26), DataFiles.Calendar));
        Assert.False(WorkingCalendar.IsWorkingDay(new DateOnly(2025, 5, 2), DataFiles.Calendar));
    }

    [Fact]
    public void No_limit_ends_on_a_day_off_and_a_longer_limit_never_ends_earlier()
    {
        var received = new DateTime(2025, 1, 2, 9, 0, 0);
        var last = DateTime.MinValue;
        for (var days = 0; days < 400; days++)
        {
            var due = WorkingCalendar.DueAt(received, days, TimeLimitUnit.WorkingDay, DataFiles.Calendar);
            Assert.True(WorkingCalendar.IsWorkingDay(DateOnly.FromDateTime(due), DataFiles.Calendar));
            Assert.True(due > last);
            last = due;
        }
    }

    [Fact]
    public void What_comes_after_closing_time_starts_the_next_working_morning()
    {
        var friday = new DateTime(2026, 11, 20, 17, 0, 0);
        Assert.Equal(new DateTime(2026, 11, 23, 7, 0, 0), WorkingCalendar.EffectiveStart(friday, DataFiles.Calendar));
    }

    [Fact]
    public void A_negative_limit_is_a_mistake() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WorkingCalendar.AddWorkingDays(new DateOnly(2026, 1, 5), -1, DataFiles.Calendar));
}
