using System.Diagnostics;
using Spectre.Console;

namespace HaLong.Cli.Journey;

/// <summary>One step as it went.</summary>
internal sealed record Step(string Name, TimeSpan Duration, string TraceId, string Detail);

/// <summary>Runs steps one after the other and says what happened, how long it took and under which trace id.</summary>
internal sealed class StepLog
{
    private readonly List<Step> _steps = [];

    /// <summary>Trace id of the step that runs now.</summary>
    public string TraceId { get; private set; } = ActivityTraceId.CreateRandom().ToHexString();

    /// <summary>All steps so far.</summary>
    public IReadOnlyList<Step> Steps => _steps;

    /// <summary>Runs a step; its work returns what to print.</summary>
    public async Task RunAsync(string name, Func<Task<string>> work)
    {
        TraceId = ActivityTraceId.CreateRandom().ToHexString();
        var watch = Stopwatch.StartNew();
        string detail;
        try
        {
            detail = await work();
        }
        catch (Exception e)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]✘[/] {name}: {e.Message} [grey]trace={TraceId}[/]");
            throw;
        }

        _steps.Add(new Step(name, watch.Elapsed, TraceId, detail));
        AnsiConsole.MarkupLineInterpolated($"[green]✔[/] {name,-46} {watch.Elapsed.TotalMilliseconds,7:0} ms  {detail} [grey]trace={TraceId}[/]");
    }

    /// <summary>Fails the step unless the check holds.</summary>
    public static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new JourneyException("Check failed: " + what);
        }
    }

    /// <summary>Polls until the value fits; what other services bring about comes a moment later.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> fits, string what, TimeSpan? within = null)
    {
        var limit = within ?? TimeSpan.FromSeconds(90);
        var watch = Stopwatch.StartNew();
        for (var pause = 25; ; pause = Math.Min(pause * 2, 500))
        {
            var value = await read();
            if (fits(value))
            {
                return value;
            }

            if (watch.Elapsed > limit)
            {
                throw new JourneyException($"Not within {limit.TotalSeconds:0} s: {what}");
            }

            await Task.Delay(pause);
        }
    }
}
