using HaLong.Bench.Limits;
using HaLong.Bench.Load;
using HaLong.Bench.Machine;
using HaLong.Bench.Results;
using HaLong.Cli.Platform;
using Npgsql;
using Spectre.Console;

namespace HaLong.Bench.Queues;

/// <summary>Every queue, first page and deep page, filters, searches and counts of a seeded city, through the gateway with the tokens of officials.</summary>
internal sealed class QueueScenario(QueueClients clients, BenchOptions options, string connection)
{
    private const int Officials = 2, DeepRows = 500;
    private const double TargetMilliseconds = 100;

    private readonly ResultFile _result = new("queues", MachineInfo.Describe(), [], [], []);
    private int _errors;
    private double _worst;

    public static async Task<int> RunAsync(BenchOptions options)
    {
        var platform = PlatformFile.Read(options.RunDirectory) ?? throw new InvalidOperationException($"No platform.json in {options.RunDirectory}: start the platform first (./run.sh --detach).");
        var connection = new NpgsqlConnectionStringBuilder(PgbenchLimit.Server(platform, options.RunDirectory).ConnectionString) { Database = "dossier-db" };
        using var clients = new QueueClients(platform);
        return await new QueueScenario(clients, options, connection.ConnectionString).RunAsync(platform.Account("citizen").PersonalNumber);
    }

    private async Task<int> RunAsync(string personalNumber)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]queues[/] on {MachineInfo.Describe()}, {Officials} officials at once");
        _result.Limits["kestrel_requests_per_second"] = await KestrelLimit.MeasureAsync((int)Math.Ceiling(Math.Min(3, options.StepSeconds)));
        var rows = await KeyLimit.MeasureAsync(connection, Step);
        (_result.Limits["row_by_key_p50_milliseconds"], _result.Limits["row_by_key_p95_milliseconds"]) = (rows.Latency.Milliseconds(0.5), rows.Latency.Milliseconds(0.95));
        _result.Metrics["dossiers"] = rows.Dossiers;
        await clients.SignInAsync();
        await MeasureAsync("counts", _ => clients.AskAsync("/api/v1/inbox/counts"));
        foreach (var (name, path) in QueueQueries.Lists)
        {
            await MeasureAsync(name, _ => clients.AskAsync(path));
            if (await clients.DeepAsync(path, DeepRows) is { } after)
            {
                await MeasureAsync(name + "_deep", _ => clients.AskAsync($"{path}&after={after}"));
            }
        }

        var code = (await clients.AskAsync("/api/v1/inbox?queue=unit&limit=1"))!["items"]![0]!["code"]!.GetValue<string>();
        await SearchAsync("search_code", [code]);
        foreach (var (name, texts) in QueueQueries.Searches)
        {
            await SearchAsync(name, texts);
        }

        // Identity allows an official so many an hour; a few are enough to see what they take.
        await NumbersAsync(personalNumber);
        (_result.Metrics["errors"], _result.Metrics["worst_p95_milliseconds"]) = (_errors, _worst);
        _result.Ratios["worst_p95_to_target"] = _worst / TargetMilliseconds;
        _result.Ratios["first_page_p50_to_row_by_key_p50"] = _result.Metrics["unit_p50_milliseconds"] / rows.Latency.Milliseconds(0.5);
        ResultTables.Print(_result);
        AnsiConsole.MarkupLineInterpolated($"written to {_result.Write(options.OutputDirectory)}");
        return _errors == 0 && _worst <= TargetMilliseconds ? 0 : 1;
    }

    private TimeSpan Step => TimeSpan.FromSeconds(options.StepSeconds / 4);

    private Task SearchAsync(string name, string[] texts)
    {
        var next = 0;
        return MeasureAsync(name, _ => clients.AskAsync("/api/v1/inbox/search", new { text = texts[Interlocked.Increment(ref next) % texts.Length] }));
    }

    private async Task NumbersAsync(string personalNumber)
    {
        var (latency, watch) = (new Histogram(), new System.Diagnostics.Stopwatch());
        for (var n = 0; n < 40; n++)
        {
            watch.Restart();
            await clients.AskAsync("/api/v1/inbox/search", new { personalNumber }, worker: n);
            latency.Record(watch.Elapsed);
        }

        Note("search_personal_number", latency, 0);
    }

    private async Task MeasureAsync(string name, Func<int, Task> work)
    {
        // What is asked for the first time is compiled and read from disk first.
        await work(0);
        var result = await ClosedLoop.RunAsync(Officials, Step, work);
        _result.Metrics[name + "_per_second"] = result.PerSecond;
        Note(name, result.Latency, result.ErrorCount);
        foreach (var (kind, number) in result.Errors)
        {
            AnsiConsole.MarkupLineInterpolated($"  {number} x {kind}");
        }
    }

    private void Note(string name, Histogram latency, int errors)
    {
        var (p50, p95, p99) = (latency.Milliseconds(0.5), latency.Milliseconds(0.95), latency.Milliseconds(0.99));
        AnsiConsole.MarkupLineInterpolated($"{name,-34} p50 {p50,7:0.00} ms  p95 {p95,7:0.00} ms  p99 {p99,7:0.00} ms  {latency.Count,6} times  errors {errors}");
        _errors += errors;
        _worst = Math.Max(_worst, p95);
        (_result.Metrics[name + "_p50_milliseconds"], _result.Metrics[name + "_p95_milliseconds"], _result.Metrics[name + "_p99_milliseconds"]) = (p50, p95, p99);
    }
}
