using HaLong.Messaging.CrashHost;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HaLong.Messaging.Tests.Evidence;

/// <summary>A chain in a database of its own, its witness, and somebody with every right on that database.</summary>
internal sealed class EvidenceLab : IAsyncDisposable
{
    public const string Service = "sample";

    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private EvidenceLab(string connection, WitnessServer witness)
    {
        (Connection, Witness) = (connection, witness);
        Database = NpgsqlDataSource.Create(connection);
    }

    public string Connection { get; }

    public NpgsqlDataSource Database { get; }

    public WitnessServer Witness { get; }

    /// <summary>The month in which rows are chained.</summary>
    public DateTimeOffset Now { get; set; } = Noon;

    public int Partition => ChainHash.PartitionAt(Now, 0);

    public static async Task<EvidenceLab> CreateAsync(Servers servers) =>
        new(await Sample.DatabaseAsync(servers), await WitnessServer.StartAsync());

    /// <summary>Twenty rows, of which the first ten are anchored.</summary>
    public static async Task<EvidenceLab> WithTwentyRowsAsync(Servers servers)
    {
        var lab = await CreateAsync(servers);
        await lab.WriteAsync(10);
        await lab.ChainAsync();
        Assert.Equal(AnchorOutcome.Anchored, await lab.AnchorAsync());
        await lab.WriteAsync(10);
        await lab.ChainAsync();
        // As if they were all published.
        await lab.TamperAsync("DELETE FROM outbox_message");
        return lab;
    }

    public async Task<List<Guid>> WriteAsync(int facts)
    {
        await using var db = Sample.Context(Connection);
        var ids = Enumerable.Range(0, facts).Select(_ => db.Enqueue(new WorkDone(Guid.CreateVersion7(), "fact"))).ToList();
        await db.SaveChangesAsync();
        return ids;
    }

    public async Task<int> ChainAsync(int batch = 1000)
    {
        var (step, total) = (new ChainStep(Database, Service), 0);
        while (await step.RunAsync(Now, batch, CancellationToken.None) is { Rows: { } rows and > 0 })
        {
            total += rows;
        }

        return total;
    }

    public Task<AnchorOutcome> AnchorAsync() => new AnchorStep(Database, Witness.Client, Service).RunAsync(CancellationToken.None);

    public Task<VerificationReport> VerifyAsync(EvidenceMonths? months = null, Action<long>? progress = null) =>
        new EvidenceVerifier(Database, Witness.Client, new EvidenceOwner(Service), NullLogger<EvidenceVerifier>.Instance)
            .RunAsync(months ?? EvidenceMonths.All, progress, CancellationToken.None);

    /// <summary>As a superuser for whom no trigger fires.</summary>
    public Task TamperAsync(string sql) => TamperAsync(Connection, sql);

    public static async Task TamperAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SET session_replication_role = replica; " + sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Computes the hashes of a stretch anew, as somebody does who knows how; the head follows.</summary>
    public async Task RebuildAsync(long from, long to = long.MaxValue, bool moveHead = true)
    {
        var (rows, previous) = (new List<ChainRow>(), ChainHash.Beginning(Service));
        await using (var connection = await Database.OpenConnectionAsync())
        {
            await foreach (var row in new EvidenceReader(connection, Service).RowsAsync(EvidenceMonths.All, CancellationToken.None))
            {
                rows.Add(row);
            }
        }

        foreach (var row in rows)
        {
            if (row.Position < from || row.Position > to)
            {
                previous = row.Hash;
                continue;
            }

            var hash = ChainHash.Of(row, previous);
            await TamperAsync($"UPDATE evidence SET previous_hash = '\\x{Convert.ToHexStringLower(previous)}', hash = '\\x{Convert.ToHexStringLower(hash)}' WHERE id = '{row.Id}'");
            previous = hash;
        }

        if (moveHead)
        {
            await TamperAsync($"UPDATE evidence_head SET position = {rows[^1].Position}, hash = '\\x{Convert.ToHexStringLower(previous)}'");
        }
    }

    public Task<T> ScalarAsync<T>(FormattableString sql) => QueryAsync(db => db.Database.SqlQuery<T>(sql).SingleAsync());

    public Task<Guid> IdAtAsync(long position) => ScalarAsync<Guid>($"SELECT id AS \"Value\" FROM evidence WHERE position = {position}");

    public async Task<T> QueryAsync<T>(Func<SampleDb, Task<T>> query)
    {
        await using var db = Sample.Context(Connection);
        return await query(db);
    }

    public async ValueTask DisposeAsync()
    {
        await Witness.DisposeAsync();
        await Database.DisposeAsync();
    }
}
