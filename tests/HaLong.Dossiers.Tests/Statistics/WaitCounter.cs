using HaLong.Dossiers.Statistics.Waits;
using Npgsql;

namespace HaLong.Dossiers.Tests.Statistics;

/// <summary>How long steps took, counted from the facts themselves and exact to the minute: what the histogram must equal to its bucket.</summary>
internal sealed class WaitCounter(NpgsqlDataSource database)
{
    private const string Sql = """
        SELECT s.kind, count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY s.minutes), percentile_disc(0.9) WITHIN GROUP (ORDER BY s.minutes), @group
        FROM statistics.fact f CROSS JOIN LATERAL unnest(f.stay_kinds, f.stay_ends, f.stay_minutes) AS s (kind, ended, minutes)
        WHERE s.ended BETWEEN $1 AND $2 AND ($3 IS NULL OR f.unit_code = ANY ($3)) AND ($4 IS NULL OR f.procedure_code = $4) AND ($5 IS NULL OR s.kind = $5)
        GROUP BY 5, s.kind ORDER BY 5, s.kind
        """;

    /// <summary>One row for each kind of step that ended in the period.</summary>
    public async Task<IReadOnlyList<WaitRow>> ReadAsync(WaitSlice slice, CancellationToken ct) =>
        (await GroupsAsync(slice, "''::text", ct)).ConvertAll(g => g.Wait);

    /// <summary>The same for each group.</summary>
    /// <param name="slice">Of which stays.</param>
    /// <param name="group">What makes a group, in SQL: of the fact <c>f</c>.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<List<GroupWait>> GroupsAsync(WaitSlice slice, string group, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Sql.Replace("@group", $"{group} COLLATE \"C\"", StringComparison.Ordinal));
        command.Parameters.Add(new() { Value = slice.From });
        command.Parameters.Add(new() { Value = slice.To });
        command.Parameters.Add(new NpgsqlParameter<string[]?> { TypedValue = slice.Units?.ToArray() });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = slice.Procedure });
        command.Parameters.Add(new NpgsqlParameter<short?> { TypedValue = slice.Kind });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<GroupWait>();
        while (await reader.ReadAsync(ct))
            rows.Add(new GroupWait(reader.GetString(4), new WaitRow(reader.GetInt16(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetInt32(3))));
        return rows;
    }
}
