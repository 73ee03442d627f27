using System.ComponentModel;
using HaLong.Dossiers.Statistics.Facts;
using Npgsql;

namespace HaLong.Dossiers.Statistics.Waits.Expected;

/// <summary>Reads how long dossiers took from the facts, on connections of its own: whoever asked may have left meanwhile.</summary>
internal sealed class StayReader(NpgsqlDataSource database)
{
    /// <summary>More of one procedure say nothing new, and would be too much to keep.</summary>
    private const int Most = 10_000;

    // Compared and ordered as a row, so that the index of procedures and days serves and not that of days alone, which would pass over all other procedures.
    private static readonly string Sql = $"""
        SELECT unit_code, resolved_day, whole, checked FROM (
          SELECT f.unit_code, f.resolved_day, f.stay_minutes[array_position(f.stay_kinds, {StayKind.Whole}::smallint)] AS whole,
            coalesce(f.stay_minutes[array_position(f.stay_kinds, {StayKind.Check}::smallint)], 0) AS checked
          FROM statistics.fact f WHERE (f.procedure_code, f.resolved_day) >= ($1, $2) AND (f.procedure_code, f.resolved_day) <= ($1, $3)
          ORDER BY f.procedure_code DESC, f.resolved_day DESC) s
        WHERE whole IS NOT NULL LIMIT {Most}
        """;

    /// <summary>The newest stays of a procedure whose result came in the period.</summary>
    public async Task<StayHistory> ReadAsync(string procedure, DateOnly from, DateOnly to, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = procedure });
        command.Parameters.Add(new() { Value = from });
        command.Parameters.Add(new() { Value = to });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var stays = new List<(string, DateOnly, int, int)>();
        while (await reader.ReadAsync(ct))
            stays.Add((reader.GetString(0), reader.GetFieldValue<DateOnly>(1), reader.GetInt32(2), reader.GetInt32(3)));
        return StayHistory.Of(stays);
    }

    /// <summary>Which unit is below which, by the newest versions.</summary>
    public async Task<UnitParents> ParentsAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("SELECT DISTINCT ON (code) code, parent_code FROM statistics.unit ORDER BY code, id DESC");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var parents = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
            parents[reader.GetString(0)] = reader.GetString(1);
        return new UnitParents(parents);
    }
}

/// <summary>The unit above each.</summary>
[ImmutableObject(true)]
internal sealed record UnitParents(Dictionary<string, string> Of)
{
    /// <summary>All units below the same parent, itself among them; none for the highest and for what nobody knows.</summary>
    public IReadOnlySet<string> Beside(string unit) => Of.GetValueOrDefault(unit) is { Length: > 0 } parent
        ? Of.Where(u => u.Value == parent).Select(u => u.Key).ToHashSet(StringComparer.Ordinal)
        : new HashSet<string>();
}
