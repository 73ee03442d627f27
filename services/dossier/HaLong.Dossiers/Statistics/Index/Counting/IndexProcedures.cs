using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Units;
using Npgsql;

namespace HaLong.Dossiers.Statistics.Index.Counting;

/// <summary>
/// Which procedures had dossiers of a kind: received online, paid online, with identity proved. Read from whole months, because nothing is received on a day
/// that has not come.
/// </summary>
internal sealed class IndexProcedures(NpgsqlDataSource database)
{
    private static readonly (Measure Measure, Func<IndexParts, HashSet<string>> Of)[] Sets =
    [
        (Measure.ReceivedOnline, p => p.WithOnlineDossier), (Measure.PaidElectronically, p => p.WithPayment),
        (Measure.IdentityProved, p => p.WithPopulationData),
    ];

    // NULL stands for nothing.
    private static readonly string Known = string.Join(", ", Sets.Select(s => $"bool_or(c.{MeasureColumns.Of(s.Measure)} IS NOT NULL)"));
    private static readonly string Any = string.Join(" OR ", Sets.Select(s => $"c.{MeasureColumns.Of(s.Measure)} IS NOT NULL"));

    public async Task ReadAsync(
        IReadOnlyCollection<string>? units, IReadOnlyList<IndexPeriod> periods, Dimension? by, Func<string, IndexParts> of, CancellationToken ct)
    {
        // The units of a province are all there are: without the limit a coarser grain answers.
        var only = units is null || await AllUnits.AreAsync(database, units, ct) ? null : units;
        var grain = only is null && by != Dimension.Unit ? Grain(Dimension.Procedure) : Grain(Dimension.Unit, Dimension.Procedure);
        var key = by switch { Dimension.Unit => "c.unit_code", Dimension.Month => "to_char(c.month, 'YYYY-MM')", _ => "''" };
        await using var command = database.CreateCommand($"""
            SELECT {key}, c.procedure_code, {Known} FROM statistics.cube_month c
            WHERE c.grain = {grain.Number} AND c.month BETWEEN @from AND @to{IndexSource.Limit("c", only)} AND ({Any}) GROUP BY 1, 2
            """);
        IndexSource.Bind(command, only, periods);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var part = of(reader.GetString(0));
            for (var i = 0; i < Sets.Length; i++)
            {
                if (reader.GetBoolean(i + 2))
                    Sets[i].Of(part).Add(reader.GetString(1));
            }
        }
    }

    private static CubeGrain Grain(params HashSet<Dimension> needed) => CubeGrain.For(needed);
}
