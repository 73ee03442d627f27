using System.Globalization;
using HaLong.Bench.Limits;
using HaLong.Bench.Load;
using HaLong.Bench.Machine;
using HaLong.Bench.Results;
using HaLong.Cli.Platform;
using HaLong.Dossiers.Filing.Codes;
using Npgsql;
using Spectre.Console;

namespace HaLong.Bench.Scenarios;

/// <summary>
/// How many dossier codes of ONE agency two replicas give in a second, each committed with its dossier, as a share of the commits without a code
/// that this PostgreSQL makes in the same minute; and what one row that every filing increments would allow.
/// </summary>
internal sealed class CodesScenario(BenchOptions options, NpgsqlConnectionStringBuilder server)
{
    private const string Database = "halong_bench_codes", Agency = "000.00.01.H49";
    private const int Workers = 32;

    private static readonly DateOnly Day = new(2026, 11, 23);

    private readonly ResultFile _result = new("codes", MachineInfo.Describe(), [], [], []);
    private int _errors;

    public static async Task<int> RunAsync(BenchOptions options)
    {
        var platform = PlatformFile.Read(options.RunDirectory) ?? throw new InvalidOperationException($"No platform.json in {options.RunDirectory}: start the platform first (./run.sh --detach).");
        var server = PgbenchLimit.Server(platform, options.RunDirectory);
        (server.Pooling, server.MaxPoolSize) = (true, Workers);
        return await new CodesScenario(options, server).RunAsync();
    }

    internal async Task<int> RunAsync()
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]codes[/] on {MachineInfo.Describe()}, one agency, two replicas, {Workers} filings at a time");
        await OnServerAsync($"DROP DATABASE IF EXISTS {Database} WITH (FORCE)", $"CREATE DATABASE {Database}");
        var connection = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = Database }.ConnectionString;
        try
        {
            await using var database = NpgsqlDataSource.Create(connection);
            await using var one = new CodeBlocks(connection);
            await using var other = new CodeBlocks(connection);
            await ExecuteAsync(database, "CREATE TABLE code_counter (agency varchar(35), day date, last bigint, PRIMARY KEY (agency, day)); CREATE TABLE filed (code varchar(64) PRIMARY KEY, data jsonb)");
            var bare = await MeasureAsync("bare_commits", _ => FileAsync(database, Guid.CreateVersion7().ToString()));
            var codes = await MeasureAsync("codes", async worker => await FileAsync(database, Code(await (worker % 2 == 0 ? one : other).NextAsync(Agency, Day, default))));
            var hot = await MeasureAsync("codes_by_one_row", _ => FileByRowAsync(database));
            var drawn = await MeasureAsync("numbers_without_commit", async worker => await (worker % 2 == 0 ? one : other).NextAsync("000.00.02.H49", Day, default));
            _result.Limits["bare_commits_per_second"] = bare;
            _result.Ratios["codes_to_bare_commits"] = codes / bare;
            _result.Ratios["codes_by_one_row_to_bare_commits"] = hot / bare;
            _result.Ratios["codes_to_codes_by_one_row"] = codes / hot;
            _result.Ratios["numbers_without_commit_to_bare_commits"] = drawn / bare;
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

    private static string Code(long number) => string.Create(CultureInfo.InvariantCulture, $"H49.01-261123-{number:0000}");

    // The primary key refuses a code that was given twice: it would count as an error.
    private static async Task FileAsync(NpgsqlDataSource database, string code)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await InsertAsync(connection, code);
        await transaction.CommitAsync();
    }

    private static async Task FileByRowAsync(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var next = new NpgsqlCommand(
            "INSERT INTO code_counter AS c VALUES ('hot', current_date, 1) ON CONFLICT (agency, day) DO UPDATE SET last = c.last + 1 RETURNING last", connection);
        var number = (long)(await next.ExecuteScalarAsync())!;
        await InsertAsync(connection, string.Create(CultureInfo.InvariantCulture, $"hot-{number}"));
        await transaction.CommitAsync();
    }

    private static async Task InsertAsync(NpgsqlConnection connection, string code)
    {
        await using var insert = new NpgsqlCommand("""INSERT INTO filed VALUES ($1, '{"parcel":"12","mapSheet":"34"}')""", connection) { Parameters = { new() { Value = code } } };
        await insert.ExecuteNonQueryAsync();
    }

    private async Task<double> MeasureAsync(string name, Func<int, Task> work)
    {
        var duration = TimeSpan.FromSeconds(options.StepSeconds);
        await ClosedLoop.RunAsync(Workers, duration / 4, work);
        var result = await ClosedLoop.RunAsync(Workers, duration, work);
        AnsiConsole.MarkupLineInterpolated(
            $"{name,-24} {result.PerSecond,9:0.0}/s  p50 {result.Latency.Milliseconds(0.5),7:0.0} ms  p99 {result.Latency.Milliseconds(0.99),7:0.0} ms  errors {result.ErrorCount} {string.Join(", ", result.Errors.Select(e => $"{e.Key}: {e.Value}"))}");
        _errors += result.ErrorCount;
        _result.Metrics[name + "_per_second"] = result.PerSecond;
        _result.Metrics[name + "_p99_milliseconds"] = result.Latency.Milliseconds(0.99);
        return result.PerSecond;
    }

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
