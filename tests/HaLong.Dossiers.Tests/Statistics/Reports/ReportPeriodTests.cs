using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Reports;
using HaLong.Dossiers.Statistics.Reports.Cube;
using HaLong.Dossiers.Statistics.Reports.Special;

namespace HaLong.Dossiers.Tests.Statistics.Reports;

/// <summary>Periods, shares and definitions, without a database.</summary>
public sealed class ReportPeriodTests
{
    private static readonly DateOnly Today = new(2026, 5, 20);

    [Theory]
    [InlineData("2026-03", "2026-03-01", "2026-03-31")]
    [InlineData("2024-02", "2024-02-01", "2024-02-29")]
    [InlineData("2026-Q1", "2026-01-01", "2026-03-31")]
    [InlineData("2026-q4", "2026-10-01", "2026-12-31")]
    [InlineData("2026", "2026-01-01", "2026-12-31")]
    public void A_period_has_a_first_and_a_last_day(string period, string from, string to) =>
        Assert.Equal((DateOnly.Parse(from, null), DateOnly.Parse(to, null)), ReportPeriod.Parse(period));

    [Theory]
    [InlineData("")]
    [InlineData("26-03")]
    [InlineData("2026-13")]
    [InlineData("2026-00")]
    [InlineData("2026-3")]
    [InlineData("2026-Q5")]
    [InlineData("2026-Q")]
    [InlineData("2026-03-01")]
    [InlineData("1999")]
    [InlineData("2200")]
    [InlineData("-026")]
    [InlineData("+026")]
    [InlineData("quý 1")]
    public void What_is_no_period_is_none(string period) => Assert.Null(ReportPeriod.Parse(period));

    [Fact]
    public void Nothing_said_is_this_month_and_two_days_are_taken_as_they_are()
    {
        var defects = new Defects();
        Assert.Equal((new(2026, 5, 1), new(2026, 5, 31)), ReportPeriod.Read(null, null, "", Today, defects));
        Assert.Equal((new(2026, 1, 7), new(2026, 2, 3)), ReportPeriod.Read(null, "2026-01-07", "2026-02-03", Today, defects));
        Assert.Null(defects.Error);
    }

    [Theory]
    [InlineData("2026-02-03", "2026-02-02", "to")]
    [InlineData("2021-02-03", "2026-02-03", "to")]
    [InlineData("2026-05-21", "2026-05-31", "from")]
    [InlineData("1999-12-31", "2000-01-31", "from")]
    public void Days_that_make_no_period_are_told_by_field(string from, string to, string field)
    {
        var defects = new Defects();
        ReportPeriod.Check(DateOnly.Parse(from, null), DateOnly.Parse(to, null), Today, defects);
        Assert.Equal(("DOS-0826", field), (defects.Error!.Code, Assert.Single(defects.Error.FieldMessages).Field));
    }

    [Fact]
    public void Five_years_are_the_most()
    {
        var defects = new Defects();
        ReportPeriod.Check(new(2021, 2, 3), new(2026, 2, 2), Today, defects);
        Assert.Null(defects.Error);
    }

    [Theory]
    [InlineData(8059, 8083, "99.7")]
    [InlineData(3, 4, "75")]
    [InlineData(1, 800, "0.13")]
    [InlineData(0, 5, "0")]
    public void A_share_has_two_decimals_and_no_noughts_at_the_end(long part, long of, string written) =>
        Assert.Equal(written, Percent.Of(part, of)!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void There_is_no_share_of_nothing() => Assert.Null(Percent.Of(0, 0));

    [Fact]
    public void Beside_every_percentage_stand_its_numerator_and_denominator() => Assert.All(CubeReports.All, report =>
    {
        var counts = report.Items.Where(i => i.Count is not null).Select(i => i.Key).ToList();
        Assert.All(report.Items.Where(i => i.Format == ReportFormat.Percent),
            i => Assert.True(counts.Contains(i.Share!.Value.Part) && counts.Contains(i.Share.Value.Of), i.Key));
        Assert.Equal(report.Items.Count, report.Items.Select(i => i.Key).Distinct().Count());
        Assert.All(report.By, by => Assert.True(Dimensions.All.ContainsKey(by), by));
        // Stocks of months do not add up.
        Assert.False(report.By.Contains("month") && report.Items.Any(i => i.Key.StartsWith("stock", StringComparison.Ordinal)));
    });

    [Fact]
    public void Every_measure_has_a_name_of_its_own_in_both_languages()
    {
        Assert.All(Figures.Measures, m => Assert.True(MeasureBook.All.ContainsKey(MeasureBook.KeyOf(m)), m.ToString()));
        Assert.Equal(MeasureBook.All.Count, MeasureBook.All.Values.Select(m => m.Vi).Distinct().Count());
        Assert.Equal(MeasureBook.All.Count, MeasureBook.All.Values.Select(m => m.En).Distinct().Count());
    }

    [Fact]
    public void Equal_values_share_a_rank_and_who_has_no_denominator_has_none()
    {
        CubeRow Row(string unit, long late, long resolved)
        {
            var values = new long[Figures.Measures.Count];
            (values[(int)Measure.Late], values[(int)Measure.Resolved], values[(int)Measure.OnTime]) = (late, resolved, resolved - late);
            return new CubeRow([unit], new Figures(values));
        }

        CubeRow[] rows = [Row("e", 0, 0), Row("d", 30, 40), Row("c", 1, 10), Row("b", 10, 100), Row("a", 0, 7), Row("f", 100_001, 1_000_000)];

        Assert.Equal(
            [(1L, "a"), (2L, "b"), (2L, "c"), (4L, "f"), (5L, "d"), (null, "e")],
            RankingReport.Ranked(rows, MeasureBook.All["inTimeShare"]).Select(r => (r.Rank, r.Code)));
        // By late, low is better; what is rounded alike is not alike.
        Assert.Equal(["a", "b", "c", "f", "d", "e"], RankingReport.Ranked(rows, MeasureBook.All["lateShare"]).Select(r => r.Code));
        Assert.Equal([(1L, "f"), (2L, "b"), (3L, "d"), (4L, "c"), (5L, "a"), (6L, "e")],
            RankingReport.Ranked(rows, MeasureBook.All["resolved"]).Select(r => (r.Rank!.Value, r.Code)));
    }

    [Theory]
    [InlineData("2025-02-28", "2024-02-29")]
    [InlineData("2024-02-29", "2023-02-28")]
    [InlineData("2024-02-28", "2023-02-28")]
    [InlineData("2026-03-15", "2025-03-15")]
    [InlineData("2026-04-30", "2025-04-30")]
    public void The_end_of_a_month_stays_its_end_a_year_before(string day, string before) =>
        Assert.Equal(DateOnly.Parse(before, null), TrendReport.LastYearBefore(DateOnly.Parse(day, null)));

    [Theory]
    [InlineData("2025-07-01", "2025-09-30", "2024-07-01", "2024-09-30")]
    [InlineData("2026-07-01", "2026-09-30", "2024-07-01", "2024-09-30")]
    [InlineData("2026-01-01", "2026-03-31", "2025-01-01", "2025-03-31")]
    [InlineData("2025-07-01", "2026-12-31", "2023-07-01", "2024-12-31")]
    public void Before_is_the_same_season_as_late_as_it_can_be(string from, string to, string first, string last) => Assert.Equal(
        (DateOnly.Parse(first, null), DateOnly.Parse(last, null)),
        ReorganisationReport.Earlier(DateOnly.Parse(from, null), DateOnly.Parse(to, null), ReorganisationReport.July2025));
}
