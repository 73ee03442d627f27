using System.Diagnostics;
using HaLong.Bench.Limits;
using HaLong.Bench.Load;
using HaLong.Bench.Machine;
using HaLong.Bench.Results;
using HaLong.Cli.Platform;
using HaLong.Messaging;
using Npgsql;
using Spectre.Console;

namespace HaLong.Bench.Scenarios;

/// <summary>
/// How many rows of evidence sixteen writers commit in a second while the chainer follows them, as a share of plain rows that the same writers commit on
/// the same PostgreSQL in the same minute; how late a row is chained at 1,000 a second; how fast a chain is made and verified by itself.
/// </summary>
internal sealed class EvidenceScenario(BenchOptions options, NpgsqlConnectionStringBuilder server)
{
    private const string Database = "halong_bench_evidence", Service = "bench";
    private const int Writers = 16, Batch = 1000, Offered = 1000;

    private static readonly TimeSpan ChainInterval = TimeSpan.FromSeconds(1);

    private readonly ResultFile _result = new("evidence", MachineInfo.Describe(), [], [], []);
    private int _errors;

    public static async Task<int> RunAsync(BenchOptions options)
    {
        var platform = PlatformFile.Read(options.RunDirectory) ?? throw new InvalidOperationException($"No platform.json in {options.RunDirectory}: start the platform first (./run.sh --detach).");
        var server = PgbenchLimit.Server(platform, options.RunDirectory);
        (server.Pooling, server.MaxPoolSize) = (true, 40);
        return await new EvidenceScenario(options, server).RunAsync();
    }

