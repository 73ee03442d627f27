using Npgsql;

namespace HaLong.Dossiers.Statistics.Units;

/// <summary>Whether no other unit has dossiers: what is summed over all is read from fewer cells.</summary>
internal static class AllUnits
{
    // From one code to the next in the index: as many steps as there are units.
    private const string Sql = """
        WITH RECURSIVE known (code) AS (
          SELECT min(unit_code) FROM statistics.fact
          UNION ALL SELECT (SELECT min(f.unit_code) FROM statistics.fact f WHERE f.unit_code > k.code) FROM known k WHERE k.code IS NOT NULL
        )
        SELECT NOT EXISTS (SELECT FROM known WHERE code <> ALL ($1))
        """;

    public static async Task<bool> AreAsync(NpgsqlDataSource database, IEnumerable<string> units, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = units.ToArray() });
        return await command.ExecuteScalarAsync(ct) is true;
    }
}
