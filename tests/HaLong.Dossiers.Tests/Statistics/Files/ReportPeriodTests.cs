using HaLong.Dossiers.Statistics.Files;

namespace HaLong.Dossiers.Tests.Statistics.Files;

public sealed class ReportPeriodTests
{
    [Theory]
    [InlineData("2026", "2026-01-01", "2026-12-31")]
    [InlineData("2026-Q1", "2026-01-01", "2026-03-31")]
    [InlineData("2026-Q4", "2026-10-01", "2026-12-31")]
    [InlineData("2024-02", "2024-02-01", "2024-02-29")]
    [InlineData("2026-12", "2026-12-01", "2026-12-31")]
    public void A_year_a_quarter_and_a_month_are_understood(string text, string from, string to) =>
        Assert.Equal(new ReportPeriod(DateOnly.Parse(from, null), DateOnly.Parse(to, null)), ReportPeriod.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("26")]
    [InlineData("1999")]
    [InlineData("2101")]
    [InlineData("2026-13")]
    [InlineData("2026-00")]
    [InlineData("2026-Q5")]
    [InlineData("2026-3")]
    [InlineData("2026-03-01")]
    [InlineData(" 2026")]
    public void Anything_else_is_not(string text) => Assert.Null(ReportPeriod.Parse(text));
}
