using HaLong.Dossiers.Deadlines;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.Deadlines.ClockSamples;

namespace HaLong.Dossiers.Tests.Deadlines;

/// <summary>Received on 1 March 2023 with 15 working days: due on Wednesday, 22 March.</summary>
public sealed class ExtensionRuleTests
{
    private static readonly TimeLimit Limit = TimeLimit.WorkingDays(15);

    [Theory]
    [InlineData("2023-03-21T23:59", "2023-03-23", "2023-03-23 17:00")]
    [InlineData("2023-03-21T10:00", "2023-03-25", "2023-03-27 17:00")]
    [InlineData("2023-03-01T09:00", "2023-04-30", "2023-05-04 17:00")]
    [InlineData("2023-03-05T09:00", "2024-03-22", "2024-03-22 17:00")]
    public void A_later_day_is_given_at_closing_time_or_rolls_forward(string requested, string day, string appointment) =>
        Assert.Equal(appointment, ((DateTimeOffset?)Check(Clock(("2023-03-01T08:30", ClockEffect.Start)), requested, day).Value).Local());

    [Theory]
    [InlineData("2023-03-22T00:00", "2023-03-29", "DOS-0107")]
    [InlineData("2023-03-30T09:00", "2023-04-05", "DOS-0107")]
    [InlineData("2023-03-21T09:00", "2023-03-22", "DOS-0108")]
    [InlineData("2023-03-21T09:00", "2023-03-01", "DOS-0108")]
    [InlineData("2023-03-21T09:00", "2024-03-23", "DOS-0108")]
    public void Too_late_or_no_later_is_refused(string requested, string day, string code) =>
        Assert.Equal(code, Check(Clock(("2023-03-01T08:30", ClockEffect.Start)), requested, day).Error.Code);

    [Fact]
    public void The_refusal_says_the_present_date()
    {
        var error = Check(Clock(("2023-03-01T08:30", ClockEffect.Start)), "2023-03-21T09:00", "2023-03-22").Error;
        Assert.Equal("Ngày hẹn mới phải sau ngày hẹn hiện tại (22/03/2023).", error.Vi);
        Assert.Equal("The new appointment must be later than the present due date (22/03/2023).", error.En);
    }

    [Fact]
    public void What_does_not_run_is_not_extended()
    {
        Assert.Equal("DOS-0105", Check([], "2023-03-10T09:00", "2023-03-29").Error.Code);
        var paused = Clock(("2023-03-01T08:30", ClockEffect.Start), ("2023-03-03T08:30", ClockEffect.Pause));
        Assert.Equal("DOS-0105", Check(paused, "2023-03-10T09:00", "2023-03-29").Error.Code);
        var stopped = Clock(("2023-03-01T08:30", ClockEffect.Start), ("2023-03-03T08:30", ClockEffect.Stop));
        Assert.Equal("DOS-0105", Check(stopped, "2023-03-10T09:00", "2023-03-29").Error.Code);
    }

    [Fact]
    public void The_second_extension_is_refused_also_after_the_limit_began_anew()
    {
        var entries = Clock(("2023-03-01T08:30", ClockEffect.Start)).Extended("2023-03-20T10:00", "2023-03-29T10:00");
        Assert.Equal("DOS-0106", Check(entries, "2023-03-24T09:00", "2023-04-05").Error.Code);
        entries.AddRange(Clock(("2023-03-24T10:00", ClockEffect.Pause), ("2023-03-27T10:00", ClockEffect.Restart)));
        Assert.Equal("DOS-0106", Check(entries, "2023-03-28T09:00", "2023-05-05").Error.Code);
        Assert.True(Check(entries, "2023-03-28T09:00", "2023-05-05", Rules with { MaxExtensions = 2 }).IsSuccess);
    }

    [Fact]
    public void How_early_it_is_asked_for_is_a_rule()
    {
        var entries = Clock(("2023-03-01T08:30", ClockEffect.Start));
        Assert.Equal("DOS-0107", Check(entries, "2023-03-20T09:00", "2023-03-29", Rules with { ExtensionLeadDays = 3 }).Error.Code);
        Assert.True(Check(entries, "2023-03-19T09:00", "2023-03-29", Rules with { ExtensionLeadDays = 3 }).IsSuccess);
    }

    [Theory]
    [InlineData("2023-03-01T08:30", "2023-03-06")]
    [InlineData("2023-03-03T18:00", "2023-03-09")]
    [InlineData("2023-04-27T09:00", "2023-05-05")]
    public void A_supplement_is_asked_for_within_three_working_days_of_the_effective_start(string received, string until) =>
        Assert.Equal(DateOnly.Parse(until, null), ExtensionRule.SupplementUntil(Clock((received, ClockEffect.Start)), Calendar, Rules));

    [Fact]
    public void The_first_receipt_counts_for_it_and_before_there_is_none()
    {
        Assert.Null(ExtensionRule.SupplementUntil([], Calendar, Rules));
        var again = Clock(("2023-03-01T08:30", ClockEffect.Start), ("2023-03-03T08:30", ClockEffect.Pause), ("2023-03-20T08:30", ClockEffect.Restart));
        Assert.Equal(new DateOnly(2023, 3, 6), ExtensionRule.SupplementUntil(again, Calendar, Rules));
        Assert.Equal(new DateOnly(2023, 3, 8), ExtensionRule.SupplementUntil(again, Calendar, Rules with { SupplementRequestDays = 5 }));
    }

    private static Result<DateTimeOffset> Check(List<ClockEntry> entries, string requested, string day, DeadlineRules? rules = null) =>
        ExtensionRule.Check(Limit, entries, Calendar, rules ?? Rules, At(requested), DateOnly.Parse(day, null));
}
