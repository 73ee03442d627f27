using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Messaging.CrashHost;
using HaLong.TestSupport;

namespace HaLong.Messaging.Tests;

public sealed class StartUpTests(Servers servers)
{
    [Fact]
    public async Task Nothing_is_published_before_the_queues_exist()
    {
        await using var sample = await Sample.CreateAsync(servers);
        await sample.QueryAsync(async db =>
        {
            for (var i = 0; i < 2000; i++)
            {
                db.Enqueue(new WorkDone(Guid.CreateVersion7(), "waiting for the first start"));
            }

            return await db.SaveChangesAsync();
        });
        await sample.HostAsync(waitForBus: false);
        await sample.SettledAsync(2000, TimeSpan.FromSeconds(120));
    }

    [Fact]
    public async Task Queues_carry_the_service_name_and_are_quorum_queues_even_those_for_errors()
    {
        await using var sample = await Sample.CreateAsync(servers);
        var host = await sample.HostAsync();
        var id = Guid.CreateVersion7();
        host.Behaviour().Failures[id] = int.MaxValue;
        await host.PublishAsync(new WorkDone(id, "hopeless"));
        using var management = servers.ManagementClient();
        var vhost = new Uri(sample.Broker).Segments[^1];
        await Eventually.Async(
            async () =>
            {
                var queues = (await management.GetFromJsonAsync<List<JsonElement>>($"api/queues/{vhost}"))!;
                var types = queues.ToDictionary(q => q.GetProperty("name").GetString()!, q => (Type: q.GetProperty("type").GetString(), Durable: q.GetProperty("durable").GetBoolean()));
                return types.Keys.Order().SequenceEqual(["sample-record-follow-up", "sample-record-work", "sample-record-work_error"])
                    && types.Values.All(q => q is { Type: "quorum", Durable: true });
            },
            "three quorum queues");
        var exchanges = (await management.GetFromJsonAsync<List<JsonElement>>($"api/exchanges/{vhost}"))!;
        var ours = exchanges.Where(e => e.GetProperty("name").GetString()!.StartsWith("sample", StringComparison.Ordinal)).ToList();
        Assert.Contains(ours, e => e.GetProperty("name").GetString() == "sample.work-done.v1");
        Assert.All(ours, e => Assert.True(e.GetProperty("durable").GetBoolean() && !e.GetProperty("auto_delete").GetBoolean(), e.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_ready_service_has_its_queues()
    {
        await using var sample = await Sample.CreateAsync(servers);
        var host = await sample.HostAsync(waitForBus: false);
        using var client = host.Client();
        await Eventually.Async(async () => (await client.GetAsync("/health")).IsSuccessStatusCode, "ready");
        using var management = servers.ManagementClient();
        var vhost = new Uri(sample.Broker).Segments[^1];
        await Eventually.Async(
            async () => (await management.GetFromJsonAsync<List<JsonElement>>($"api/queues/{vhost}"))!.Count == 2, "both queues", TimeSpan.FromSeconds(10));
    }
}
