using System.Net;
using System.Text.Json;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Tests.Support;
using HaLong.Notifications.Webhooks;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Features;

/// <summary>What a partner sees of its deliveries, and for how long.</summary>
public sealed class DeliveryLogTests(QuietWorld quiet) : IClassFixture<QuietWorld>, IAsyncLifetime
{
    private readonly ServiceFactory<NotificationDbContext> service = quiet.Service;

    public ValueTask InitializeAsync() => quiet.CleanAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_delivery_shows_what_was_sent_where_and_how_it_was_answered_but_no_secret_and_nothing_of_the_answer()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = _ => Task.FromResult(receiver.Deliveries.IsEmpty ? 500 : 204);
        var (id, _) = await service.ProvedAsync(receiver.Url, "reader", s => s.Carry(
            service.Part<SecretVault>().SealHeaders(s.Id, new Dictionary<string, string> { ["X-Key"] = "hidden-value" }), ["X-Key"]));
        await service.LoggedAsync(facts: 1);
        await quiet.DeliverAsync();
        quiet.Clock.Shift = TimeSpan.FromMinutes(1);
        await quiet.DeliverAsync();
        using var partner = quiet.Partner("reader");

        var eventId = receiver.Deliveries.First().Id;
        var view = await partner.ReadAsync(id, "/deliveries/" + eventId);

        Assert.Equal(receiver.Deliveries.First().Body, view.GetProperty("body").GetRawText());
        var log = view.GetProperty("delivery").GetProperty("log").EnumerateArray().ToList();
        Assert.Equal([500, 204], log.Select(a => a.GetProperty("status").GetInt32()));
        foreach (var (attempt, sent) in log.Zip(receiver.Deliveries))
        {
            Assert.Equal(receiver.Url, attempt.Text("url"));
            var headers = attempt.GetProperty("headers");
            Assert.Equal(sent.Headers["webhook-timestamp"], headers.Text("webhook-timestamp"));
            Assert.Equal(sent.Id, headers.Text("webhook-id"));
            Assert.Equal(sent.Headers["content-type"], headers.Text("content-type"));
            Assert.Equal(("v1,•••", "•••"), (headers.Text("webhook-signature"), headers.Text("X-Key")));
        }

