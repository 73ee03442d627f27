using HaLong.Bench.Load;
using Npgsql;

namespace HaLong.Bench.Limits;

/// <summary>
/// The least that a settlement can be: one transaction that writes three rows (the request, a booking, a fact to be told) and commits, in one round trip, by as many connections
/// as the bank has. On a scratch database of the platform's own server.
/// </summary>
internal static class ThreeRowLimit
{
    internal const string Schema = """
        CREATE TABLE request (id uuid PRIMARY KEY, state varchar(32), settled_at timestamptz);
        CREATE TABLE booking (id uuid PRIMARY KEY, account varchar(80), amount bigint);
        CREATE TABLE fact (sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, payload jsonb);
        """;

    private const string Database = "halong_bench_rows";

    public static async Task<ClosedLoopResult> MeasureAsync(NpgsqlConnectionStringBuilder server, int connections, TimeSpan duration)
    {
        await OnServerAsync(server, $"DROP DATABASE IF EXISTS {Database} WITH (FORCE)", $"CREATE DATABASE {Database}");
        try
        {
            await using var database = NpgsqlDataSource.Create(
                new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = Database, Pooling = true, MaxPoolSize = connections, MaxAutoPrepare = 10 }.ConnectionString);
            await using (var schema = database.CreateCommand(Schema))
                await schema.ExecuteNonQueryAsync();
            await ClosedLoop.RunAsync(connections, duration / 4, _ => CommitAsync(database));
            return await ClosedLoop.RunAsync(connections, duration, _ => CommitAsync(database));
        }
        finally
        {
            await OnServerAsync(server, $"DROP DATABASE IF EXISTS {Database} WITH (FORCE)");
        }
    }

    // The statements of a batch are one transaction.
    internal static async Task CommitAsync(NpgsqlDataSource database)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("INSERT INTO request VALUES ($1, 'settled', now())") { Parameters = { new() { Value = Guid.CreateVersion7() } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("INSERT INTO booking VALUES ($1, 'bank:970436:0011000000001', 150000)") { Parameters = { new() { Value = Guid.CreateVersion7() } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""INSERT INTO fact (payload) VALUES ('{"amount":150000,"provider":"lab"}')"""));
        await batch.ExecuteNonQueryAsync();
    }

    private static async Task OnServerAsync(NpgsqlConnectionStringBuilder server, params string[] statements)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
        foreach (var statement in statements)
        {
            await using var command = database.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        }
    }
}
