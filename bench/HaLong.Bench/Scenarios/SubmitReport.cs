using HaLong.Bench.Load;
using HaLong.Bench.Results;
using Spectre.Console;

namespace HaLong.Bench.Scenarios;

/// <summary>The run as tables.</summary>
internal static class SubmitReport
{
    public static void Print(IEnumerable<(OpenLoopResult Result, Histogram Submission)> steps, ResultFile result)
    {
        var rates = new Table().Title("Rates tried").Border(TableBorder.Rounded);
        foreach (var column in new[] { "offered/s", "done/s", "submit p50 ms", "p95", "p99", "max", "whole p99", "errors" })
        {
            rates.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var (step, submission) in steps)
        {
            rates.AddRow([.. new[]
            {
                step.Rate, step.Achieved, submission.Milliseconds(0.5), submission.Milliseconds(0.95), submission.Milliseconds(0.99), submission.MaxMilliseconds,
                step.Whole.Milliseconds(0.99), step.ErrorCount,
            }.Select(ResultTables.Number)]);
        }

        AnsiConsole.Write(rates);
        ResultTables.Print(result);
    }
}
