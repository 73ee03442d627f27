using HaLong.Dossiers.Statistics;

namespace HaLong.Dossiers.Tests.Statistics;

public sealed class DaySpanTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Theory]
    [InlineData("2026", "2026-01-01", "2026-12-31")]
    [InlineData("2026-Q1", "2026-01-01", "2026-03-31")]
    [InlineData("2026-Q4", "2026-10-01", "2026-12-31")]
    [InlineData("2024-02", "2024-02-01", "2024-02-29")]
    [InlineData("2026-12", "2026-12-01", "2026-12-31")]
    [InlineData(null, "2025-11-24", "2026-11-23")]
    [InlineData("", "2025-11-24", "2026-11-23")]
    public void A_period_is_a_year_a_quarter_a_month_or_the_last_twelve_months(string? period, string from, string to) =>
        Assert.Equal(new DaySpan(DateOnly.Parse(from, null), DateOnly.Parse(to, null)), DaySpan.Parse(period, Today));

    [Theory]
    [InlineData("2026-13")]
    [InlineData("2026-00")]
    [InlineData("2026-Q5")]
    [InlineData("26")]
    [InlineData("1999")]
    [InlineData("2026-11-01")]
    [InlineData("2026-11\n")]
    [InlineData("năm nay")]
    public void Everything_else_is_none(string period) => Assert.Null(DaySpan.Parse(period, Today));
}
