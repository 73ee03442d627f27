using System.Diagnostics;
using HaLong.Bench.Load;
using Npgsql;

namespace HaLong.Bench.Limits;

/// <summary>How long PostgreSQL takes for one dossier by its key, prepared, over one connection: less no page of a queue can take.</summary>
internal static class KeyLimit
{
    public static async Task<(Histogram Latency, long Dossiers)> MeasureAsync(string connection, TimeSpan duration)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync();
        var ids = new List<Guid>();
        await using (var some = new NpgsqlCommand("SELECT id FROM dossier TABLESAMPLE SYSTEM (0.1) LIMIT 2000", open))
        await using (var rows = await some.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
            {
                ids.Add(rows.GetGuid(0));
            }
        }

        if (ids.Count == 0)
        {
            throw new InvalidOperationException("There is no city here: ./bench.sh seed first.");
        }

        await using var select = new NpgsqlCommand("SELECT id, code, status, owner_name, due_at FROM dossier WHERE id = @id", open);
        var id = new NpgsqlParameter<Guid>("id", Guid.Empty);
        select.Parameters.Add(id);
        await select.PrepareAsync();
        var (latency, clock) = (new Histogram(), Stopwatch.StartNew());
        for (var n = 0; clock.Elapsed < duration; n++)
        {
            id.TypedValue = ids[n % ids.Count];
            var started = clock.Elapsed;
            await using var row = await select.ExecuteReaderAsync();
            await row.ReadAsync();
            latency.Record(clock.Elapsed - started);
        }

        await using var all = new NpgsqlCommand("SELECT reltuples::bigint FROM pg_class WHERE oid = 'dossier'::regclass", open);
        return (latency, (long)(await all.ExecuteScalarAsync())!);
    }
}
