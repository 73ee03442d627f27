using HaLong.Dossiers.Deadlines;
using static HaLong.Dossiers.Tests.Deadlines.ClockSamples;

namespace HaLong.Dossiers.Tests.Deadlines;

public sealed class DeadlineDataTests
{
    [Theory]
    [InlineData("2015-01-01", "OSS-2018")]
    [InlineData("2025-06-30", "OSS-2018")]
    [InlineData("2025-07-01", "OSS-2025")]
    [InlineData("2026-11-23", "OSS-2025")]
    public void The_day_of_receipt_decides_about_the_rules(string day, string regime) =>
        Assert.Equal(regime, DeadlineData.Rules(null).At(DateOnly.Parse(day, null)).Regime);

    [Fact]
    public void A_city_may_have_rules_of_its_own()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """
                {"items":[{"regime":"OWN","validFrom":"2026-01-01","workWindows":[{"from":"08:00","to":"12:00"}],"sameDayCutoff":"10:00","hoursPerHalfDay":2,"lateAgainst":"appointment",
                  "maxExtensions":2,"extensionLeadDays":3,"supplementRequestDays":5}]}
                """);
            var rules = DeadlineData.Rules(file).At(new DateOnly(2026, 5, 5));
            Assert.Equal(("OWN", false, 2, 3, 5), (rules.Regime, rules.LateAgainstOriginal, rules.MaxExtensions, rules.ExtensionLeadDays, rules.SupplementRequestDays));
            Assert.Equal("2026-03-10 12:00", DeadlineEngine.Evaluate(TimeLimit.Of(1, "sameDay"), At("2026-03-09T10:00"), Calendar, rules).DueAt.Local());
            Assert.Equal("2026-03-09 11:00", DeadlineEngine.Evaluate(TimeLimit.Of(1, "halfDay"), At("2026-03-09T09:00"), Calendar, rules).DueAt.Local());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("""{"items":[]}""")]
    [InlineData("""{}""")]
    [InlineData("""not json""")]
    [InlineData("""{"items":[{"regime":"A","validFrom":"2026-01-01","workWindows":[],"sameDayCutoff":"10:00","hoursPerHalfDay":2,"lateAgainst":"original","maxExtensions":1,"extensionLeadDays":1,"supplementRequestDays":3}]}""")]
    [InlineData("""{"items":[{"regime":"A","validFrom":"2026-01-01","workWindows":[{"from":"12:00","to":"08:00"}],"sameDayCutoff":"10:00","hoursPerHalfDay":2,"lateAgainst":"original","maxExtensions":1,"extensionLeadDays":1,"supplementRequestDays":3}]}""")]
    [InlineData("""{"items":[{"regime":"A","validFrom":"2026-01-01","workWindows":[{"from":"08:00","to":"12:00"}],"sameDayCutoff":"10:00","hoursPerHalfDay":2,"lateAgainst":"never","maxExtensions":1,"extensionLeadDays":1,"supplementRequestDays":3}]}""")]
    public void Impossible_rules_stop_the_service_and_name_the_setting(string text)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text);
            Assert.Contains("Deadlines:RulesFile", Assert.Throws<InvalidOperationException>(() => DeadlineData.Rules(file)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_rules_file_that_is_not_there_stops_the_service_too() =>
        Assert.Contains("Deadlines:RulesFile", Assert.Throws<InvalidOperationException>(() => DeadlineData.Rules("/nowhere/rules.json")).Message, StringComparison.Ordinal);

    [Fact]
    public void Windows_in_which_nothing_or_twice_is_worked_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new WorkingHours());
        Assert.Throws<ArgumentException>(() => new WorkingHours(new WorkWindow(new TimeOnly(8, 0), new TimeOnly(12, 0)), new WorkWindow(new TimeOnly(11, 0), new TimeOnly(15, 0))));
    }

    [Theory]
    [InlineData("HOLIDAY", "Holiday")]
    [InlineData("SWAP_WORK", "SwapWork")]
    [InlineData("WEEKEND", null)]
    [InlineData(null, null)]
    public void Kinds_of_days_have_names(string? name, string? kind)
    {
        Assert.Equal(kind, DayKinds.Parse(name)?.ToString());
        if (DayKinds.Parse(name) is { } known)
            Assert.Equal(name, known.Name());
    }
}
