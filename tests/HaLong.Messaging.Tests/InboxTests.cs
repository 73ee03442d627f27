using System.Collections.Concurrent;
using HaLong.Messaging.CrashHost;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaLong.Messaging.Tests;

public sealed class InboxTests(Servers servers)
{
    [Fact]
    public async Task A_consumer_that_fails_twice_after_enqueueing_leaves_one_effect_and_one_event()
    {
        await using var sample = await Sample.CreateAsync(servers);
        var host = await sample.HostAsync();
        await using var observer = await sample.ObserveAsync("sample.work-recorded.v1");
        var id = Guid.CreateVersion7();
        host.Behaviour().Failures[id] = 2;
        await host.PublishAsync(new WorkDone(id, "difficult"));
        await sample.SettledAsync(1);
        Assert.Equal(3, host.Behaviour().Attempts[id]);
        Assert.Single(observer.MessageIds);
    }

    [Fact]
    public async Task Concurrent_duplicates_are_taken_once()
    {
        await using var sample = await Sample.CreateAsync(servers);
        var hosts = new[] { await sample.HostAsync(), await sample.HostAsync() };
        var meters = hosts.Select(h => h.Meters()).ToList();
        foreach (var host in hosts)
        {
            host.Behaviour().Meanwhile = () => Task.Delay(Random.Shared.Next(5, 40));
        }

        // 40 messages, each five times at once, to two replicas.
        await Task.WhenAll(Enumerable.Range(0, 40).SelectMany(_ =>
        {
            var (message, id) = (new WorkDone(Guid.CreateVersion7(), "five times"), Guid.CreateVersion7());
            return Enumerable.Range(0, 5).Select(i => hosts[i % 2].PublishAsync(message, id));
        }));
        await Eventually.Async(() => Task.FromResult(meters.Sum(m => m["inbox.duplicates"]) >= 160), "160 duplicates refused");
        await sample.SettledAsync(40);
        meters.ForEach(m => m.Dispose());
    }

    [Fact]
    public async Task The_same_message_on_two_queues_is_taken_by_both()
    {
        await using var sample = await Sample.CreateAsync(servers);
        var host = await sample.HostAsync();
        var id = Guid.CreateVersion7();
        await host.PublishAsync(new WorkDone(Guid.CreateVersion7(), "a"), id);
        await host.PublishAsync(new WorkRecorded(Guid.CreateVersion7()), id);
        await Eventually.Async(async () => await sample.CountAsync(nameof(RecordFollowUp)) == 2, "both taken, and the event of the first");
    }

    [Fact]
    public async Task A_message_that_cannot_be_handled_ends_in_the_error_queue_and_leaves_nothing_else()
    {
        await using var sample = await Sample.CreateAsync(servers);
        var host = await sample.HostAsync();
        var id = Guid.CreateVersion7();
        host.Behaviour().Failures[id] = int.MaxValue;
        await host.PublishAsync(new WorkDone(id, "hopeless"));
        await host.CommitAsync(5);
        await sample.SettledAsync(5);
        var errors = new ErrorQueues(sample.Broker, ["sample-record-work"]);
        await Eventually.Async(async () => (await errors.CountAsync()).SingleOrDefault().Messages == 1, "one failed message", TimeSpan.FromSeconds(60));
        Assert.Equal(5, host.Behaviour().Attempts[id]);
        Assert.False(await sample.QueryAsync(db => db.Effects.AnyAsync(e => e.WorkId == id)));
    }

    [Theory]
    [InlineData("neighbour")]
    [InlineData("database")]
    public async Task A_server_that_is_away_for_longer_than_the_retries_is_waited_for(string away)
    {
        await using var sample = await Sample.CreateAsync(servers);
        var host = await sample.HostAsync();
        var id = Guid.CreateVersion7();
        var since = TimeProvider.System.GetUtcNow();
        var back = since.AddSeconds(10);
        host.Behaviour().Failures[id] = int.MaxValue;
        host.Behaviour().Fault = () =>
        {
            if (TimeProvider.System.GetUtcNow() > back)
            {
                host.Behaviour().Failures[id] = 0;
            }

            return away == "neighbour" ? new ErrorException(CommonErrors.Unavailable) : new NpgsqlException("Gone.", new IOException());
        };
        await host.PublishAsync(new WorkDone(id, "patient"));
        await sample.SettledAsync(1, TimeSpan.FromSeconds(60));
        Assert.InRange(host.Behaviour().Attempts[id], 4, 12);
    }

    [Fact]
    public async Task A_database_outage_during_consumption_loses_and_doubles_nothing()
    {
        await using var sample = await Sample.CreateAsync(servers);
        var address = new NpgsqlConnectionStringBuilder(sample.Database);
        await using var wire = TcpProxy.To(address.Host!, address.Port);
        (address.Host, address.Port) = ("127.0.0.1", wire.Port);
        var host = await sample.HostAsync(database: address.ConnectionString);
        host.Behaviour().Meanwhile = () => Task.Delay(20);
        await host.CommitAsync(200);
        await Eventually.Async(async () => await sample.CountAsync(nameof(RecordWork)) > 20, "work under way");
        wire.Cut();
        await Task.Delay(TimeSpan.FromSeconds(9));
        wire.Mend();
        await sample.SettledAsync(200, TimeSpan.FromSeconds(90));
        Assert.All(await new ErrorQueues(sample.Broker, ["sample-record-work", "sample-record-follow-up"]).CountAsync(), q => Assert.Equal(0u, q.Messages));
    }

    [Fact]
    public void Only_servers_that_are_away_are_waited_for()
    {
        var outages = new ConcurrentDictionary<Exception, bool>
        {
            [new ErrorException(CommonErrors.Unavailable)] = true,
            [new ErrorException(CommonErrors.Timeout)] = true,
            [new ErrorException(CommonErrors.NotFound)] = false,
            [new InvalidOperationException("x", new NpgsqlException("gone", new IOException()))] = true,
            [new DbUpdateException("x", new PostgresException("lost", "E", "E", PostgresErrorCodes.SerializationFailure))] = false,
            [new DbUpdateException("x", new PostgresException("taken", "E", "E", PostgresErrorCodes.UniqueViolation))] = false,
            [new PostgresException("stopping", "E", "E", PostgresErrorCodes.AdminShutdown)] = true,
            [new InvalidOperationException("bug")] = false,
        };
        Assert.All(outages, o => Assert.Equal(o.Value, Outages.IsOutage(o.Key)));
    }
}
