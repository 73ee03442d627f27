using HaLong.Dossiers.Statistics.Index.Counting;

namespace HaLong.Dossiers.Tests.Statistics.Index;

public sealed class IndexPeriodTests
{
    private static readonly DateOnly Today = new(2026, 5, 20);

    [Theory]
    [InlineData("2026-03", "2026-03-01", "2026-03-31", 1, false)]
    [InlineData("2026-05", "2026-05-01", "2026-05-20", 1, true)]
    [InlineData("2024-02", "2024-02-01", "2024-02-29", 1, false)]
    [InlineData("2026-Q1", "2026-01-01", "2026-03-31", 3, false)]
    [InlineData("2026-Q2", "2026-04-01", "2026-05-20", 3, true)]
    [InlineData("2025-Q4", "2025-10-01", "2025-12-31", 3, false)]
    [InlineData("2025", "2025-01-01", "2025-12-31", 12, false)]
    [InlineData("2026", "2026-01-01", "2026-05-20", 12, true)]
    [InlineData(null, "2026-05-01", "2026-05-20", 1, true)]
    public void A_period_ends_today_while_it_lasts(string? name, string from, string to, int months, bool live)
    {
        var period = IndexPeriod.Parse(name, Today).Value;
        Assert.Equal((name ?? "2026-05", DateOnly.Parse(from, null), DateOnly.Parse(to, null), months, live),
            (period.Name, period.From, period.To, period.Months, period.IsLive));
    }

    [Theory]
    [InlineData("2026-13")]
    [InlineData("2026-00")]
    [InlineData("2026-Q5")]
    [InlineData("2026-Q0")]
    [InlineData("2026-06")]
    [InlineData("2027")]
    [InlineData("1999")]
    [InlineData("0000")]
    [InlineData("9999-12")]
    [InlineData("2026/03")]
    [InlineData("2026Q1")]
    [InlineData("2026-3")]
    [InlineData("+026")]
    [InlineData("yesterday")]
    public void What_is_no_period_or_has_not_begun_is_refused(string name) => Assert.Equal("DOS-0815", IndexPeriod.Parse(name, Today).Error.Code);

    [Fact]
    public void The_last_day_of_a_month_is_live_and_the_next_is_not()
    {
        Assert.True(IndexPeriod.Parse("2026-03", new DateOnly(2026, 3, 31)).Value.IsLive);
        Assert.False(IndexPeriod.Parse("2026-03", new DateOnly(2026, 4, 1)).Value.IsLive);
    }
}
