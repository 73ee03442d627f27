using HaLong.Messaging.CrashHost;
using HaLong.TestSupport;
using Npgsql;

namespace HaLong.Messaging.Tests;

public sealed class ReplicaTests(Servers servers)
{
    [Fact]
    public async Task Three_hosts_on_one_database_publish_each_row_once()
    {
        await using var sample = await Sample.CreateAsync(servers);
        var hosts = new[] { await sample.HostAsync(), await sample.HostAsync(), await sample.HostAsync() };
        await using var observer = await sample.ObserveAsync("sample.work-done.v1");
        await Task.WhenAll(hosts.SelectMany(h => Enumerable.Range(0, 20).Select(_ => h.CommitAsync(5))));
        await sample.SettledAsync(300, TimeSpan.FromSeconds(60));
        Assert.Equal(300, observer.MessageIds.Count);
        Assert.Equal(300, observer.MessageIds.Distinct().Count());
    }

    [Fact]
    public async Task A_replica_does_not_wait_for_the_poll_when_another_held_the_lock()
    {
        await using var sample = await Sample.CreateAsync(servers);
        var host = await sample.HostAsync(settings: ("Outbox:PollInterval", "00:02:00"));
        await host.CommitAsync(1);
        await sample.SettledAsync(1, TimeSpan.FromSeconds(20));

        await using (var other = new NpgsqlConnection(sample.Database))
        {
            // As another dispatcher does while it publishes what it read before our commit.
            await other.OpenAsync();
            await using var transaction = await other.BeginTransactionAsync();
            await using var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock(hashtext('halong.outbox'), hashtext(current_schema()))", other, transaction);
            await command.ExecuteNonQueryAsync();
            await host.CommitAsync(1);
            await Task.Delay(500);
            Assert.Equal(1, await sample.CountAsync(nameof(RecordWork)));
        }

        await sample.SettledAsync(2, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_replica_that_is_stopped_in_the_middle_of_its_work_leaves_it_to_the_other()
    {
        // A process of its own, because only a process that ends gives its connections, and with them what it had taken, back.
        await using var sample = await Sample.CreateAsync(servers);
        await using var first = Child.Start(sample);
        await CrashTests.EnqueueAsync(sample, 10);
        await first.UntilAsync(async () => await sample.CountAsync(nameof(RecordFollowUp)) == 10, "the first replica works");
        var second = await sample.HostAsync();

        await CrashTests.EnqueueAsync(sample, 400);
        await Eventually.Async(async () => await sample.CountAsync(nameof(RecordWork)) > 30, "both are in the middle of it");
        await first.StopAsync();

        await second.CommitAsync(10);
        await sample.SettledAsync(420, TimeSpan.FromSeconds(60));
        Assert.Equal(0, first.ExitCode);
    }
}
