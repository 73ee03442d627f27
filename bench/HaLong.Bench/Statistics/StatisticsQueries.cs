using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Waits;

namespace HaLong.Bench.Statistics;

/// <summary>What dashboards ask, each for several periods, by the name under which it is measured.</summary>
internal static class StatisticsQueries
{
    public static IReadOnlyList<(string Name, DateOnly From, DateOnly To)> Periods(DateOnly today)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        return
        [
            ("month", month.AddMonths(-1), month.AddDays(-1)), ("year_to_date", new DateOnly(today.Year, 1, 1), today),
            ("odd_days", today.AddDays(-100), today.AddDays(-9)), ("all", today.AddYears(-3), today),
        ];
    }

    public static IReadOnlyList<(string Name, Func<Slice, Slice> Ask)> Cubes(IReadOnlyList<string> units) =>
    [
        ("whole", s => s),
        ("by_unit", s => s with { By = [Dimension.Unit] }),
        ("by_procedure", s => s with { By = [Dimension.Procedure] }),
        ("by_field", s => s with { By = [Dimension.Field] }),
        ("by_source", s => s with { By = [Dimension.Source, Dimension.Hand] }),
        ("by_month", s => s with { By = [Dimension.Month] }),
        ("by_unit_and_field", s => s with { By = [Dimension.Unit, Dimension.Field] }),
        ("units_by_procedure", s => s with { Units = units, By = [Dimension.Procedure] }),
        ("unit", s => s with { Units = [units[0]] }),
        ("unit_by_procedure", s => s with { Units = [units[0]], By = [Dimension.Procedure] }),
        ("unit_by_month", s => s with { Units = [units[0]], By = [Dimension.Month] }),
        ("unit_by_source", s => s with { Units = [units[0]], By = [Dimension.Source] }),
    ];

    public static IReadOnlyList<(string Name, Func<WaitSlice, WaitSlice> Ask)> Waits(IReadOnlyList<string> units, string procedure) =>
    [
        ("waits", s => s),
        ("waits_of_unit", s => s with { Units = [units[0]] }),
        ("waits_of_procedure", s => s with { Procedure = procedure }),
        ("waits_of_unit_and_procedure", s => s with { Units = [units[0]], Procedure = procedure }),
    ];
}
