using HaLong.Bench.Load;
using Npgsql;

namespace HaLong.Bench.Limits;

/// <summary>
/// The same words looked for in the same names by PostgreSQL's trigram index: the other way to forgive typing errors (decision 23). Without
/// counts, life events or the order of the words, and without HTTP.
/// </summary>
internal static class TrigramLimit
{
    private const string Prepare = """
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE EXTENSION IF NOT EXISTS unaccent;
        DROP TABLE IF EXISTS bench_search;
        CREATE TABLE bench_search AS SELECT code, replace(lower(unaccent(code || ' ' || name_vi || ' ' || name_en)), 'đ', 'd') AS words FROM procedure WHERE valid_to IS NULL;
        CREATE INDEX ON bench_search USING gin (words gin_trgm_ops);
        ANALYZE bench_search;
        """;

    private const string Search = "SELECT code FROM bench_search WHERE @q <% words ORDER BY word_similarity(@q, words) DESC, code LIMIT 21";

    public static async Task<Histogram> MeasureAsync(string connection, IReadOnlyList<string> queries, TimeSpan duration)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync();
        await ExecuteAsync(open, Prepare);
        try
        {
            await using var search = new NpgsqlCommand(Search, open);
            var words = search.Parameters.Add(new NpgsqlParameter<string>("q", ""));
            await search.PrepareAsync();
            var (latency, clock) = (new Histogram(), System.Diagnostics.Stopwatch.StartNew());
            for (var n = 0; clock.Elapsed < duration || n < queries.Count; n++)
            {
                ((NpgsqlParameter<string>)words).TypedValue = queries[n % queries.Count];
                var started = clock.Elapsed;
                await using var rows = await search.ExecuteReaderAsync();
                while (await rows.ReadAsync())
                {
                }

                latency.Record(clock.Elapsed - started);
            }

            return latency;
        }
        finally
        {
            await ExecuteAsync(open, "DROP TABLE IF EXISTS bench_search");
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection open, string sql)
    {
        await using var command = new NpgsqlCommand(sql, open);
        await command.ExecuteNonQueryAsync();
    }
}