        // A new connection was timed; the second attempt may have used it again.
        Assert.Equal(JsonValueKind.Number, log[0].GetProperty("connectMs").ValueKind);
        Assert.DoesNotContain("hidden-value", view.GetRawText(), StringComparison.Ordinal);
        await partner.RefusedAsync(HttpStatusCode.NotFound, "NOT-0329", HttpMethod.Get, $"/api/v1/subscriptions/{id}/deliveries/{Guid.CreateVersion7()}");
        using var stranger = quiet.Partner("stranger");
        foreach (var below in new[] { "/deliveries/" + eventId, "/metrics", "/history" })
            await stranger.RefusedAsync(HttpStatusCode.NotFound, "NOT-0002", HttpMethod.Get, $"/api/v1/subscriptions/{id}{below}");
        await stranger.RefusedAsync(HttpStatusCode.NotFound, "NOT-0002", HttpMethod.Post, $"/api/v1/subscriptions/{id}/test");
        await stranger.RefusedAsync(HttpStatusCode.NotFound, "NOT-0002", HttpMethod.Post, $"/api/v1/subscriptions/{id}/verification");
    }

    [Fact]
    public async Task A_test_event_says_at_once_how_it_went_and_is_in_no_log()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, secret) = await service.ProvedAsync(receiver.Url, "tester");
        using var partner = quiet.Partner("tester");
        await partner.OkAsync(HttpMethod.Patch, $"/api/v1/subscriptions/{id}", new { state = "paused" });

        var good = await partner.OkAsync(HttpMethod.Post, $"/api/v1/subscriptions/{id}/test");
        receiver.Answer = _ => Task.FromResult(503);
        var bad = await partner.OkAsync(HttpMethod.Post, $"/api/v1/subscriptions/{id}/test");
        await receiver.DisposeAsync();
        var none = await partner.OkAsync(HttpMethod.Post, $"/api/v1/subscriptions/{id}/test");

        Assert.Equal((true, 204), (good.GetProperty("delivered").GetBoolean(), good.GetProperty("status").GetInt32()));
        Assert.Equal((false, 503), (bad.GetProperty("delivered").GetBoolean(), bad.GetProperty("status").GetInt32()));
        Assert.Equal((false, "notConnected"), (none.GetProperty("delivered").GetBoolean(), none.Text("error")));
        var delivery = receiver.Deliveries.First();
        Assert.Equal(("vn.halong.subscription.test.v1", id), (delivery.Type, delivery.Subject));
        Assert.True(SignedBy.Hold(delivery, secret));
        Assert.Empty(await service.DeliveriesAsync(id));
    }

    [Fact]
    public async Task The_figures_tell_what_got_through_what_waits_and_how_long_it_took()
    {
        var (id, _) = await service.ProvedAsync("http://127.0.0.1:9/", "figures");
        using var partner = quiet.Partner("figures");
        var none = await partner.ReadAsync(id, "/metrics");
        for (var i = 0; i < 10; i++)
            await service.LoggedAsync(facts: 1, release: false);
        await service.ReleaseAsync();
        var claims = await service.Part<DeliveryQueue>().ClaimAsync(100, new LaneRooms([id], [10]), World.Ct);
        foreach (var claim in claims.Take(8))
        {
            quiet.Clock.Shift += TimeSpan.FromSeconds(1);
            await RecordAsync(claim, 204);
        }

        await RecordAsync(claims[8], 500);
        var now = await partner.ReadAsync(id, "/metrics");
        quiet.Clock.Shift += TimeSpan.FromHours(2);
        var later = await partner.ReadAsync(id, "/metrics");

        Assert.Equal((0, JsonValueKind.Null, JsonValueKind.Null), (
            none.GetProperty("pending").GetInt64(), none.GetProperty("oldestPendingAt").ValueKind, none.GetProperty("lastHour").GetProperty("successRate").ValueKind));
        var hour = now.GetProperty("lastHour");
        Assert.Equal((8, 8, 1.0), (hour.GetProperty("delivered").GetInt64(), hour.GetProperty("attempts").GetInt64(), hour.GetProperty("successRate").GetDouble()));
        Assert.Equal(4.5, hour.GetProperty("lagP50").GetDouble(), 3);
        Assert.Equal(7.65, hour.GetProperty("lagP95").GetDouble(), 3);
        Assert.Equal((2, 1), (now.GetProperty("pending").GetInt64(), now.GetProperty("failuresInARow").GetInt32()));
        Assert.NotEqual(JsonValueKind.Null, now.GetProperty("oldestPendingAt").ValueKind);
        Assert.Equal((0, 8), (later.GetProperty("lastHour").GetProperty("delivered").GetInt64(), later.GetProperty("lastDay").GetProperty("delivered").GetInt64()));
    }

    [Fact]
    public async Task Deliveries_go_after_thirty_days_events_after_ninety_and_the_position_never_begins_anew()
    {
        var (id, _) = await service.ProvedAsync("http://127.0.0.1:9/", "kept");
        var old = await service.LoggedAsync(facts: 2);
        foreach (var claim in await service.Part<DeliveryQueue>().ClaimAsync(10, LaneRooms.None, World.Ct))
            await RecordAsync(claim, 204);
        var retention = service.Part<Retention>();

        quiet.Clock.Shift = TimeSpan.FromDays(29);
        Assert.Equal((0, 0), await retention.RunAsync(World.Ct));
        quiet.Clock.Shift = TimeSpan.FromDays(31);
        Assert.Equal((1, 0), await retention.RunAsync(World.Ct));
        Assert.Equal(2, Assert.Single(await service.DeliveriesAsync(id)).Event.Sequence); // still waits: it stays as long as its event
        Assert.Equal(0, await service.InScopeAsync<NotificationDbContext, int>(db => db.Set<DeliveryAttempt>().CountAsync()));

        var cursor = (await CursorsAsync(old)).Single();
        quiet.Clock.Shift = TimeSpan.FromDays(92);
        await retention.RunAsync(World.Ct);
        var last = await MaxAsync();
        var fresh = await service.LoggedAsync(facts: 1);
        await retention.RunAsync(World.Ct);

        Assert.Equal(last + 1, await MaxAsync());
        Assert.Equal(fresh, (await service.DeliveriesAsync(id)).Select(d => d.DossierId).Last());
        using var partner = quiet.Partner("kept");
        var gone = await partner.RefusedAsync(HttpStatusCode.Gone, "NOT-0330", HttpMethod.Get, "/api/v1/events?after=" + cursor);
        var oldest = gone.GetProperty("title").GetString()!.Split(' ')[^1];
        Assert.Equal(fresh, (await partner.OkAsync(HttpMethod.Get, "/api/v1/events?after=" + oldest)).GetProperty("items")[0].GetProperty("subject").GetGuid());
        Assert.NotEqual(0, (await partner.OkAsync(HttpMethod.Get, "/api/v1/events")).GetProperty("items").GetArrayLength());
    }

    private async Task<List<string>> CursorsAsync(Guid dossier)
    {
        using var partner = quiet.Partner("kept");
        return [(await partner.OkAsync(HttpMethod.Get, $"/api/v1/events?limit=1&subject={dossier}")).Text("after")!];
    }

    private Task<long> MaxAsync() => service.InScopeAsync<NotificationDbContext, long>(async db => await db.Events.MaxAsync(e => e.Position) ?? 0);

    private Task<DeliveryOutcome> RecordAsync(ClaimedDelivery claim, int status) =>
        service.Part<DeliveryQueue>().RecordAsync(claim, new AttemptResult(quiet.Clock.GetUtcNow(), TimeSpan.FromMilliseconds(5), status, null), World.Ct);
}
