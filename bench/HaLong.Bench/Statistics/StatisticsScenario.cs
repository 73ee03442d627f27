using System.Diagnostics;
using HaLong.Bench.Limits;
using HaLong.Bench.Load;
using HaLong.Bench.Machine;
using HaLong.Bench.Results;
using HaLong.Bench.Scenarios;
using HaLong.Cli.Platform;
using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Waits;
using Npgsql;
using Spectre.Console;

namespace HaLong.Bench.Statistics;

/// <summary>Statistics of a seeded city: made anew, kept as dossiers change, and asked as dashboards ask, straight from the cubes and over HTTP.</summary>
internal sealed class StatisticsScenario(PlatformFile platform, BenchOptions options, NpgsqlDataSource database)
{
    private const int Readers = 2, Changed = 5000, ChangedMeanwhile = 2000;
    private const double TargetMilliseconds = 300, TargetSeconds = 300;

    private readonly ResultFile _result = new("statistics", MachineInfo.Describe(), [], [], []);
    private int _errors;
    private double _worst, _key, _sum;

    public static async Task<int> RunAsync(BenchOptions options)
    {
        var platform = PlatformFile.Read(options.RunDirectory) ?? throw new InvalidOperationException($"No platform.json in {options.RunDirectory}: start the platform first (./run.sh --detach).");
        var connection = new NpgsqlConnectionStringBuilder(PgbenchLimit.Server(platform, options.RunDirectory).ConnectionString) { Database = "dossier-db", Pooling = true };
        await using var database = NpgsqlDataSource.Create(connection.ConnectionString);
        return await new StatisticsScenario(platform, options, database).RunAsync(connection.ConnectionString);
    }

