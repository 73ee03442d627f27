using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Index.Counting;
using Npgsql;
using static HaLong.Dossiers.Statistics.Cubes.Measure;

namespace HaLong.Dossiers.Statistics.Evaluation;

/// <summary>
/// Reads the points of dossiers resolved in a period, in one question. What can be counted comes from the cubes, of whole months: nothing is resolved on a day
/// that has not come. Opinions that came late and justified complaints are few, and change otherwise than dossiers: the dossiers that had any are looked up
/// among facts, and what it costs them is taken off.
/// </summary>
internal sealed class PointsReader(NpgsqlDataSource database)
{
    private static readonly Measure[] Counted = [Resolved, Early, Late, AskedOnce, AskedMore, ResolvedOnline];

    private static readonly string Sums = string.Join(", ", Counted.Select(m => $"coalesce(sum(c.{MeasureColumns.Of(m)}), 0)::bigint"));

    /// <summary>Units together, or all, whoever had the dossiers.</summary>
    public async Task<PointSums> TogetherAsync(IReadOnlyCollection<string>? units, IndexPeriod period, CancellationToken ct) =>
        (await ReadAsync(CubeGrain.For(new HashSet<Dimension> { Dimension.Unit }), units, null, period, ct)).GetValueOrDefault(Guid.Empty) ?? new PointSums();

    /// <summary>By officers who have dossiers, of these units or all; of one, or of all.</summary>
    public Task<IReadOnlyDictionary<Guid, PointSums>> OfficersAsync(
        IReadOnlyCollection<string>? units, Guid? officer, IndexPeriod period, CancellationToken ct) => ReadAsync(CubeGrain.OfOfficers, units, officer, period, ct);

    private async Task<IReadOnlyDictionary<Guid, PointSums>> ReadAsync(
        CubeGrain grain, IReadOnlyCollection<string>? units, Guid? officer, IndexPeriod period, CancellationToken ct)
    {
        // The officer, and which: in a cell and in a fact.
        var (ofCell, cells, ofFact, facts) = (grain.Officers, officer) switch
        {
            (false, _) => ("NULL", "", "NULL", ""),
            (_, null) => ("c.officer", " AND c.officer <> ''", "f.officer_id", " AND f.officer_id IS NOT NULL"),
            _ => ("c.officer", " AND c.officer = @officer::text", "f.officer_id", " AND f.officer_id = @officer"),
        };
        await using var command = database.CreateCommand($"""
            SELECT {ofCell}::uuid, NULL, NULL, {Sums} FROM statistics.cube_month c
            WHERE c.grain = {grain.Number} AND c.month BETWEEN @from AND @to AND c.resolved IS NOT NULL{cells}{IndexSource.Limit("c", units)} GROUP BY 1
            UNION ALL
            SELECT {ofFact}::uuid, f.legal, x.opinion, count(*), 0, 0, 0, 0, 0
            FROM (SELECT dossier_id, true AS opinion FROM opinion_request WHERE late
              UNION SELECT dossier_id, false FROM feedback WHERE upheld) x JOIN statistics.fact f ON f.dossier_id = x.dossier_id
            WHERE f.resolved_day BETWEEN @from AND @to{facts}{IndexSource.Limit("f", units)} GROUP BY 1, 2, 3
            """);
        IndexSource.Bind(command, units, period);
        if (officer is { } one)
            command.Parameters.AddWithValue("officer", one);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var sums = new Dictionary<Guid, PointSums>();
        while (await reader.ReadAsync(ct))
        {
            var whose = reader.IsDBNull(0) ? Guid.Empty : reader.GetGuid(0);
            if (!sums.TryGetValue(whose, out var sum))
                sums.Add(whose, sum = new PointSums());
            if (reader.IsDBNull(2))
                sum.Add(new ResolvedCounts(N(0), N(1), N(2), N(3), N(4), N(5)));
            else
                sum.TakeOff(reader.IsDBNull(1) ? null : reader.GetString(1), N(0), reader.GetBoolean(2), !reader.GetBoolean(2));
        }

        return sums;

        long N(int count) => reader.GetInt64(3 + count);
    }
}
