using HaLong.Bench.Statistics;
using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Waits;

namespace HaLong.Bench.Tests;

public sealed class StatisticsTests
{
    private static readonly string[] Units = ["06688", "06652"];

    [Fact]
    public void Periods_are_a_whole_month_a_part_of_a_year_odd_days_and_all()
    {
        var periods = StatisticsQueries.Periods(new DateOnly(2026, 12, 1)).ToDictionary(p => p.Name);
        Assert.Equal((new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 30)), (periods["month"].From, periods["month"].To));
        Assert.Equal(new DateOnly(2026, 1, 1), periods["year_to_date"].From);
        Assert.NotEqual(1, periods["odd_days"].From.Day);
        Assert.All(periods.Values, p => Assert.True(p.From <= p.To));
    }

    [Fact]
    public void Every_question_has_a_name_of_its_own_and_asks_something_else()
    {
        var slice = new Slice(new DateOnly(2026, 1, 1), new DateOnly(2026, 3, 31));
        var cubes = StatisticsQueries.Cubes(Units);
        Assert.Equal(cubes.Count, cubes.Select(q => q.Name).Distinct().Count());
        Assert.Equal(cubes.Count, cubes.Select(q => Text(q.Ask(slice))).Distinct().Count());
        var waits = StatisticsQueries.Waits(Units, "1.013978");
        Assert.Equal(waits.Count, waits.Select(q => q.Ask(new WaitSlice(slice.From, slice.To))).Select(w => $"{w.Units?.Count}{w.Procedure}").Distinct().Count());

        static string Text(Slice s) => $"{s.Units?.Count} {string.Join(',', s.By)}";
    }
}
