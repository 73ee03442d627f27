using Npgsql;

namespace HaLong.Dossiers.Statistics.Keeping.Rebuilding;

/// <summary>
/// Tables of the same shape beside those in use: <c>_new</c> for what is made anew, <c>_part</c> for cells in pieces, <c>_old</c> for what was in use
/// until the swap. Indexes come after the rows, from PostgreSQL's own words, and have their real names after the swap.
/// </summary>
internal sealed class ShadowTables(NpgsqlConnection open)
{
    public const string New = "_new", Part = "_part", Old = "_old";

    private static readonly IReadOnlyList<string> All = [FactRows.Table, .. CellTables.Names];

    public async Task CreateAsync(CancellationToken ct)
    {
        await DropAsync(ct);
        foreach (var table in All)
            await RunAsync($"CREATE TABLE {table}{New} (LIKE {table} INCLUDING ALL EXCLUDING INDEXES)", ct);
        foreach (var table in CellTables.Names)
            await RunAsync($"CREATE UNLOGGED TABLE {table}{Part} (LIKE {table})", ct);
    }

    public async Task DropAsync(CancellationToken ct) =>
        await RunAsync($"DROP TABLE IF EXISTS {string.Join(", ", All.SelectMany(t => new[] { t + New, t + Part, t + Old }))}", ct);

    /// <summary>The indexes of facts; then those of cells.</summary>
    public async Task IndexAsync(bool facts, CancellationToken ct)
    {
        foreach (var table in facts ? [FactRows.Table] : CellTables.Names)
        {
            foreach (var (name, definition, primary) in await IndexesAsync(table, ct))
            {
                await RunAsync(definition.Replace($" {name} ON {table} ", $" {name}{New} ON {table}{New} ", StringComparison.Ordinal), ct);
                if (primary)
                    await RunAsync($"ALTER TABLE {table}{New} ADD CONSTRAINT {name}{New} PRIMARY KEY USING INDEX {name}{New}", ct);
            }

            await RunAsync($"ANALYZE {table}{New}", ct);
        }
    }

    /// <summary>What is new is in use, what was in use is old; for an instant nobody reads.</summary>
    public async Task SwapAsync(CancellationToken ct)
    {
        await RunAsync("SET LOCAL lock_timeout = '30s'", ct);
        await RunAsync($"LOCK TABLE {string.Join(", ", All)} IN ACCESS EXCLUSIVE MODE", ct);
        foreach (var table in All)
        {
            var (indexes, bare) = (await IndexesAsync(table, ct), table.Split('.')[1]);
            await RunAsync($"ALTER TABLE {table} RENAME TO {bare}{Old}; ALTER TABLE {table}{New} RENAME TO {bare}", ct);
            foreach (var (name, _, _) in indexes)
                await RunAsync($"ALTER INDEX statistics.{name} RENAME TO {name}{Old}; ALTER INDEX statistics.{name}{New} RENAME TO {name}", ct);
        }
    }

    public async Task<long> RunAsync(string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, open) { CommandTimeout = 0 };
        return await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<List<(string Name, string Definition, bool Primary)>> IndexesAsync(string table, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            SELECT c.relname::text, pg_get_indexdef(c.oid), i.indisprimary FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE i.indrelid = $1::regclass ORDER BY 1
            """, open);
        command.Parameters.Add(new() { Value = table });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<(string, string, bool)>();
        while (await reader.ReadAsync(ct))
            found.Add((reader.GetString(0), reader.GetString(1), reader.GetBoolean(2)));
        return found;
    }
}