    private async Task<int> RunAsync(string connection)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]statistics[/] on {MachineInfo.Describe()}, {Readers} readers at once");
        var key = await KeyLimit.MeasureAsync(connection, Step);
        (_result.Metrics["dossiers"], _result.Limits["row_by_key_p50_milliseconds"]) = (key.Dossiers, _key = key.Latency.Milliseconds(0.5));
        if (options.Only is null)
        {
            await RebuildAsync();
            await IncrementsAsync();
        }

        var met = true;
        if (options.Only is null or "changes")
        {
            met &= await ChangesAsync();
        }

        if (options.Only is null or "queries")
        {
            await LimitAsync();
            met &= await AskAsync();
        }

        if (options.Only is null or "http")
        {
            met &= await HttpAsync();
        }

        _result.Metrics["errors"] = _errors;
        ResultTables.Print(_result);
        AnsiConsole.MarkupLineInterpolated($"written to {_result.Write(options.OutputDirectory)}");
        return _errors == 0 && met ? 0 : 1;
    }

    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddHours(7).DateTime);

    private TimeSpan Step => TimeSpan.FromSeconds(options.StepSeconds / 5);

    private async Task RebuildAsync()
    {
        using var rebuild = await RebuildClient.SignInAsync(platform);
        // The second one has nothing waiting and must find everything as it is.
        var first = await rebuild.RunAsync();
        var second = await rebuild.RunAsync();
        _result.Metrics["rebuild_seconds"] = first.Seconds;
        _result.Metrics["rebuild_dossiers_per_second"] = first.Facts / Math.Max(0.1, first.Seconds);
        (_result.Metrics["cells"], _result.Metrics["differing_cells"]) = (first.Cells, second.DifferingCells);
        _result.Ratios["rebuild_seconds_of_a_million_to_target"] = first.Seconds / Math.Max(1, first.Facts) * 1_000_000 / TargetSeconds;
        _errors += second.DifferingCells == 0 ? 0 : 1;
    }

    // Marks stand for changes: the keeper derives and compares all the same.
    private Task MarkAsync(int dossiers) => SqlAsync($"""
        INSERT INTO statistics.changed (dossier_id, changed_at, change)
        SELECT dossier_id, now(), nextval('statistics.change_number') FROM (SELECT dossier_id FROM statistics.fact ORDER BY random() LIMIT {dossiers}) f
        ON CONFLICT (dossier_id) DO UPDATE SET changed_at = now(), change = excluded.change
        """);

    private async Task IncrementsAsync()
    {
        await MarkAsync(Changed);
        var watch = Stopwatch.StartNew();
        while (await NumberAsync("SELECT count(*) FROM statistics.changed") > 0 && watch.Elapsed < TimeSpan.FromMinutes(10))
        {
            await Task.Delay(50);
        }

        _result.Metrics["increments_per_second"] = Changed / watch.Elapsed.TotalSeconds;
        await SqlAsync("VACUUM (ANALYZE) statistics.fact, statistics.cube_day, statistics.cube_month, statistics.wait_day, statistics.wait_cell");
    }

    private async Task<bool> ChangesAsync()
    {
        using var citizen = new Citizen(platform);
        using var clients = new DashboardClients(platform);
        var changes = new ChangeToFigure(citizen, clients, _result);
        await changes.SignInAsync();
        await changes.RunAsync("idle", () => Task.CompletedTask);
        await changes.RunAsync("busy", () => MarkAsync(ChangedMeanwhile));
        _errors += changes.Errors;
        return changes.Worst <= ChangeToFigure.TargetMilliseconds;
    }

    private async Task<bool> HttpAsync()
    {
        using var clients = new DashboardClients(platform);
        var load = new DashboardLoad(clients, _result, Readers);
        await load.RunAsync(DashboardQuestions.All(platform.Account("leader").Unit, platform.Account("administrator").Unit, await ProcedureAsync(), Today));
        _errors += load.Errors;
        return load.Worst <= DashboardLoad.TargetMilliseconds;
    }

    /// <summary>How long one sum over as many rows as the months have takes, and nothing else.</summary>
    private async Task LimitAsync()
    {
        _result.Metrics["month_rows"] = await NumberAsync("SELECT count(*) FROM statistics.cube_month");
        (_result.Metrics["day_rows"], _result.Metrics["wait_rows"]) = (await NumberAsync("SELECT count(*) FROM statistics.cube_day"), await NumberAsync("SELECT count(*) FROM statistics.wait_cell"));
        await SqlAsync("DROP TABLE IF EXISTS statistics.bench_sum; CREATE UNLOGGED TABLE statistics.bench_sum AS SELECT count(*) OVER () + n AS value FROM (SELECT row_number() OVER () AS n FROM statistics.cube_month) m; VACUUM ANALYZE statistics.bench_sum");
        var latency = new Histogram();
        for (var n = 0; n < 20; n++)
        {
            var watch = Stopwatch.StartNew();
            await NumberAsync("SELECT sum(value)::bigint FROM statistics.bench_sum");
            latency.Record(watch.Elapsed);
        }

        await SqlAsync("DROP TABLE statistics.bench_sum");
        _result.Limits["plain_sum_p50_milliseconds"] = _sum = latency.Milliseconds(0.5);
    }

    private async Task<string> ProcedureAsync() =>
        (await TextsAsync("SELECT procedure_code FROM statistics.fact GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")).Single();

    private async Task<bool> AskAsync()
    {
        var units = (await TextsAsync("SELECT unit_code FROM statistics.fact GROUP BY 1 ORDER BY count(*) DESC")).ToList();
        var procedure = await ProcedureAsync();
        var (cubes, waits) = (new CubeReader(database), new WaitReader(database));
        foreach (var (period, from, to) in StatisticsQueries.Periods(Today))
        {
            foreach (var (name, ask) in StatisticsQueries.Cubes(units))
            {
                await MeasureAsync($"{name}_{period}", _ => cubes.ReadAsync(ask(new Slice(from, to)), CancellationToken.None));
            }

            foreach (var (name, ask) in StatisticsQueries.Waits(units, procedure))
            {
                await MeasureAsync($"{name}_{period}", _ => waits.ReadAsync(ask(new WaitSlice(from, to)), CancellationToken.None));
            }
        }

        _result.Metrics["worst_p95_milliseconds"] = _worst;
        _result.Ratios["worst_p95_to_target"] = _worst / TargetMilliseconds;
        return _worst <= TargetMilliseconds;
    }

    private async Task MeasureAsync(string name, Func<int, Task> work)
    {
        await work(0);
        var result = await ClosedLoop.RunAsync(Readers, Step, work);
        var (p50, p95, p99) = (result.Latency.Milliseconds(0.5), result.Latency.Milliseconds(0.95), result.Latency.Milliseconds(0.99));
        AnsiConsole.MarkupLineInterpolated($"{name,-40} p50 {p50,7:0.00} ms  p95 {p95,7:0.00} ms  p99 {p99,7:0.00} ms  {result.Completed,6} times  errors {result.ErrorCount}");
        _errors += result.ErrorCount;
        _worst = Math.Max(_worst, p95);
        (_result.Metrics[name + "_p50_milliseconds"], _result.Metrics[name + "_p95_milliseconds"], _result.Metrics[name + "_p99_milliseconds"]) = (p50, p95, p99);
        _result.Ratios[name + "_p50_to_row_by_key"] = p50 / _key;
        _result.Ratios[name + "_p50_to_plain_sum"] = p50 / _sum;
    }

    private async Task SqlAsync(string sql)
    {
        // Each by itself: VACUUM wants to be alone.
        foreach (var statement in sql.Split("; "))
        {
            await using var command = database.CreateCommand(statement);
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync();
        }
    }

    private async Task<long> NumberAsync(string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<IReadOnlyList<string>> TextsAsync(string sql)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
