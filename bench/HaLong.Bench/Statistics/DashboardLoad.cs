using HaLong.Bench.Load;
using HaLong.Bench.Results;
using Spectre.Console;

namespace HaLong.Bench.Statistics;

/// <summary>Asks the questions of dashboards one after another, each by two readers at once, so often that a p95 can be told.</summary>
internal sealed class DashboardLoad(DashboardClients clients, ResultFile result, int readers)
{
    /// <summary>The slow ones end earlier, after <see cref="Longest"/>.</summary>
    private const int Repetitions = 30, SignInEvery = 60;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    public const double TargetMilliseconds = 300;

    public int Errors { get; private set; }

    public double Worst { get; private set; }

    public async Task RunAsync(IReadOnlyList<Question> questions)
    {
        foreach (var some in questions.Chunk(SignInEvery))
        {
            await clients.SignInAsync(some.Select(q => q.Who).OfType<string>().Distinct());
            foreach (var question in some)
            {
                await MeasureAsync(question);
            }
        }

        (result.Metrics["http_questions"], result.Metrics["http_errors"]) = (questions.Count, Errors);
        result.Metrics["http_worst_p95_milliseconds"] = Worst;
        result.Ratios["http_worst_p95_to_target"] = Worst / TargetMilliseconds;
    }

    private async Task MeasureAsync(Question question)
    {
        try
        {
            // What is asked for the first time is compiled and read from disk first.
            await clients.AskAsync(question);
            Note(question.Name, await ClosedLoop.RunAsync(readers, Longest, _ => clients.AskAsync(question), Repetitions));
            if (question.Paged && await clients.DeepAsync(question) is { } deep)
            {
                await MeasureAsync(deep with { Paged = false });
            }
        }
        catch (Exception e) when (e is LoadException or HttpRequestException or TaskCanceledException)
        {
            Errors++;
            AnsiConsole.MarkupLineInterpolated($"[red]{question.Name}: {e.Message}[/]");
        }
    }

    private void Note(string name, ClosedLoopResult asked)
    {
        var (p50, p95) = (asked.Latency.Milliseconds(0.5), asked.Latency.Milliseconds(0.95));
        AnsiConsole.MarkupLineInterpolated($"{name,-56} p50 {p50,8:0.0} ms  p95 {p95,8:0.0} ms  {asked.Completed,4} times  errors {asked.ErrorCount}");
        Errors += asked.ErrorCount;
        Worst = Math.Max(Worst, p95);
        (result.Metrics[name + "_p50_milliseconds"], result.Metrics[name + "_p95_milliseconds"]) = (p50, p95);
    }
}
