using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using HaLong.Bench.Catalogue;
using HaLong.Bench.Limits;
using HaLong.Bench.Load;
using HaLong.Bench.Machine;
using HaLong.Bench.Results;
using HaLong.Cli.Platform;
using Npgsql;
using Spectre.Console;

namespace HaLong.Bench.Scenarios;

/// <summary>
/// Searches of every kind in a catalogue of 5,000 procedures, through HTTP at the service (past the gateway's limit per address), beside an
/// empty Kestrel and the trigram index of the same database.
/// </summary>
internal sealed class CatalogueScenario(PlatformFile platform, BenchOptions options, TokenClients clients)
{
    private const int Procedures = 5000, Searchers = 2;
    private const double TargetMilliseconds = 50;

    private readonly ResultFile _result = new("catalogue", MachineInfo.Describe(), [], [], []);
    private int _errors;

    public static async Task<int> RunAsync(BenchOptions options)
    {
        var platform = PlatformFile.Read(options.RunDirectory) ?? throw new InvalidOperationException($"No platform.json in {options.RunDirectory}: start the platform first (./run.sh --detach).");
        using var clients = new TokenClients(platform);
        return await new CatalogueScenario(platform, options, clients).RunAsync();
    }

    private async Task<int> RunAsync()
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]catalogue[/] on {MachineInfo.Describe()}");
        var connection = new NpgsqlConnectionStringBuilder(PgbenchLimit.Server(platform, options.RunDirectory).ConnectionString) { Database = "dossier-db" }.ConnectionString;
        var variants = new CatalogueVariants(connection);
        var kestrel = await KestrelLimit.MeasureAsync((int)Math.Ceiling(Math.Min(3, options.StepSeconds)));
        var (metrics, limits, ratios) = (_result.Metrics, _result.Limits, _result.Ratios);
        limits["kestrel_requests_per_second"] = kestrel;
        metrics["procedures"] = await variants.FillAsync(Procedures);
        try
        {
            var started = Stopwatch.GetTimestamp();
            await WaitAsync();
            metrics["index_built_seconds"] = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var all = CatalogueQueries.ByKind.Values.SelectMany(q => q).ToArray();
            await ClosedLoop.RunAsync(Searchers, TimeSpan.FromSeconds(options.StepSeconds / 4), Ask(all));
            var rate = await MeasureAsync("all", all);
            foreach (var (kind, queries) in CatalogueQueries.ByKind)
            {
                await MeasureAsync(kind, queries);
            }

            await MeasureAsync("one_procedure", [], _ => clients.AskAsync(clients.At("dossier", "/api/v1/procedures/" + CatalogueVariants.Code(4000)), null, HttpStatusCode.OK));
            var trigram = await TrigramLimit.MeasureAsync(connection, [.. CatalogueQueries.ByKind.Where(k => k.Key != "filters").SelectMany(k => k.Value)], TimeSpan.FromSeconds(options.StepSeconds));
            limits["trigram_index_p50_milliseconds"] = trigram.Milliseconds(0.5);
            limits["trigram_index_p95_milliseconds"] = trigram.Milliseconds(0.95);
            ratios["searches_to_kestrel"] = rate / kestrel;
            ratios["search_p95_to_target"] = metrics["all_p95_milliseconds"] / TargetMilliseconds;
            ratios["search_p95_to_trigram_index_p95"] = metrics["all_p95_milliseconds"] / trigram.Milliseconds(0.95);
        }
        finally
        {
            await variants.RemoveAsync();
        }

        metrics["errors"] = _errors;
        ResultTables.Print(_result);
        AnsiConsole.MarkupLineInterpolated($"written to {_result.Write(options.OutputDirectory)}");
        return _errors == 0 && metrics["all_p95_milliseconds"] <= TargetMilliseconds ? 0 : 1;
    }

    private async Task WaitAsync()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        for (var end = Stopwatch.StartNew(); ;)
        {
            var page = JsonNode.Parse(await http.GetStringAsync(clients.At("dossier", "/api/v1/procedures?limit=1")))!;
            if (page["total"]!.GetValue<int>() >= Procedures)
            {
                return;
            }

            if (end.Elapsed > TimeSpan.FromMinutes(1))
            {
                throw new InvalidOperationException("The service did not take up the seeded procedures within a minute.");
            }

            await Task.Delay(50);
        }
    }

    private Func<int, Task> Ask(string[] queries)
    {
        var next = 0;
        return _ => clients.AskAsync(clients.At("dossier", CatalogueQueries.Path(queries[Interlocked.Increment(ref next) % queries.Length])), null, HttpStatusCode.OK);
    }

    private async Task<double> MeasureAsync(string name, string[] queries, Func<int, Task>? work = null)
    {
        var result = await ClosedLoop.RunAsync(Searchers, TimeSpan.FromSeconds(options.StepSeconds / 2), work ?? Ask(queries));
        AnsiConsole.MarkupLineInterpolated(
            $"{name,-14} {result.PerSecond,9:0.0}/s  p50 {result.Latency.Milliseconds(0.5),7:0.00} ms  p95 {result.Latency.Milliseconds(0.95),7:0.00} ms  p99 {result.Latency.Milliseconds(0.99),7:0.00} ms  errors {result.ErrorCount}");
        _errors += result.ErrorCount;
        _result.Metrics[name + "_per_second"] = result.PerSecond;
        _result.Metrics[name + "_p50_milliseconds"] = result.Latency.Milliseconds(0.5);
        _result.Metrics[name + "_p95_milliseconds"] = result.Latency.Milliseconds(0.95);
        _result.Metrics[name + "_p99_milliseconds"] = result.Latency.Milliseconds(0.99);
        return result.PerSecond;
    }
}
