using Aspire.Hosting;
using HaLong.AppHost.Native;

namespace HaLong.AppHost.Tests;

/// <summary>Who starts before whom, and what a failure does to those who wait.</summary>
public sealed class OrderTests
{
    [Fact]
    public async Task A_process_starts_only_when_the_one_it_waits_for_is_healthy()
    {
        await using var sample = await Sample.StartAsync(builder =>
        {
            var first = builder.AddWeb("first");
            builder.AddScript("second", "sleep 1000").WaitFor(first);
        });
        await sample.UntilAsync(() => sample.Instance("second").State == State.Waiting, "the second waits");
        Assert.Contains("first", sample.Instance("second").Reason, StringComparison.Ordinal);

        await sample.StateAsync("second", "Running");
        Assert.Equal(Health.Healthy, sample.Instance("first").Health);
    }

    [Fact]
    public async Task A_process_starts_only_after_the_run_it_needs_has_succeeded()
    {
        await using var sample = await Sample.StartAsync(builder =>
        {
            var migrate = builder.AddScript("migrate", "sleep 0.3; echo done");
            builder.AddScript("service", "sleep 1000").WaitForCompletion(migrate);
        });
        await sample.StateAsync("service", "Running");
        var migrate = sample.Instance("migrate");
        Assert.Equal((State.Finished, Health.Healthy, 0), (migrate.State, migrate.Health, migrate.ExitCode));
        Assert.Empty(migrate.Pids);
    }

    [Fact]
    public async Task A_run_that_fails_is_not_repeated_and_keeps_those_who_need_it_waiting_with_the_reason()
    {
        await using var sample = await Sample.StartAsync(builder =>
        {
            var migrate = builder.AddScript("migrate", "echo the table is broken; exit 7");
            builder.AddScript("service", "sleep 1000").WaitForCompletion(migrate);
        });
        await sample.UntilAsync(() => sample.Instance("service").Reason?.Contains("exit code 7", StringComparison.Ordinal) == true, "the reason is shown");
        Assert.Equal("migrate has failed: it ended with exit code 7, expected 0", sample.Instance("service").Reason);
        Assert.Equal(State.Waiting, sample.Instance("service").State);
        Assert.Equal((State.Finished, Health.Unhealthy, 0), (sample.Instance("migrate").State, sample.Instance("migrate").Health, sample.Instance("migrate").Restarts));
        Assert.Contains("the table is broken", sample.Instance("migrate").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_cannot_be_started_keeps_those_who_need_it_waiting_with_the_reason()
    {
        await using var sample = await Sample.StartAsync(builder =>
        {
            var broken = builder.AddExecutable("broken", "/no/such/program", "/");
            builder.AddScript("service", "sleep 1000").WaitFor(broken);
        });
        await sample.UntilAsync(() => sample.Instance("service").Reason?.StartsWith("broken has failed", StringComparison.Ordinal) == true, "the reason is shown");
        Assert.Equal(State.Waiting, sample.Instance("service").State);
    }

    [Fact]
    public async Task An_unhealthy_process_is_shown_as_such_and_left_running()
    {
        await using var sample = await Sample.StartAsync(builder => builder.AddWeb("one"));
        await sample.HealthyAsync("one");
        var pids = sample.App.GetProcessIds("one");
        using var client = new HttpClient();
        await client.PostAsync(sample.App.Find("one").EndpointNamed("http").Url(0) + "/sick", null, TestContext.Current.CancellationToken);
        await sample.UntilAsync(() => sample.Instance("one").Health == Health.Unhealthy, "it is unhealthy");
        Assert.Equal("/health answers 503", sample.Instance("one").Reason);
        Assert.Equal(pids, sample.App.GetProcessIds("one"));
    }

    [Fact]
    public async Task What_is_to_be_started_explicitly_is_not_started()
    {
        await using var sample = await Sample.StartAsync(builder =>
        {
            builder.AddScript("later", "sleep 1000").WithExplicitStart();
            builder.AddScript("now", "sleep 1000");
        });
        await sample.StateAsync("now", "Running");
        Assert.Equal(State.NotStarted, sample.Instance("later").State);
    }

    [Fact]
    public async Task Resources_that_wait_for_each_other_are_refused()
    {
        var builder = Sample.Model();
        var one = builder.AddScript("one", "true");
        var two = builder.AddScript("two", "true").WaitFor(one);
        one.WaitFor(two);
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => Sample.StartAsync(builder));
        Assert.Equal("Resources wait for each other: one → two → one", refusal.Message);
    }

    [Fact]
    public void A_process_stands_above_what_it_uses_and_stops_before_it()
    {
        var builder = Sample.Model();
        var cache = builder.AddRedis("cache");
        var database = builder.AddPostgres("postgres").AddDatabase("one-db");
        var service = builder.AddWeb("service").WithReference(cache).WithReference(database);
        var gateway = builder.AddWeb("gateway").WithReference(service);
        service.WithReference(gateway);
        Assert.Equal(0, Dependencies.Level(cache.Resource));
        Assert.True(Dependencies.Level(service.Resource) > Dependencies.Level(database.Resource));
        Assert.True(Dependencies.Level(gateway.Resource) > 0);
    }
}
