using Aspire.Hosting;
using HaLong.AppHost.Native;

namespace HaLong.AppHost.Tests;

/// <summary>Waiting for runs to end, and what becomes of those who cannot go on; with shell scripts only.</summary>
public sealed class CompletionTests
{
    [Fact]
    public async Task Another_exit_code_than_nought_can_be_the_good_one()
    {
        await using var sample = await Sample.StartAsync(builder =>
        {
            var check = builder.AddScript("check", "exit 3");
            builder.AddScript("wants-three", "sleep 1000").WaitForCompletion(check, exitCode: 3);
            builder.AddScript("wants-nought", "sleep 1000").WaitForCompletion(check);
        });
        await sample.StateAsync("wants-three", "Running");
        await sample.UntilAsync(() => sample.Instance("wants-nought").Reason?.Contains("exit code 3", StringComparison.Ordinal) == true, "the other is told why not");
        Assert.Equal((State.Waiting, "check has failed: it ended with exit code 3, expected 0"), (sample.Instance("wants-nought").State, sample.Instance("wants-nought").Reason));
        Assert.Equal((3, 0), (sample.Instance("check").ExitCode, sample.App.GetRestarts("check")));
    }

    [Fact]
    public async Task A_run_that_cannot_even_start_is_not_tried_again_and_those_who_need_it_hear_of_it()
    {
        await using var sample = await Sample.StartAsync(builder =>
        {
            var migrate = builder.AddExecutable("migrate", "/no/such/program", "/");
            builder.AddScript("service", "sleep 1000").WaitForCompletion(migrate);
        });
        await sample.UntilAsync(() => sample.Instance("service").Reason?.StartsWith("migrate could not be started", StringComparison.Ordinal) == true, "the reason is shown");
        Assert.Equal("migrate could not be started: There is no program /no/such/program.", sample.Instance("service").Reason);
        Assert.Equal((State.FailedToStart, 0), (sample.Instance("migrate").State, sample.Instance("migrate").Restarts));
    }

    [Fact]
    public async Task All_that_is_waited_for_must_have_come_true()
    {
        var folder = Directory.CreateTempSubdirectory("halong-test-");
        await using var sample = await Sample.StartAsync(builder =>
        {
            var first = builder.AddScript("first", "true");
            var second = builder.AddScript("second", $"while [ ! -e {folder.FullName}/go ]; do sleep 0.05; done");
            var parameter = builder.AddParameter("value", "known");
            builder.AddScript("service", "sleep 1000").WaitFor(parameter).WaitForCompletion(first).WaitForCompletion(second);
        });
        await sample.UntilAsync(() => sample.Instance("service").Reason == "waits for second to finish", "it waits for the second");
        Assert.Empty(sample.App.GetProcessIds("service"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "go"), "", TestContext.Current.CancellationToken);
        await sample.StateAsync("service", "Running");
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Who_waits_for_what_is_started_by_hand_only_waits()
    {
        await using var sample = await Sample.StartAsync(builder =>
        {
            var later = builder.AddScript("later", "sleep 1000").WithExplicitStart();
            builder.AddScript("service", "sleep 1000").WaitFor(later);
        });
        await sample.UntilAsync(() => sample.Instance("service").State == State.Waiting, "it waits");
        Assert.Equal("service Waiting Unknown waits for later", sample.App.Describe("service"));
        Assert.Equal("later NotStarted Unknown", sample.App.Describe("later"));
    }

    [Fact]
    public async Task A_killed_program_is_said_to_be_ended_by_the_signal_and_is_started_again()
    {
        await using var sample = await Sample.StartAsync(builder => builder.AddScript("one", "echo up; sleep 1000"));
        // It may speak before its id is noted.
        await sample.UntilAsync(() => sample.App.GetLastLines("one").Count == 1 && sample.App.GetProcessIds("one").Count == 1, "it is up");
        Libc.Signal(sample.App.GetProcessIds("one")[0], Libc.Kill);
        await sample.UntilAsync(() => sample.App.GetRestarts("one") == 1 && sample.App.GetLastLines("one").Count == 2, "it is up again");
        Assert.Contains("one: was ended by signal 9; next try in 0.5 s (last words: up)", sample.App.GetLastLines("host"));
    }

    [Fact]
    public async Task A_program_that_listens_is_not_done_when_it_ends_even_if_it_ends_well()
    {
        await using var sample = await Sample.StartAsync(builder => builder.AddScript("one", "exit 0").WithHttpEndpoint(env: "PORT"));
        await sample.UntilAsync(() => sample.App.GetRestarts("one") >= 1, "it is started again");
        Assert.Contains("one: ended with exit code 0; next try in 0.5 s", sample.App.GetLastLines("host"));
    }

    [Fact]
    public async Task A_health_check_without_an_endpoint_or_an_answer_says_so()
    {
        await using var sample = await Sample.StartAsync(builder =>
        {
            builder.AddScript("nowhere", "sleep 1000").WithHttpHealthCheck("/health");
            builder.AddScript("silent", "sleep 1000").WithHttpEndpoint(env: "PORT").WithHttpHealthCheck("/health");
        });
        await sample.UntilAsync(() => sample.Instance("nowhere").Reason is not null && sample.Instance("silent").Reason is not null, "both are asked");
        Assert.Equal("has a health check but no endpoint", sample.Instance("nowhere").Reason);
        Assert.Equal("/health does not answer", sample.Instance("silent").Reason);
        Assert.Equal((State.Running, Health.Unknown), (sample.Instance("silent").State, sample.Instance("silent").Health));
    }

    [Fact]
    public async Task A_reference_that_cannot_be_resolved_is_a_reason_in_words_and_not_a_crash_of_the_host()
    {
        await using var sample = await Sample.StartAsync(builder =>
        {
            var elsewhere = builder.AddConnectionString("elsewhere");
            builder.AddScript("needs", "sleep 1000").WithReference(elsewhere);
            builder.AddScript("does-not", "sleep 1000");
        });
        await sample.StateAsync("does-not", "Running");
        await sample.UntilAsync(() => sample.Instance("needs").Reason is not null, "the reason is shown");
        Assert.Contains("needs: Connection string 'elsewhere' is missing: set ConnectionStrings__elsewhere.", sample.Instance("needs").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_application_may_be_started_again_in_the_same_folder()
    {
        var builder = Sample.Model();
        builder.AddScript("one", "echo up; sleep 1000");
        await using var app = builder.Build();
        foreach (var start in new[] { 1, 2 })
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
            await app.ResourceNotifications.WaitForResourceAsync("one", "Running").WaitAsync(Sample.Patience, TestContext.Current.CancellationToken);
            var pid = Assert.Single(app.GetProcessIds("one"));
            await app.StopAsync(TestContext.Current.CancellationToken);
            Assert.False(SampleExtensions.IsAlive(pid), $"start {start}");
            Assert.Equal("one Exited Unknown", app.Describe("one"));
        }
    }
}
