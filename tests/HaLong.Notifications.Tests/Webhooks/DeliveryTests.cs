using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;

namespace HaLong.Notifications.Tests.Webhooks;

public sealed class DeliveryTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_subscriber_gets_each_event_signed_and_in_order()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, secret) = await world.SubscribeAsync(receiver.Url);
        var facts = new Facts(Guid.CreateVersion7());

        await world.PublishAllAsync(facts.All().OrderBy(_ => Random.Shared.Next()));

        await TakenAsync(receiver, facts, 7);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], receiver.SequencesOf(facts.Dossier));
        foreach (var delivery in receiver.Deliveries.Where(d => d.Subject == facts.Dossier))
        {
            Assert.Equal("application/cloudevents+json; charset=utf-8", delivery.Headers["content-type"]);
            Assert.Equal(JsonElement.Parse(delivery.Body).GetProperty("id").GetString(), delivery.Id);
            Assert.Equal(Expected(secret, delivery), delivery.Headers["webhook-signature"]);
            Assert.StartsWith("HaLong-Webhooks/", delivery.Headers["user-agent"], StringComparison.Ordinal);
        }

        await EndAsync(id);
    }

    [Fact]
    public async Task The_trace_goes_on_from_the_fact_to_the_partner()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await world.SubscribeAsync(receiver.Url);
        var facts = new Facts(Guid.CreateVersion7());

        await world.PublishAsync(facts.Submitted());
        await TakenAsync(receiver, facts, 1);

        var delivery = receiver.Deliveries.First(d => d.Subject == facts.Dossier);
        var ofEvent = JsonElement.Parse(delivery.Body).GetProperty("traceparent").GetString()!.Split('-')[1];
        Assert.Equal(ofEvent, delivery.Headers["traceparent"].Split('-')[1]);
        await EndAsync(id);
    }

    [Fact]
    public async Task A_failing_receiver_gets_everything_in_order_once_it_recovers_and_each_repeat_has_the_same_id()
    {
        await using var receiver = await Receiver.StartAsync();
        var failures = 3;
        receiver.Answer = _ => Task.FromResult(Interlocked.Decrement(ref failures) >= 0 ? 500 : 204);
        var (id, _) = await world.SubscribeAsync(receiver.Url);
        var facts = new Facts(Guid.CreateVersion7());

        await world.PublishAllAsync(facts.All());

        await TakenAsync(receiver, facts, 7);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], receiver.SequencesOf(facts.Dossier));
        var mine = receiver.Deliveries.Where(d => d.Subject == facts.Dossier).ToList();
        Assert.Equal([1, 1, 1, 1, 2, 3, 4, 5, 6, 7], mine.Select(d => d.Sequence));
        Assert.Single(mine.Take(4).Select(d => d.Id).Distinct());
        var first = (await world.DeliveriesAsync(id)).First(d => d.DossierId == facts.Dossier);
        Assert.Equal([500, 500, 500, 204], first.Log.OrderBy(a => a.Number).Select(a => a.Status));
        Assert.Equal((4, DeliveryState.Delivered), (first.Attempts, first.State));
        await EndAsync(id);
    }

    [Fact]
    public async Task A_failing_dossier_holds_back_only_itself()
    {
        await using var receiver = await Receiver.StartAsync();
        var sick = new Facts(Guid.CreateVersion7());
        var well = new Facts(Guid.CreateVersion7());
        receiver.Answer = d => Task.FromResult(d.Subject == sick.Dossier ? 503 : 204);
        var (id, _) = await world.SubscribeAsync(receiver.Url);

        await world.PublishAllAsync(sick.All().Zip(well.All(), (a, b) => new[] { a, b }).SelectMany(pair => pair));

        await TakenAsync(receiver, well, 7);
        Assert.All(receiver.Deliveries.Where(d => d.Subject == sick.Dossier), d => Assert.Equal(1, d.Sequence));
        await EndAsync(id);
    }

    [Fact]
    public async Task One_slow_partner_does_not_delay_another()
    {
        await using var slow = await Receiver.StartAsync();
        await using var quick = await Receiver.StartAsync();
        slow.Answer = async _ =>
        {
            await Task.Delay(1500);
            return 204;
        };
        var (slowId, _) = await world.SubscribeAsync(slow.Url, "slow");
        var (quickId, _) = await world.SubscribeAsync(quick.Url, "quick");
        var dossiers = Enumerable.Range(0, 30).Select(_ => new Facts(Guid.CreateVersion7())).ToList();

        await world.PublishAllAsync(dossiers.Select(d => d.Submitted()));

        await Eventually.Async(() => Task.FromResult(dossiers.All(d => quick.SequencesOf(d.Dossier).Count == 1)), "the quick partner has all");
        Assert.True(dossiers.Count(d => slow.SequencesOf(d.Dossier).Count == 1) < dossiers.Count, "the slow partner was not slow");
        await EndAsync(slowId, "slow");
        await EndAsync(quickId, "quick");
    }

    [Fact]
    public async Task Only_the_types_asked_for_are_delivered_and_order_holds_among_them()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await world.SubscribeAsync(receiver.Url, "partner", "vn.halong.dossier.accepted.", "vn.halong.dossier.re");
        var facts = new Facts(Guid.CreateVersion7());

        await world.PublishAllAsync(facts.All());

        await TakenAsync(receiver, facts, 3);
        Assert.Equal(
            ["vn.halong.dossier.accepted.v1", "vn.halong.dossier.result-ready.v1", "vn.halong.dossier.returned.v1"],
            receiver.Deliveries.Where(d => d.Subject == facts.Dossier).Select(d => d.Type));
        await EndAsync(id);
    }

    [Fact]
    public async Task What_happens_during_a_pause_is_delivered_after_it()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await world.SubscribeAsync(receiver.Url);
        using var partner = world.AsPartner();
        using var paused = await partner.PatchAsJsonAsync($"/api/v1/subscriptions/{id}", new { state = "paused" }, World.Ct);
        Assert.True(paused.IsSuccessStatusCode);
        var facts = new Facts(Guid.CreateVersion7());
        await world.PublishAllAsync(facts.All());
        await world.ReleasedAsync(facts.Dossier, 7);
        Assert.Empty(receiver.Deliveries);

        using var resumed = await partner.PatchAsJsonAsync($"/api/v1/subscriptions/{id}", new { state = "active" }, World.Ct);

        Assert.True(resumed.IsSuccessStatusCode);
        await TakenAsync(receiver, facts, 7);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], receiver.SequencesOf(facts.Dossier));
        await EndAsync(id);
    }

    [Fact]
    public async Task After_the_last_retry_an_event_is_dead_its_successors_go_on_and_the_partner_can_see_why()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = d => Task.FromResult(d.Sequence == 1 ? 500 : 204);
        var (id, _) = await world.SubscribeAsync(receiver.Url);
        var facts = new Facts(Guid.CreateVersion7());

        await world.PublishAllAsync([facts.Submitted(), facts.FeePaid()]);

        await TakenAsync(receiver, facts, 1);
        Assert.Equal([2L], receiver.SequencesOf(facts.Dossier));
        using var partner = world.AsPartner();
        var page = await Eventually.ValueAsync(
            () => partner.GetFromJsonAsync<JsonElement>($"/api/v1/subscriptions/{id}/deliveries?state=dead", World.Ct),
            p => p.GetProperty("items").GetArrayLength() == 1, "the dead delivery in the list");
        var dead = page.GetProperty("items")[0];
        Assert.Equal(("dead", 7), (dead.GetProperty("state").GetString(), dead.GetProperty("attempts").GetInt32()));
        Assert.Equal(7, dead.GetProperty("log").GetArrayLength());
        Assert.All(dead.GetProperty("log").EnumerateArray(), a => Assert.Equal(500, a.GetProperty("status").GetInt32()));
        Assert.Equal(JsonValueKind.Null, dead.GetProperty("nextAttemptAt").ValueKind);
        await EndAsync(id);
    }

    [Fact]
    public async Task The_list_of_deliveries_is_read_page_by_page_newest_first()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await world.SubscribeAsync(receiver.Url, "lister");
        var facts = new Facts(Guid.CreateVersion7());
        await world.PublishAllAsync(facts.All());
        await TakenAsync(receiver, facts, 7);
        using var partner = world.AsPartner("lister");

        var read = new List<long>();
        string? after = null;
        do
        {
            var page = await partner.GetFromJsonAsync<JsonElement>($"/api/v1/subscriptions/{id}/deliveries?limit=3&after={after}", World.Ct);
            read.AddRange(page.GetProperty("items").EnumerateArray().Where(d => d.GetProperty("dossierId").GetGuid() == facts.Dossier).Select(d => d.GetProperty("sequence").GetInt64()));
            after = page.GetProperty("after").GetString();
        }
        while (after is not null);

        Assert.Equal([7, 6, 5, 4, 3, 2, 1], read);
        await EndAsync(id, "lister");
    }

    [Fact]
    public async Task Two_workers_at_once_deliver_nothing_twice_and_keep_the_order()
    {
        await using var replica = await world.ReplicaAsync();
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await world.SubscribeAsync(receiver.Url, "twice");
        var dossiers = Enumerable.Range(0, 30).Select(_ => new Facts(Guid.CreateVersion7())).ToList();

        await Task.WhenAll(dossiers.Select(d => world.PublishAllAsync(d.All().OrderBy(_ => Random.Shared.Next()))));

        await Eventually.Async(() => Task.FromResult(dossiers.All(d => receiver.SequencesOf(d.Dossier).Count >= 7)), "all delivered", TimeSpan.FromSeconds(90));
        foreach (var dossier in dossiers)
            Assert.Equal([1, 2, 3, 4, 5, 6, 7], receiver.SequencesOf(dossier.Dossier));
        await EndAsync(id, "twice");
    }

    private static string Expected(string secret, Receiver.Delivery delivery)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var signed = Encoding.UTF8.GetBytes($"{delivery.Id}.{delivery.Headers["webhook-timestamp"]}.{delivery.Body}");
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }

    private static Task TakenAsync(Receiver receiver, Facts facts, int count) => Eventually.Async(
        () => Task.FromResult(receiver.SequencesOf(facts.Dossier).Count >= count), $"{count} deliveries", TimeSpan.FromSeconds(60));

    private async Task EndAsync(Guid id, string client = "partner")
    {
        using var partner = world.AsPartner(client);
        using var response = await partner.DeleteAsync(new Uri($"/api/v1/subscriptions/{id}", UriKind.Relative), World.Ct);
        Assert.True(response.IsSuccessStatusCode);
    }
}