    internal async Task<int> RunAsync()
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]evidence[/] on {MachineInfo.Describe()}, {Writers} writers");
        await OnServerAsync($"DROP DATABASE IF EXISTS {Database} WITH (FORCE)", $"CREATE DATABASE {Database}");
        try
        {
            await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = Database }.ConnectionString);
            await ExecuteAsync(database, EvidenceFixtures.Schema + EvidenceSql.Up);
            var plain = await MeasureAsync("plain_rows", () => InsertAsync(database, "plain"));
            var chained = await FullSpeedAsync(database);
            await PacedAsync(database);
            var rate = await BacklogAsync(database);
            var verified = await VerifyAsync(database);
            _result.Limits["plain_rows_per_second"] = plain;
            _result.Ratios["evidence_rows_to_plain_rows"] = chained / plain;
            _result.Ratios["chaining_to_plain_rows"] = rate / plain;
            _result.Ratios["verified_rows_to_plain_rows"] = verified / plain;
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            await OnServerAsync($"DROP DATABASE IF EXISTS {Database} WITH (FORCE)");
        }

        _result.Metrics["errors"] = _errors;
        ResultTables.Print(_result);
        AnsiConsole.MarkupLineInterpolated($"written to {_result.Write(options.OutputDirectory)}");
        return _errors == 0 ? 0 : 1;
    }

    /// <summary>Does the work while the chainer comes by as it does in a service, and lets it catch up.</summary>
    private static async Task<(T Result, TimeSpan WorstLag)> FollowedAsync<T>(NpgsqlDataSource database, Func<Task<T>> work)
    {
        using var stop = new CancellationTokenSource();
        var (step, worst) = (new ChainStep(database, Service), TimeSpan.Zero);
        var chainer = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                worst = Max(worst, await ChainAllAsync(step));
                await Task.Delay(ChainInterval, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });
        var result = await work();
        await stop.CancelAsync();
        await chainer;
        return (result, Max(worst, await ChainAllAsync(step)));
    }

    private async Task<double> FullSpeedAsync(NpgsqlDataSource database)
    {
        var (rate, worst) = await FollowedAsync(database, () => MeasureAsync("evidence_rows", () => InsertAsync(database, "evidence")));
        _result.Metrics["worst_lag_at_full_speed_seconds"] = worst.TotalSeconds;
        return rate;
    }

    private async Task PacedAsync(NpgsqlDataSource database)
    {
        var (result, worst) = await FollowedAsync(
            database, () => new OpenLoop(Offered, TimeSpan.FromSeconds(options.StepSeconds)).RunAsync(_ => InsertAsync(database, "evidence")));
        _errors += result.ErrorCount;
        _result.Metrics["paced_rows_per_second"] = result.Achieved;
        _result.Metrics["paced_write_p99_milliseconds"] = result.Whole.Milliseconds(0.99);
        _result.Metrics["paced_worst_lag_seconds"] = worst.TotalSeconds;
        AnsiConsole.MarkupLineInterpolated($"{"paced",-24} {result.Achieved,9:0}/s  write p99 {result.Whole.Milliseconds(0.99),7:0.0} ms  chained after at most {worst.TotalSeconds:0.00} s");
    }

    /// <summary>The chainer alone, on rows that wait.</summary>
    private async Task<double> BacklogAsync(NpgsqlDataSource database)
    {
        const int Rows = 50_000;
        await ExecuteAsync(database, $"""
            INSERT INTO evidence (id, occurred_at, kind, subject, actor, content_hash)
            SELECT gen_random_uuid(), now(), 'halong.dossier-submitted.v1', gen_random_uuid()::text, gen_random_uuid()::text, sha256(n::text::bytea) FROM generate_series(1, {Rows}) n
            """);
        var clock = Stopwatch.StartNew();
        await ChainAllAsync(new ChainStep(database, Service));
        return Told("chained_alone", Rows / clock.Elapsed.TotalSeconds);
    }

    private async Task<double> VerifyAsync(NpgsqlDataSource database)
    {
        var clock = Stopwatch.StartNew();
        await using var connection = await database.OpenConnectionAsync();
        var (reader, findings) = (new EvidenceReader(connection, Service), new FindingList());
        var check = new ChainCheck(
            await reader.BeforeAsync(EvidenceMonths.All, default), await reader.HeadsAsync(EvidenceMonths.All, default), [], findings);
        await foreach (var row in reader.RowsAsync(EvidenceMonths.All, default))
            check.Next(row);
        check.End();
        _errors += (int)findings.Count;
        _result.Metrics["seconds_to_verify_a_million_rows"] = 1_000_000 * clock.Elapsed.TotalSeconds / check.Rows;
        return Told("verified", check.Rows / clock.Elapsed.TotalSeconds);
    }

    /// <returns>How late the oldest row was chained.</returns>
    private static async Task<TimeSpan> ChainAllAsync(ChainStep step)
    {
        for (var worst = TimeSpan.Zero; ;)
        {
            var round = await step.RunAsync(TimeProvider.System.GetUtcNow(), Batch, default);
            worst = round.Oldest is { } oldest ? Max(worst, TimeProvider.System.GetUtcNow() - oldest) : worst;
            if (round.Rows != Batch)
                return worst;
        }
    }

    private static async Task InsertAsync(NpgsqlDataSource database, string table)
    {
        var (id, now) = (Guid.CreateVersion7(), TimeProvider.System.GetUtcNow());
        await using var command = database.CreateCommand(EvidenceFixtures.Insert(table));
        foreach (object value in (object[])[id, now, "halong.dossier-submitted.v1", id.ToString(), "01980000-0000-7000-8000-000000000001", new byte[32]])
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }

    private async Task<double> MeasureAsync(string name, Func<Task> work)
    {
        var duration = TimeSpan.FromSeconds(options.StepSeconds);
        await ClosedLoop.RunAsync(Writers, duration / 4, _ => work());
        var result = await ClosedLoop.RunAsync(Writers, duration, _ => work());
        _errors += result.ErrorCount;
        _result.Metrics[name + "_p99_milliseconds"] = result.Latency.Milliseconds(0.99);
        return Told(name, result.PerSecond);
    }

    private double Told(string name, double perSecond)
    {
        AnsiConsole.MarkupLineInterpolated($"{name,-24} {perSecond,9:0}/s");
        return _result.Metrics[name + "_per_second"] = perSecond;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private async Task OnServerAsync(params string[] statements)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
        foreach (var statement in statements)
            await ExecuteAsync(database, statement);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
