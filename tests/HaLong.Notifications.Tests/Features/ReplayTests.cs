using System.Net;
using System.Text.Json;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Tests.Support;
using HaLong.Notifications.Webhooks;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Features;

public sealed class ReplayTests(QuietWorld quiet) : IClassFixture<QuietWorld>, IAsyncLifetime
{
    private readonly ServiceFactory<NotificationDbContext> service = quiet.Service;

    public ValueTask InitializeAsync() => quiet.CleanAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Named_events_come_again_with_their_ids_and_a_dossiers_in_their_order()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await service.ProvedAsync(receiver.Url, "again");
        await service.LoggedAsync(facts: 4);
        await DeliverAllAsync(4);
        var first = receiver.Deliveries.ToList();
        using var partner = quiet.Partner("again");

        var view = await ReplayAsync(partner, id, new { eventIds = new[] { first[3].Id, first[1].Id } });
        Assert.Equal(2, view.GetProperty("events").GetInt32());
        await DeliverAllAsync(2);

        Assert.Equal([first[1].Id, first[3].Id], receiver.Deliveries.Skip(4).Select(d => d.Id));
        Assert.Equal([first[1].Body, first[3].Body], receiver.Deliveries.Skip(4).Select(d => d.Body));
        var again = (await service.DeliveriesAsync(id))[1];
        Assert.Equal((2, 1, DeliveryState.Delivered), (again.Attempts, again.AttemptsBefore, again.State));
        Assert.Equal([1, 2], again.Log.Select(a => a.Number).Order());
        Assert.NotNull(again.ReplayedAt);
    }

    [Fact]
    public async Task The_dead_come_again_with_a_schedule_from_its_beginning()
    {
        var (id, _) = await service.ProvedAsync("http://127.0.0.1:9/", "dead");
        await service.LoggedAsync(facts: 1);
        for (var i = 0; i < 12; i++)
        {
            await FailAsync();
            quiet.Clock.Shift += TimeSpan.FromHours(15);
        }

        Assert.Equal(DeliveryState.Dead, Assert.Single(await service.DeliveriesAsync(id)).State);
        using var partner = quiet.Partner("dead");
        Assert.Equal(1, (await partner.ReadAsync(id, "/metrics")).GetProperty("dead").GetInt64());

        Assert.Equal(1, (await ReplayAsync(partner, id, new { dead = true })).GetProperty("events").GetInt32());
        await FailAsync();

        var delivery = Assert.Single(await service.DeliveriesAsync(id));
        Assert.Equal((DeliveryState.Pending, 13, 12), (delivery.State, delivery.Attempts, delivery.AttemptsBefore));
        Assert.InRange(delivery.DueAt - quiet.Clock.GetUtcNow(), TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(11));
        Assert.Equal(0, (await ReplayAsync(partner, id, new { dead = true })).GetProperty("events").GetInt32());
    }

    [Fact]
    public async Task A_time_span_and_a_cursor_take_what_is_within_also_from_before_the_subscription()
    {
        var before = await service.LoggedAsync(facts: 2);
        quiet.Clock.Shift = TimeSpan.FromHours(1);
        var within = await service.LoggedAsync(facts: 3);
        quiet.Clock.Shift = TimeSpan.FromHours(2);
        await service.LoggedAsync(facts: 1);
        var (id, _) = await service.ProvedAsync("http://127.0.0.1:9/", "latecomer");
        using var partner = quiet.Partner("latecomer");
        var at = quiet.Clock.GetUtcNow();

        Assert.Equal(3, (await ReplayAsync(partner, id, new { from = at.AddMinutes(-61), to = at.AddMinutes(-30), dryRun = true })).GetProperty("events").GetInt32());
        Assert.Empty(await service.DeliveriesAsync(id));
        Assert.Equal(3, (await ReplayAsync(partner, id, new { from = at.AddMinutes(-61), to = at.AddMinutes(-30) })).GetProperty("events").GetInt32());
        Assert.All(await service.DeliveriesAsync(id), d => Assert.Equal(within, d.DossierId));

        var feed = await partner.OkAsync(HttpMethod.Get, $"/api/v1/events?subject={before}&limit=1");
        var after = feed.Text("after");
        Assert.Equal(2, (await ReplayAsync(partner, id, new { after })).GetProperty("events").GetInt32()); // the other one of before, and the last one
        Assert.Equal(6, 1 + (await service.DeliveriesAsync(id)).Count);
        var until = (await partner.OkAsync(HttpMethod.Get, $"/api/v1/events?subject={before}")).Text("after");
        await service.InScopeAsync<NotificationDbContext, int>(db => db.Deliveries.ExecuteDeleteAsync());
        Assert.Equal(1, (await ReplayAsync(partner, id, new { after, until })).GetProperty("events").GetInt32());
    }

    [Fact]
    public async Task Only_what_the_filter_wants_comes_and_what_is_on_its_way_is_left_alone()
    {
        var start = quiet.Clock.GetUtcNow();
        var wanted = await service.LoggedAsync(facts: 2, procedure: "1.000777");
        await service.LoggedAsync(facts: 2, procedure: "1.000778");
        var (id, _) = await service.ProvedAsync(
            "http://127.0.0.1:9/", "narrow", s => s.Want(new EventFilter(["vn.halong."], ["1.000777"], [], [], [])));
        using var partner = quiet.Partner("narrow");

        Assert.Equal(2, (await ReplayAsync(partner, id, new { from = start })).GetProperty("events").GetInt32());
        var claim = Assert.Single(await service.Part<DeliveryQueue>().ClaimAsync(10, LaneRooms.None, World.Ct));
        Assert.Equal(0, (await ReplayAsync(partner, id, new { from = start })).GetProperty("events").GetInt32());

        Assert.All(await service.DeliveriesAsync(id), d => Assert.Equal(wanted, d.DossierId));
        Assert.Equal(1, (await service.DeliveriesAsync(id)).Single(d => d.Id == claim.Id).Attempts);
    }

    [Fact]
    public async Task The_same_request_again_replays_nothing_twice_and_another_under_its_key_is_refused()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await service.ProvedAsync(receiver.Url, "keyed");
        await service.LoggedAsync(facts: 1);
        await DeliverAllAsync(1);
        using var partner = quiet.Partner("keyed");
        var body = new { eventIds = new[] { receiver.Deliveries.First().Id } };
        var path = $"/api/v1/subscriptions/{id}/replay";

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => partner.OkAsync(HttpMethod.Post, path, body, key: "r1")));
        await DeliverAllAsync(1);
        await partner.OkAsync(HttpMethod.Post, path, body, key: "r1");
        await partner.RefusedAsync(HttpStatusCode.UnprocessableEntity, "CMN-0422", HttpMethod.Post, path, new { dead = true }, key: "r1");

        Assert.Equal(0, await quiet.DeliverAsync());
        Assert.Equal(2, receiver.Deliveries.Count);
        Assert.Single(answers.Select(a => a.GetRawText()).Distinct());
    }

    [Fact]
    public async Task What_is_not_one_way_of_saying_which_is_refused()
    {
        var (id, _) = await service.ProvedAsync("http://127.0.0.1:9/", "vague");
        using var partner = quiet.Partner("vague");
        var now = quiet.Clock.GetUtcNow();
        object[] bad =
        [
            new { }, new { dead = true, eventIds = new[] { Guid.CreateVersion7() } }, new { eventIds = Array.Empty<Guid>() },
            new { eventIds = Enumerable.Range(0, 101).Select(_ => Guid.CreateVersion7()) }, new { to = now }, new { from = now, to = now }, new { dead = true, until = "WyIxIl0" },
        ];
        foreach (var body in bad)
            await partner.RefusedAsync(HttpStatusCode.BadRequest, "NOT-0327", HttpMethod.Post, $"/api/v1/subscriptions/{id}/replay", body);
        foreach (var body in new object[] { new { after = "not a cursor" }, new { after = "WyIxIl0", until = "!" } })
            await partner.RefusedAsync(HttpStatusCode.BadRequest, "CMN-0400", HttpMethod.Post, $"/api/v1/subscriptions/{id}/replay", body);
        using var stranger = quiet.Partner("stranger");
        await stranger.RefusedAsync(HttpStatusCode.NotFound, "NOT-0002", HttpMethod.Post, $"/api/v1/subscriptions/{id}/replay", new { dead = true });
    }

    private static Task<JsonElement> ReplayAsync(HttpClient partner, Guid id, object body) => partner.OkAsync(HttpMethod.Post, $"/api/v1/subscriptions/{id}/replay", body);

    private async Task DeliverAllAsync(int count)
    {
        for (var i = 0; i < count; i++)
            Assert.Equal(1, await quiet.DeliverAsync());
    }

    private async Task FailAsync()
    {
        var claim = Assert.Single(await service.Part<DeliveryQueue>().ClaimAsync(10, LaneRooms.None, World.Ct));
        await service.Part<DeliveryQueue>().RecordAsync(claim, new AttemptResult(quiet.Clock.GetUtcNow(), TimeSpan.Zero, 500, null), World.Ct);
    }
}
