using System.Diagnostics;
using System.Text.Json.Nodes;
using HaLong.Bench.Load;
using HaLong.Bench.Results;
using HaLong.Bench.Scenarios;
using Spectre.Console;

namespace HaLong.Bench.Statistics;

/// <summary>How long it takes from the acknowledgement of a citizen's submission until a report over HTTP counts the dossier.</summary>
internal sealed class ChangeToFigure(Citizen citizen, DashboardClients clients, ResultFile result)
{
    public const double TargetMilliseconds = 5000;

    private const int Changes = 20;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private static readonly Question Report = new("change_to_figure", "auditor", "/api/v1/statistics/reports/intake?by=unit");

    /// <summary>The longest p95 so far.</summary>
    public double Worst { get; private set; }

    public int Errors { get; private set; }

    public async Task SignInAsync()
    {
        await citizen.SignInAsync();
        await clients.SignInAsync(["auditor"]);
        await citizen.ChooseAsync();
    }

    /// <param name="name">Of the circumstances.</param>
    /// <param name="before">What is done before each change.</param>
    public async Task RunAsync(string name, Func<Task> before)
    {
        await OneAsync(before);
        var latency = new Histogram();
        for (var n = 0; n < Changes; n++)
        {
            latency.Record(await OneAsync(before));
        }

        var (p50, p95, max) = (latency.Milliseconds(0.5), latency.Milliseconds(0.95), latency.MaxMilliseconds);
        AnsiConsole.MarkupLineInterpolated($"change to figure, {name,-12} p50 {p50,7:0} ms  p95 {p95,7:0} ms  most {max,7:0} ms  {latency.Count,4} times");
        var metric = $"change_to_figure_{name}_";
        (result.Metrics[metric + "p50_milliseconds"], result.Metrics[metric + "p95_milliseconds"]) = (p50, p95);
        result.Metrics[metric + "max_milliseconds"] = max;
        result.Ratios["change_to_figure_p95_to_target"] = (Worst = Math.Max(Worst, p95)) / TargetMilliseconds;
    }

    /// <summary>The dossiers received that a report tells in all.</summary>
    internal static long Received(JsonNode report) => report["totals"]!["received"]!.GetValue<long>();

    private async Task<TimeSpan> OneAsync(Func<Task> before)
    {
        await before();
        var counted = await CountAsync();
        await citizen.FileAsync(TimeSpan.Zero, new Histogram());
        var watch = Stopwatch.StartNew();
        while (await CountAsync() <= counted)
        {
            if (watch.Elapsed > Longest)
            {
                Errors++;
                break;
            }

            await Task.Delay(10);
        }

        return watch.Elapsed;
    }

    private async Task<long> CountAsync() => Received(JsonNode.Parse(await clients.AskAsync(Report))!);
}
