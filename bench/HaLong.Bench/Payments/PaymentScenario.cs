using System.Text.Json;
using HaLong.Bench.Limits;
using HaLong.Bench.Load;
using HaLong.Bench.Machine;
using HaLong.Bench.Results;
using HaLong.Cli.Platform;
using Npgsql;
using Spectre.Console;

namespace HaLong.Bench.Payments;

/// <summary>
/// How many transfers a second become settlements when a bank tells them as fast as it can, how long one takes from its notice to its settlement at half that rate, and what a bare
/// commit of three rows takes on the same PostgreSQL in the same run.
/// </summary>
internal sealed class PaymentScenario(PlatformFile platform, BenchOptions options, BankClient bank, OpenRequests requests, NpgsqlConnectionStringBuilder server)
{
    private const int Connections = 20, PerSecond = 150, LeastRequests = 200;
    private const double Pace = 0.5;

    private readonly ResultFile _result = new("payment", MachineInfo.Describe(), [], [], []);
    private int _errors;

    public static async Task<int> RunAsync(BenchOptions options)
    {
        var platform = PlatformFile.Read(options.RunDirectory) ?? throw new InvalidOperationException($"No platform.json in {options.RunDirectory}: start the platform first (./run.sh --detach).");
        if (platform.Accounts.Count == 0)
            throw new InvalidOperationException("This is no development platform: its books are not filled with notices of a bank that does not exist.");
        var server = PgbenchLimit.Server(platform, options.RunDirectory);
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "payment-db" }.ConnectionString);
        using var bank = new BankClient(Address(platform), Secret(options.RunDirectory), Connections);
        return await new PaymentScenario(platform, options, bank, new OpenRequests(database), server).RunAsync();
    }

    /// <summary>Where payment listens for HTTP.</summary>
    internal static Uri Address(PlatformFile platform) => platform.Resources.FirstOrDefault(r => r.Name == "payment")?.Urls is [var url, ..]
        ? new Uri(url)
        : throw new InvalidOperationException("The platform shows no address of payment.");

    private TimeSpan Patience => TimeSpan.FromSeconds(60 + (options.StepSeconds * 12));

    private async Task<int> RunAsync()
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]payment[/] on {MachineInfo.Describe()}, a bank with {Connections} connections");
        var bare = await ThreeRowLimit.MeasureAsync(server, Connections, TimeSpan.FromSeconds(options.StepSeconds));
        _errors += bare.ErrorCount;
        _result.Limits["three_row_commits_per_second"] = bare.PerSecond;
        _result.Limits["three_row_commit_p50_milliseconds"] = bare.Latency.Milliseconds(0.5);
        _result.Limits["three_row_commit_p99_milliseconds"] = bare.Latency.Milliseconds(0.99);

        // The code that settles is compiled while it runs, and again when it proves hot: a quarter is thrown away.
        var total = Math.Max(LeastRequests, (int)(options.StepSeconds * PerSecond));
        var all = await requests.MakeAsync(total, Patience);
        AnsiConsole.MarkupLineInterpolated($"{all.Count} requests opened in unit {requests.Unit}");
        var (warm, fast) = (all[..(total / 4)], all[(total / 4)..(total * 3 / 4)]);
        await SaturateAsync("warm-up", warm, 0);
        await SaturateAsync("full_speed", fast, warm.Count);
        await PaceAsync(all[(total * 3 / 4)..], warm.Count + fast.Count);

        var wrong = await requests.NotBookedOnceAsync();
        (_result.Metrics["errors"], _result.Metrics["requests"], _result.Metrics["not_booked_once"]) = (_errors, all.Count, wrong);
        _result.Ratios["settlements_to_three_row_commits"] = _result.Metrics["full_speed_settlements_per_second"] / bare.PerSecond;
        _result.Ratios["notice_to_settled_p50_to_three_row_commit_p50"] = _result.Metrics["notice_to_settled_p50_milliseconds"] / bare.Latency.Milliseconds(0.5);
        _result.Ratios["notice_to_settled_p99_to_three_row_commit_p99"] = _result.Metrics["notice_to_settled_p99_milliseconds"] / bare.Latency.Milliseconds(0.99);
        ResultTables.Print(_result);
        AnsiConsole.MarkupLineInterpolated($"written to {_result.Write(options.OutputDirectory)}");
        return _errors == 0 && wrong == 0 ? 0 : 1;
    }

    /// <summary>Every connection tells the next transfer as soon as the last is taken.</summary>
    private async Task SaturateAsync(string name, List<OpenRequest> paid, int before)
    {
        var (cpu, since, next, hook) = (CpuMeter.Read(platform.Resources), TimeProvider.System.GetUtcNow(), -1, new Histogram());
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            for (var n = Interlocked.Increment(ref next); n < paid.Count; n = Interlocked.Increment(ref next))
            {
                var started = TimeProvider.System.GetTimestamp();
                await CountAsync(() => bank.TellAsync(paid[n]));
                hook.Record(TimeProvider.System.GetElapsedTime(started));
            }
        })));
        await requests.SettledAsync(before + paid.Count - _errors, Patience);
        var times = await requests.TimesAsync(since);
        var rate = times.Count / (times.Max(t => t.Settled) - times[0].Received).TotalSeconds;
        var told = times.Count / (times[^1].Received - times[0].Received).TotalSeconds;
        AnsiConsole.MarkupLineInterpolated($"{name,-12} {rate,8:0.0} settlements/s, {told,8:0.0} notices/s taken, p99 of the hook {hook.Milliseconds(0.99):0.0} ms");
        if (name == "warm-up")
            return;
        (_result.Metrics[name + "_settlements_per_second"], _result.Metrics[name + "_notices_per_second"]) = (rate, told);
        (_result.Metrics["hook_p50_milliseconds"], _result.Metrics["hook_p99_milliseconds"]) = (hook.Milliseconds(0.5), hook.Milliseconds(0.99));
        foreach (var (resource, milliseconds) in CpuMeter.Read(platform.Resources))
            _result.Metrics[$"cpu_ms_per_settlement_{resource}"] = (milliseconds - cpu.GetValueOrDefault(resource)) / Math.Max(1, times.Count);
    }

    /// <summary>At half the rate: what it is like to wait for one settlement when there is no queue before it.</summary>
    private async Task PaceAsync(List<OpenRequest> paid, int before)
    {
        var rate = Math.Max(1, _result.Metrics["full_speed_settlements_per_second"] * Pace);
        var (since, next) = (TimeProvider.System.GetUtcNow(), -1);
        var duration = TimeSpan.FromSeconds(paid.Count / rate);
        var run = await new OpenLoop(rate, duration).RunAsync(_ => bank.TellAsync(paid[Interlocked.Increment(ref next)]));
        _errors += run.ErrorCount;
        await requests.SettledAsync(before + run.Completed, Patience);
        var latency = new Histogram();
        foreach (var (received, settled) in await requests.TimesAsync(since))
            latency.Record(settled - received);
        var (p50, p99) = (latency.Milliseconds(0.5), latency.Milliseconds(0.99));
        AnsiConsole.MarkupLineInterpolated($"{"paced",-12} {rate,8:0.0} notices/s: notice to settled p50 {p50:0.0} ms, p99 {p99:0.0} ms");
        (_result.Metrics["paced_notices_per_second"], _result.Metrics["notice_to_settled_p50_milliseconds"], _result.Metrics["notice_to_settled_p99_milliseconds"]) = (rate, p50, p99);
    }

    private async Task CountAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is LoadException or HttpRequestException or TaskCanceledException)
        {
            if (Interlocked.Increment(ref _errors) <= 5)
                AnsiConsole.MarkupLineInterpolated($"  [red]{e.Message}[/]");
        }
    }

    private static string Secret(string runDirectory) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(runDirectory, "secrets.json")))!["bank-secret"];
}
