using System.Diagnostics;
using HaLong.Bench.Limits;
using HaLong.Bench.Load;
using HaLong.Bench.Machine;
using HaLong.Bench.Results;
using HaLong.Cli.Platform;
using Spectre.Console;

namespace HaLong.Bench.Scenarios;

/// <summary>
/// The highest rate of filed dossiers (draft, documents, submission, through the gateway) at which the submission's p99 stays under 250 ms
/// without an error; what that costs; whether all of them are there afterwards; and what this machine could do at most.
/// </summary>
internal sealed class SubmitScenario(PlatformFile platform, BenchOptions options, Citizen citizen)
{
    private const double TargetMilliseconds = 250;
    private const int LimitSeconds = 6, WarmUps = 6, FinalTries = 6;
    private readonly List<(OpenLoopResult Result, Histogram Submission)> _steps = [];

    public static async Task<int> RunAsync(BenchOptions options)
    {
        var platform = PlatformFile.Read(options.RunDirectory) ?? throw new InvalidOperationException($"No platform.json in {options.RunDirectory}: start the platform first (./run.sh --detach).");
        using var citizen = new Citizen(platform);
        return await new SubmitScenario(platform, options, citizen).RunAsync();
    }

    private async Task<int> RunAsync()
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]submit[/] on {MachineInfo.Describe()}, through {platform.Gateway}");
        var kestrel = await KestrelLimit.MeasureAsync(LimitSeconds);
        var pgbench = await PgbenchLimit.MeasureAsync(platform, options.RunDirectory, LimitSeconds);
        await citizen.SignInAsync();
        await citizen.ChooseAsync();
        AnsiConsole.MarkupLineInterpolated($"procedure {citizen.Procedure}, {citizen.RequestsPerDossier} requests per dossier");

        // Code that was just started is compiled while it runs, and again when it proves hot.
        for (var warm = 0; warm < WarmUps && !(Passes(await StepAsync(options.StartRate * (warm + 1), TimeSpan.FromSeconds(options.StepSeconds), "warm-up")) && warm > 0); warm++)
        {
        }

        var best = await RateSearch.HighestAsync(options.StartRate, options.MaxRate, async rate => Passes(await StepAsync(rate, TimeSpan.FromSeconds(options.StepSeconds))));

        // What held for one step need not hold for three: a little less, until it does.
        var (final, submission, caughtUp) = (_steps[^1].Result, _steps[^1].Submission, TimeSpan.Zero);
        var (before, during, after) = (CpuMeter.Read(platform.Resources), CpuMeter.Read(platform.Resources), CpuMeter.Read(platform.Resources));
        for (var (rate, tries) = (best, 0); tries < FinalTries && best > 0 && (tries == 0 || !Passes((final, submission))); rate *= 0.85, tries++)
        {
            before = CpuMeter.Read(platform.Resources);
            (final, submission) = await StepAsync(rate, TimeSpan.FromSeconds(options.StepSeconds * 3), "final", settle: false);
            during = CpuMeter.Read(platform.Resources);
            caughtUp = await CatchUpAsync();
            after = CpuMeter.Read(platform.Resources);
        }

        var (lost, different) = await VerifyAsync();

        var result = new ResultFile("submit", MachineInfo.Describe(), [], [], []);
        var metrics = result.Metrics;
        metrics["submissions_per_second"] = Passes((final, submission)) ? final.Achieved : 0;
        metrics["highest_passing_rate_of_search"] = best;
        metrics["target_p99_milliseconds"] = TargetMilliseconds;
        Latency(metrics, "submit", submission);
        Latency(metrics, "whole", final.Whole);
        metrics["errors"] = final.ErrorCount;
        metrics["errors_at_or_below_rate"] = _steps.Where(s => s.Result.Rate <= final.Rate).Sum(s => s.Result.ErrorCount);
        metrics["acknowledged"] = citizen.Acknowledged.Count;
        metrics["lost"] = lost;
        metrics["documents_different"] = different;
        metrics["requests_per_submission"] = citizen.RequestsPerDossier;
        metrics["events_caught_up_seconds"] = caughtUp.TotalSeconds;
        var completed = Math.Max(1, final.Completed);
        foreach (var (name, milliseconds) in after)
        {
            // Until the events are worked off: they belong to the submissions that caused them.
            metrics[$"cpu_ms_per_submission_{name}"] = (milliseconds - before.GetValueOrDefault(name)) / completed;
        }

        metrics["cpu_ms_per_submission_total"] = after.Sum(a => a.Value - before.GetValueOrDefault(a.Key)) / completed;
        metrics["cpu_ms_per_request_total_while_loaded"] = during.Sum(d => d.Value - before.GetValueOrDefault(d.Key)) / completed / citizen.RequestsPerDossier;
        result.Limits["kestrel_requests_per_second"] = kestrel;
        result.Limits["pgbench_commits_per_second"] = pgbench.RoundTrips;
        result.Limits["pgbench_pipelined_commits_per_second"] = pgbench.Pipelined;
        result.Ratios["pgbench"] = metrics["submissions_per_second"] / pgbench.RoundTrips;
        result.Ratios["pgbench_pipelined"] = metrics["submissions_per_second"] / pgbench.Pipelined;
        result.Ratios["kestrel"] = metrics["submissions_per_second"] * citizen.RequestsPerDossier / kestrel;
        SubmitReport.Print(_steps, result);
        AnsiConsole.MarkupLineInterpolated($"written to {result.Write(options.OutputDirectory)}");
        return lost == 0 && different == 0 && metrics["errors_at_or_below_rate"] == 0 && metrics["submissions_per_second"] > 0 ? 0 : 1;
    }

    private static bool Passes((OpenLoopResult Result, Histogram Submission) step) =>
        !step.Result.Saturated && step.Result.ErrorCount == 0 && step.Submission.Milliseconds(0.99) < TargetMilliseconds;

    private static void Latency(SortedDictionary<string, double> metrics, string name, Histogram histogram)
    {
        metrics[name + "_p50_milliseconds"] = histogram.Milliseconds(0.5);
        metrics[name + "_p95_milliseconds"] = histogram.Milliseconds(0.95);
        metrics[name + "_p99_milliseconds"] = histogram.Milliseconds(0.99);
        metrics[name + "_max_milliseconds"] = histogram.MaxMilliseconds;
    }

    private async Task<(OpenLoopResult Result, Histogram Submission)> StepAsync(double rate, TimeSpan duration, string note = "", bool settle = true)
    {
        await citizen.SignInAsync();
        var submission = new Histogram();
        var result = await new OpenLoop(rate, duration).RunAsync(late => citizen.FileAsync(late, submission));
        var step = (result, submission);
        AnsiConsole.MarkupLineInterpolated(
            $"{rate,8:0.0}/s  submit p50 {submission.Milliseconds(0.5),7:0.0} ms  p99 {submission.Milliseconds(0.99),8:0.0} ms  errors {result.ErrorCount} {string.Join(", ", result.Errors.Select(e => $"{e.Key}: {e.Value}"))} {note}");
        if (note != "warm-up")
        {
            _steps.Add(step);
        }

        if (settle)
        {
            // What the step before left behind must not be charged to the next one.
            await CatchUpAsync();
        }

        return step;
    }

    private async Task<TimeSpan> CatchUpAsync()
    {
        var watch = Stopwatch.StartNew();
        var last = citizen.Acknowledged.LastOrDefault();
        while (last is not null && watch.Elapsed < TimeSpan.FromMinutes(3) && !await citizen.IsProcessedAsync(last))
        {
            await Task.Delay(50);
        }

        return watch.Elapsed;
    }

    private async Task<(int Lost, int Different)> VerifyAsync()
    {
        await citizen.SignInAsync();
        var (lost, different) = (0, 0);
        var all = citizen.Acknowledged.ToList();
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (filed, _) =>
        {
            if (!await citizen.IsThereAsync(filed))
            {
                Interlocked.Increment(ref lost);
            }
        });
        foreach (var filed in all.Where((_, i) => i % Math.Max(1, all.Count / 50) == 0))
        {
            different += await citizen.BytesAreThereAsync(filed) ? 0 : 1;
        }

        return (lost, different);
    }
}
