using HaLong.Bench.Limits;
using HaLong.Bench.Load;
using HaLong.Bench.Machine;
using HaLong.Bench.Results;
using HaLong.Dossiers.Deadlines;
using Spectre.Console;

namespace HaLong.Bench.Scenarios;

/// <summary>Due dates per second and core, counted by the engine itself: no platform, no network.</summary>
internal sealed class DeadlineScenario(BenchOptions options)
{
    /// <summary>Different dossiers, so that no branch and no cache line is always the same.</summary>
    internal const int Dossiers = 4096;

    private const int FirstYear = 2020, Years = 8;

    private static readonly DateTimeOffset Epoch = new(FirstYear, 1, 6, 0, 0, 0, TimeSpan.FromHours(7));

    private readonly ResultFile _result = new("deadline", MachineInfo.Describe(), [], [], []);
    private readonly WorkCalendar _calendar = Calendar();
    private readonly DeadlineRules _rules = new() { Regime = "bench", ValidFrom = default, Hours = new WorkingHours(new(new(7, 0), new(11, 30)), new(new(13, 30), new(17, 0))) };

    public static Task<int> RunAsync(BenchOptions options) => Task.FromResult(new DeadlineScenario(options).Run());

    private int Run()
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]deadline[/] on {MachineInfo.Describe()}, one core");
        var plain = Histories(static (receipt, _) => [Entry(1, ClockEffect.Start, receipt)]);
        var working = Measure("working_days", i => new TimeLimit(LimitUnit.WorkingDay, 1 + (i % 30)), plain);
        Measure("calendar_days", i => new TimeLimit(LimitUnit.CalendarDay, 1 + (i % 60)), plain);
        Measure("working_hours", i => new TimeLimit(LimitUnit.WorkingHour, 60 * (1 + (i % 40))), plain);
        Measure("paused_and_restarted", i => new TimeLimit(LimitUnit.WorkingDay, 1 + (i % 30)), Histories(static (receipt, random) =>
        [
            Entry(1, ClockEffect.Start, receipt), Entry(2, ClockEffect.Pause, receipt.AddMinutes(random.Next(1, 3000))),
            Entry(3, ClockEffect.Resume, receipt.AddMinutes(random.Next(3000, 9000))), Entry(4, ClockEffect.Pause, receipt.AddMinutes(random.Next(9000, 12_000))),
            Entry(5, ClockEffect.Restart, receipt.AddMinutes(random.Next(12_000, 30_000))),
        ]));
        var walked = PerCore.Rate(Step, Dossiers, () => Walk(plain));

        var limit = TableLimit.Measure(Step);
        _result.Limits["table_looks_per_second_per_core"] = limit;
        _result.Limits["walking_day_by_day_per_second_per_core"] = walked;
        _result.Ratios["working_days_to_table_looks"] = working / limit;
        _result.Ratios["working_days_to_walking_day_by_day"] = working / walked;
        ResultTables.Print(_result);
        AnsiConsole.MarkupLineInterpolated($"written to {_result.Write(options.OutputDirectory)}");
        return working >= 1_000_000 ? 0 : 1;
    }

    private TimeSpan Step => TimeSpan.FromSeconds(Math.Min(3, options.StepSeconds));

    private double Measure(string name, Func<int, TimeLimit> limitOf, ClockEntry[][] histories)
    {
        var limits = Enumerable.Range(0, Dossiers).Select(limitOf).ToArray();
        var now = Epoch.AddYears(Years);
        long Round()
        {
            var sum = 0L;
            for (var i = 0; i < histories.Length; i++)
            {
                sum += DeadlineEngine.Evaluate(limits[i], histories[i], _calendar, _rules, now).DueAt.GetValueOrDefault().Ticks;
            }

            return sum;
        }

        var rate = PerCore.Rate(Step, Dossiers, Round);
        _result.Metrics[name + "_per_second_per_core"] = rate;
        _result.Metrics[name + "_allocated_bytes_each"] = PerCore.Allocated(Dossiers, Round, attempts: 40);
        AnsiConsole.MarkupLineInterpolated($"{name,-24} {rate,14:N0} per second and core");
        return rate;
    }

    /// <summary>The same count without tables, to see what they are worth.</summary>
    private long Walk(ClockEntry[][] histories)
    {
        var sum = 0L;
        for (var i = 0; i < histories.Length; i++)
        {
            var day = DateOnly.FromDateTime(histories[i][0].At.DateTime);
            for (var left = 1 + (i % 30); left > 0;)
            {
                day = day.AddDays(1);
                left -= _calendar.KindOf(day) is DayKind.Ordinary or DayKind.SwapWork ? 1 : 0;
            }

            sum += day.DayNumber;
        }

        return sum;
    }

    private static ClockEntry[][] Histories(Func<DateTimeOffset, Random, ClockEntry[]> make)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, Dossiers).Select(_ => make(Epoch.AddMinutes(random.Next((Years - 1) * 365 * 24 * 60)), random))];
    }

    private static ClockEntry Entry(int number, ClockEffect effect, DateTimeOffset at) =>
        new() { Number = number, Effect = effect, At = at, Cause = "", ReasonVi = "", ReasonEn = "" };

    private static WorkCalendar Calendar() => new(
        1, Enumerable.Range(FirstYear, Years).SelectMany(year => CalendarDraft.Of(year, 2)), Enumerable.Range(FirstYear, Years).ToDictionary(y => y, _ => true));
}
