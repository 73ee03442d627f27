using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using HaLong.Messaging.CrashHost;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Messaging.Tests;

/// <summary>The wire to the broker is cut; the broker itself belongs to everybody.</summary>
public sealed class BrokerOutageTests(Servers servers)
{
    [Fact]
    public async Task What_is_committed_during_an_outage_is_delivered_once_after_it()
    {
        await using var sample = await Sample.CreateAsync(servers);
        await using var wire = Wire(sample);
        var host = await sample.HostAsync(broker: Through(sample, wire));
        await host.CommitAsync(20);
        await sample.SettledAsync(20);

        wire.Cut();
        for (var i = 0; i < 5; i++)
        {
            await host.CommitAsync(10);
        }

        using var client = host.Client(sample.Identity.Token());
        using var served = await client.PostAsJsonAsync("/work", new NewWork("during the outage"));
        Assert.Equal(HttpStatusCode.Created, served.StatusCode);
        Assert.Equal("Degraded", await client.GetStringAsync("/health"));
        Assert.Equal(51, await sample.OutboxAsync());

        wire.Mend();
        var watch = Stopwatch.StartNew();
        await sample.SettledAsync(71, TimeSpan.FromSeconds(60));
        TestContext.Current.SendDiagnosticMessage($"delivered {watch.ElapsedMilliseconds} ms after the broker was back");
        Assert.Equal("Healthy", await client.GetStringAsync("/health"));
    }

    [Fact]
    public async Task An_outage_burns_no_attempts()
    {
        await using var sample = await Sample.CreateAsync(servers);
        await using var wire = Wire(sample);
        var host = await sample.HostAsync(broker: Through(sample, wire));
        wire.Cut();
        await host.CommitAsync(10);
        await Task.Delay(TimeSpan.FromSeconds(5));
        Assert.All(await sample.QueryAsync(db => db.Set<OutboxMessage>().ToListAsync()), row => Assert.Equal(0, row.Attempts));
        wire.Mend();
        await sample.SettledAsync(10, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Cuts_in_the_middle_of_traffic_lose_and_double_nothing()
    {
        await using var sample = await Sample.CreateAsync(servers);
        await using var wire = Wire(sample);
        var host = await sample.HostAsync(broker: Through(sample, wire));
        var works = 0;
        for (var cut = 0; cut < 3; cut++)
        {
            for (var i = 0; i < 10; i++)
            {
                await host.CommitAsync(10);
                works += 10;
            }

            wire.Cut();
            await host.CommitAsync(10);
            works += 10;
            wire.Mend();
            var so = works;
            await Eventually.Async(async () => await sample.CountAsync(nameof(RecordWork)) >= so - 50, "going on", TimeSpan.FromSeconds(60));
        }

        await sample.SettledAsync(works, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_service_starts_and_serves_while_the_broker_is_down()
    {
        await using var sample = await Sample.CreateAsync(servers);
        await using var wire = Wire(sample, cut: true);
        var watch = Stopwatch.StartNew();
        var host = await sample.HostAsync(broker: Through(sample, wire), waitForBus: false);
        using var client = host.Client(sample.Identity.Token());
        using var served = await client.PostAsJsonAsync("/work", new NewWork("before the broker"));
        Assert.Equal(HttpStatusCode.Created, served.StatusCode);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15), $"took {watch.Elapsed}");

        // Not ready: its queues were never declared, and a neighbour that relies on them should wait.
        using var health = await client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        using var alive = await client.GetAsync("/alive");
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);

        wire.Mend();
        await sample.SettledAsync(1, TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_host_stops_quickly_with_the_broker_up_or_down(bool down)
    {
        await using var sample = await Sample.CreateAsync(servers);
        await using var wire = Wire(sample);
        var host = await sample.HostAsync(broker: Through(sample, wire));
        var stuck = Guid.CreateVersion7();
        host.Behaviour().Failures[stuck] = int.MaxValue;
        host.Behaviour().Fault = () => new HaLong.ServiceDefaults.ErrorException(HaLong.ServiceDefaults.CommonErrors.Unavailable);
        await host.PublishAsync(new WorkDone(stuck, "being retried"));
        await Eventually.Async(() => Task.FromResult(host.Behaviour().Attempts.GetValueOrDefault(stuck) >= 2), "retries under way");
        if (down)
        {
            wire.Cut();
            await host.CommitAsync(5);
        }

        var watch = Stopwatch.StartNew();
        await host.DisposeAsync();
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(7), $"took {watch.Elapsed}");
    }

    private static TcpProxy Wire(Sample sample, bool cut = false)
    {
        var broker = new Uri(sample.Broker);
        return TcpProxy.To(broker.Host, broker.Port, cut);
    }

    private static string Through(Sample sample, TcpProxy wire) => new UriBuilder(sample.Broker) { Host = "127.0.0.1", Port = wire.Port }.Uri.ToString();
}
