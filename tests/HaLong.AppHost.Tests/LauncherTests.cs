using System.Collections.Concurrent;
using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using HaLong.AppHost.Native;

namespace HaLong.AppHost.Tests;

/// <summary>Child processes: how they begin, what they say and how they end.</summary>
public sealed class LauncherTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_streams_and_the_exit_code_come_back()
    {
        var (exitCode, output) = await Launcher.RunAsync(Script("echo out; echo err >&2; exit 42"), Ct);
        Assert.Equal(42, exitCode);
        Assert.Equal(["err", "out"], output.Split('\n').Order());
    }

    [Fact]
    public async Task A_process_that_a_signal_ends_is_told_by_128_and_the_signal() =>
        Assert.Equal(128 + Libc.Kill, (await Launcher.RunAsync(Script("kill -9 $$"), Ct)).ExitCode);

    [Fact]
    public async Task Variables_are_added_to_the_hosts_and_those_without_a_value_taken_away()
    {
        var script = Script("echo \"$ADDED|${HOME-none}|${PATH:+path}\"") with { Environment = new Dictionary<string, string?> { ["ADDED"] = "yes", ["HOME"] = null } };
        Assert.Equal("yes|none|path", (await Launcher.RunAsync(script, Ct)).Output);
    }

    [Fact]
    public async Task From_a_clean_environment_only_what_is_given_is_seen()
    {
        var spec = new LaunchSpec("/usr/bin/env", [], "/")
        {
            CleanEnvironment = true,
            Environment = new Dictionary<string, string?> { ["PATH"] = "/usr/bin:/bin", ["ONE"] = "1" },
        };
        Assert.Equal(["ONE=1", "PATH=/usr/bin:/bin"], (await Launcher.RunAsync(spec, Ct)).Output.Split('\n').Order());
    }

    [Fact]
    public async Task Arguments_arrive_as_they_are_without_a_shell_reading_them()
    {
        var (_, output) = await Launcher.RunAsync(new LaunchSpec("printf", ["%s\n", "two words", "$HOME", "'", "--", ""], "/"), Ct);
        Assert.Equal("two words\n$HOME\n'\n--\n", output);
    }

    [Fact]
    public async Task Nothing_can_be_read_from_the_hosts_terminal() =>
        Assert.Equal("end of input", (await Launcher.RunAsync(Script("read line || echo end of input"), Ct)).Output);

    [Fact]
    public async Task A_polite_process_is_given_the_time_to_end_well()
    {
        var lines = new ConcurrentQueue<string>();
        using var process = await Launcher.StartAsync(Script("trap 'echo bye; exit 5' TERM; echo ready; while true; do sleep 0.05; done"), lines.Enqueue);
        await UntilAsync(() => lines.Contains("ready"));
        await process.StopAsync(Sample.Patience);
        await process.OutputRead.WaitAsync(Sample.Patience, Ct);
        Assert.Equal(5, await process.Exited);
        Assert.Equal("bye", lines.Last());
    }

    [Fact]
    public async Task A_stubborn_process_is_killed_after_the_shorter_of_the_two_patiences_with_all_it_has_started()
    {
        var lines = new ConcurrentQueue<string>();
        var spec = Script("trap '' TERM; sleep 1000 & echo $!; while true; do sleep 0.05; done") with { Patience = TimeSpan.FromMilliseconds(200) };
        using var process = await Launcher.StartAsync(spec, lines.Enqueue);
        await UntilAsync(() => !lines.IsEmpty);
        var watch = Stopwatch.StartNew();
        await process.StopAsync(Sample.Patience);
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(190), TimeSpan.FromSeconds(20));
        Assert.Equal(128 + Libc.Kill, await process.Exited);
        await UntilAsync(() => !SampleExtensions.IsAlive(int.Parse(lines.First(), null)));
    }

    [Fact]
    public async Task Another_signal_than_the_usual_one_can_be_asked_for()
    {
        var lines = new ConcurrentQueue<string>();
        // Not INT: whoever starts the tests in the background hands INT down ignored, and a shell cannot trap what is ignored.
        const int user1 = 10;
        var spec = Script("trap 'exit 2' USR1; trap 'exit 15' TERM; echo ready; while true; do sleep 0.05; done") with { StopSignal = user1 };
        using var process = await Launcher.StartAsync(spec, lines.Enqueue);
        await UntilAsync(() => lines.Contains("ready"));
        await process.StopAsync(Sample.Patience);
        Assert.Equal(2, await process.Exited);
        // Asking again what has ended is no error.
        await process.StopAsync(Sample.Patience);
    }

    [Fact]
    public async Task A_helper_that_takes_too_long_is_killed_when_its_caller_gives_up()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var (exitCode, _) = await Launcher.RunAsync(new LaunchSpec("sleep", ["1000"], "/"), limit.Token).WaitAsync(Sample.Patience, Ct);
        Assert.Equal(128 + Libc.Kill, exitCode);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named()
    {
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => Launcher.StartAsync(new LaunchSpec("true", [], "/no/such/folder"), _ => { }));
        Assert.StartsWith("Cannot start true:", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("/no/such/folder", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_account_is_taken_on_completely()
    {
        Assert.Equal(["setpriv", "--pdeathsig", "KILL", "--", "sh", "-c", "true"], Script("true").Wrapped());
        Assert.Equal(
            ["setpriv", "--pdeathsig", "KILL", "--reuid=65534", "--regid=65533", "--clear-groups", "--no-new-privs", "--", "sh", "-c", "true"],
            (Script("true") with { User = new SystemUser("nobody", 65534, 65533) }).Wrapped());
    }

    [Fact]
    public void Accounts_and_programs_are_found_or_their_absence_is_explained()
    {
        Assert.Equal(new SystemUser("root", 0, 0), SystemUser.Find("root"));
        Assert.Null(SystemUser.Find("roo"));
        Assert.Equal("/bin/sh", Programs.Existing("/bin/sh", "/"));
        Assert.Equal("/bin/sh", Programs.Existing("../bin/sh", "/usr"));
        Assert.EndsWith("/sh", Programs.Existing("sh", "/nowhere"), StringComparison.Ordinal);
        Assert.Equal("There is no program ./sh.", Assert.Throws<DistributedApplicationException>(() => Programs.Existing("./sh", "/no/such")).Message);
        Assert.Equal("/bin/sh", Programs.Find("A shell", "dash", "/no/such/sh", "/bin/sh"));
        Assert.Equal(
            "Redis is not installed. On Debian or Ubuntu: apt-get install redis-server",
            Assert.Throws<DistributedApplicationException>(() => Programs.Find("Redis", "redis-server", "no-such-program")).Message);
    }

    private static LaunchSpec Script(string script) => new("sh", ["-c", script], "/");

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(Sample.Patience);
        while (!condition())
            await Task.Delay(10, limit.Token);
    }
}
