using System.Globalization;
using HaLong.Identity.DataRequests;

namespace HaLong.Identity.Tests.DataRequests;

/// <summary>
/// Computed by hand with the calendar of Data/holidays.json. Times are local (UTC+7). Holidays used: Tết 16 to 20 February 2026, 27 April 2026 in
/// lieu of Sunday 26 April, 30 April and 1 May 2026, Saturday 22 August 2026 worked for Monday 31 August, 1 and 2 September 2026, Friday 2 January
/// 2026 worked off on Saturday 10 January.
/// </summary>
public sealed class DataRequestLimitsTests
{
    [Theory]
    // Monday: Tuesday is the first, Wednesday the second.
    [InlineData("2026-11-23T09:00", "2026-11-25")]
    // Late in the evening is the same day.
    [InlineData("2026-11-23T23:59", "2026-11-25")]
    // Half past midnight in Hạ Long is still Sunday in UTC; it is Monday here.
    [InlineData("2026-11-23T00:30", "2026-11-25")]
    // Friday: Monday, Tuesday.
    [InlineData("2026-11-20T09:00", "2026-11-24")]
    // Saturday and Sunday: Monday, Tuesday.
    [InlineData("2026-11-21T09:00", "2026-11-24")]
    [InlineData("2026-11-22T09:00", "2026-11-24")]
    // Thursday before Tết: Friday 13, then weekend, five holidays, weekend: Monday 23.
    [InlineData("2026-02-12T10:00", "2026-02-23")]
    // In the middle of Tết: Monday 23, Tuesday 24.
    [InlineData("2026-02-18T10:00", "2026-02-24")]
    // Friday before a worked Saturday: Saturday 22, Monday 24.
    [InlineData("2026-08-21T10:00", "2026-08-24")]
    // Thursday: Friday 28; Monday 31 is swapped off, 1 and 2 September are holidays: Thursday 3.
    [InlineData("2026-08-27T10:00", "2026-09-03")]
    // Friday 24 April: Monday 27 is off in lieu: Tuesday 28, Wednesday 29.
    [InlineData("2026-04-24T10:00", "2026-04-29")]
    // New Year's Day: Friday 2 is off, weekend: Monday 5, Tuesday 6.
    [InlineData("2026-01-01T08:00", "2026-01-06")]
    // Thursday 8 January: Friday 9, and Saturday 10 is worked.
    [InlineData("2026-01-08T08:00", "2026-01-10")]
    public void From_2026_on_a_request_is_acknowledged_within_two_working_days(string received, string day)
    {
        var limits = DataRequestLimits.For(DataRequestKinds.Access, Local(received));

        Assert.Equal(Local(day + "T17:00"), limits.AcknowledgeBy);
        Assert.StartsWith("91/2025", limits.Regime, StringComparison.Ordinal);
    }

    [Theory]
    // 23 November + 10 = Thursday 3 December.
    [InlineData("access", "2026-11-23T09:00", "2026-12-03")]
    [InlineData("correct", "2026-11-23T09:00", "2026-12-03")]
    // + 15 = Tuesday 8 December.
    [InlineData("restrict", "2026-11-23T09:00", "2026-12-08")]
    [InlineData("object", "2026-11-23T09:00", "2026-12-08")]
    // + 20 = Sunday 13 December, which moves to Monday 14.
    [InlineData("delete", "2026-11-23T09:00", "2026-12-14")]
    // 20 April + 10 = Thursday 30 April; holiday, holiday, weekend: Monday 4 May.
    [InlineData("access", "2026-04-20T09:00", "2026-05-04")]
    // 6 February + 10 = Monday 16 February, Tết until Friday, weekend: Monday 23.
    [InlineData("access", "2026-02-06T09:00", "2026-02-23")]
    // 12 August + 10 = Saturday 22 August, which is worked.
    [InlineData("access", "2026-08-12T09:00", "2026-08-22")]
    // 21 August + 10 = Monday 31 August, swapped off; 1 and 2 September are holidays: Thursday 3.
    [InlineData("correct", "2026-08-21T09:00", "2026-09-03")]
    public void From_2026_on_each_kind_has_its_limit_in_days(string kind, string received, string day) =>
        Assert.Equal(Local(day + "T17:00"), DataRequestLimits.For(kind, Local(received)).CompleteBy);

    [Theory]
    [InlineData("2025-12-31T17:00", "2026-01-03T17:00")]
    [InlineData("2025-12-31T23:59", "2026-01-03T23:59")]
    [InlineData("2023-07-01T00:00", "2023-07-04T00:00")]
    // Before any law the first one is applied.
    [InlineData("2023-01-01T00:00", "2023-01-04T00:00")]
    public void Before_2026_there_were_72_hours_and_no_limit_to_acknowledge(string received, string due)
    {
        foreach (var kind in DataRequestKinds.All)
        {
            var limits = DataRequestLimits.For(kind, Local(received));
            Assert.Equal((null, Local(due)), (limits.AcknowledgeBy, limits.CompleteBy));
            Assert.StartsWith("13/2023", limits.Regime, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Midnight_of_the_first_of_January_in_Ha_Long_is_the_border_between_the_laws()
    {
        // 17:00 UTC on 31 December.
        Assert.StartsWith("91/2025", DataRequestLimits.For("delete", new DateTimeOffset(2025, 12, 31, 17, 0, 0, TimeSpan.Zero)).Regime, StringComparison.Ordinal);
        Assert.StartsWith("13/2023", DataRequestLimits.For("delete", new DateTimeOffset(2025, 12, 31, 16, 59, 59, TimeSpan.Zero)).Regime, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-23", true)]
    [InlineData("2026-11-22", false)]
    [InlineData("2026-11-21", false)]
    [InlineData("2026-08-22", true)]
    [InlineData("2026-08-31", false)]
    [InlineData("2026-04-27", false)]
    [InlineData("2026-09-02", false)]
    public void Working_days_are_those_of_the_calendar(string day, bool worked) =>
        Assert.Equal(worked, WorkingDays.IsWorkingDay(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)));

    private static DateTimeOffset Local(string text) =>
        new(DateTime.ParseExact(text, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(7));
}
