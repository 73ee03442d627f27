using Aspire.Hosting;
using Aspire.Hosting.Testing;
using HaLong.AppHost.Native;

namespace HaLong.AppHost.Tests;

/// <summary>What happens after a crash.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task A_crashed_project_is_started_again_on_the_same_port()
    {
        await using var sample = await Sample.StartAsync(builder => builder.AddWeb("one"));
        await sample.HealthyAsync("one");
        var (address, pid) = (sample.App.GetEndpoint("one"), sample.App.GetProcessIds("one")[0]);
        Assert.True(Libc.Signal(pid, Libc.Kill));

        await sample.UntilAsync(() => sample.Instance("one") is { Health: Health.Healthy, Restarts: 1 }, "it is healthy again");
        Assert.Equal(address, sample.App.GetEndpoint("one"));
        Assert.NotEqual(pid, sample.App.GetProcessIds("one")[0]);
    }

    [Fact]
    public async Task A_killed_server_comes_back_with_its_data()
    {
        await using var sample = await Sample.StartAsync(builder => builder.AddRedis("cache").WithPersistence());
        await sample.HealthyAsync("cache");
        await using (var redis = await Redis.ConnectAsync((await sample.App.GetConnectionStringAsync("cache", TestContext.Current.CancellationToken))!))
            await redis.AskAsync("SET kept yes");
        await Task.Delay(1_100, TestContext.Current.CancellationToken); // Redis writes its log to disk once a second.
        Libc.Signal(sample.App.GetProcessIds("cache")[0], Libc.Kill);
        await sample.UntilAsync(() => sample.Instance("cache") is { Health: Health.Healthy, Restarts: 1 }, "it is healthy again");
        await using var again = await Redis.ConnectAsync((await sample.App.GetConnectionStringAsync("cache", TestContext.Current.CancellationToken))!);
        Assert.Equal("$3 yes", await again.AskAsync("GET kept"));
    }

    [Fact]
    public async Task A_crash_loop_is_reported_in_words()
    {
        await using var sample = await Sample.StartAsync(builder => builder.AddScript("looping", "echo no configuration >&2; echo '   at Program.Main()' >&2; exit 9"));
        await sample.UntilAsync(() => sample.Instance("looping").Restarts >= 2, "it is tried again");
        await sample.UntilAsync(() => sample.Instance("looping").Reason?.StartsWith("keeps crashing: 3 times in", StringComparison.Ordinal) == true, "the loop is named");
        Assert.Matches("the last time it ended with exit code 9; next try in 2 s$", sample.Instance("looping").Reason);
        Assert.Contains("looping: keeps crashing", string.Join('\n', sample.App.GetLastLines("host")), StringComparison.Ordinal);
        Assert.Contains("last words: no configuration", string.Join('\n', sample.App.GetLastLines("host")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_ends_well_is_finished()
    {
        await using var sample = await Sample.StartAsync(builder => builder.AddScript("job", "echo done"));
        await sample.StateAsync("job", "Finished");
        Assert.Equal((0, 0, Health.Healthy), (sample.Instance("job").ExitCode, sample.Instance("job").Restarts, sample.Instance("job").Health));
    }

    [Fact]
    public void Waits_double_up_to_a_limit_and_begin_anew_after_a_stable_time()
    {
        var backOff = new BackOff(TimeProvider.System);
        var crash = TimeSpan.FromMilliseconds(10);
        var waits = Enumerable.Range(0, 9).Select(_ => backOff.Next(crash, "ended with exit code 1").Delay.TotalSeconds);
        Assert.Equal([0.5, 1, 2, 4, 8, 16, 30, 30, 30], waits);

        var (delay, words) = backOff.Next(BackOff.Stable, "ended with exit code 1");
        Assert.Equal(BackOff.First, delay);
        Assert.Equal("ended with exit code 1; next try in 0.5 s", words);
    }
}
