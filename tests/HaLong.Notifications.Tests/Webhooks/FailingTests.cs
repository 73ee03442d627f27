using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Tests.Support;
using HaLong.Notifications.Webhooks;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Webhooks;

/// <summary>When a subscription stops by itself and when it goes on: at a time of the test's own.</summary>
public sealed class FailingTests(QuietWorld quiet) : IClassFixture<QuietWorld>, IAsyncLifetime
{
    private readonly ShiftedClock clock = quiet.Clock;
    private readonly ServiceFactory<NotificationDbContext> service = quiet.Service;

    public ValueTask InitializeAsync() => quiet.CleanAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Nothing_through_for_half_an_hour_and_five_attempts_and_a_try_that_fails_too_stop_it()
    {
        var (id, _) = await service.ProvedAsync("http://127.0.0.1:9/hook", "broken");
        await service.LoggedAsync(facts: 1);

        var attempts = 0;
        while ((await service.HealthAsync(id))?.ProbeDueAt is null)
        {
            attempts += await AttemptAsync(500);
            clock.Shift += TimeSpan.FromMinutes(1);
            Assert.True(attempts < 12, "never tried");
        }

        // 10 s, 30 s, 2 min, 10 min and 30 min after the first one: the sixth is the first after half an hour.
        Assert.Equal(6, attempts);
        Assert.Equal("active", await service.StateAsync(id));
        await ProbeAsync(id, "noAnswer");
        Assert.Equal("failing", await service.StateAsync(id));
        clock.Shift += TimeSpan.FromDays(1);
        Assert.Equal(0, await AttemptAsync(204));
        Assert.Equal(6, Assert.Single(await service.DeliveriesAsync(id)).Attempts);
        using var partner = quiet.Partner("broken");
        var seen = await partner.ReadAsync(id);
        Assert.Equal(("failing", "nothingGotThrough"), (seen.Text("state"), seen.Text("stateReason")));
        Assert.Equal(1, await TellingsAsync(id, "paused"));
    }

    [Fact]
    public async Task Where_the_address_answers_it_is_the_event_and_nothing_stops()
    {
        var (id, _) = await service.ProvedAsync("http://127.0.0.1:9/hook", "poisoned");
        await service.LoggedAsync(facts: 1);
        while ((await service.HealthAsync(id))?.ProbeDueAt is null)
        {
            await AttemptAsync(500);
            clock.Shift += TimeSpan.FromMinutes(1);
        }

        await ProbeAsync(id, null);

        Assert.Equal("active", await service.StateAsync(id));
        var health = (await service.HealthAsync(id))!;
        Assert.Equal((0, null, null), (health.Failures, health.FailingSince, health.ProbeDueAt));
        Assert.Equal(0, await TellingsAsync(id, "paused"));
    }

    [Fact]
    public async Task One_that_gets_through_among_failures_is_no_reason_to_stop()
    {
        var (id, _) = await service.ProvedAsync("http://127.0.0.1:9/hook", "mixed");
        for (var i = 0; i < 20; i++)
            await service.LoggedAsync(facts: 1, release: false);
        await service.ReleaseAsync();
        var claims = await service.Part<DeliveryQueue>().ClaimAsync(100, LaneRooms.None, World.Ct);
        foreach (var claim in claims)
        {
            clock.Shift += TimeSpan.FromMinutes(10);
            await RecordAsync(claim, claim == claims[4] ? 204 : 500);
        }

        var health = (await service.HealthAsync(id))!;
        Assert.Equal(3, health.Failures);
        Assert.Null(health.ProbeDueAt);
    }

    [Fact]
    public async Task A_failing_address_is_tried_every_five_minutes_and_goes_on_in_order_as_soon_as_it_answers()
    {
        var (id, _) = await FailingAsync("recovering", facts: 3);
        await ProbeAsync(id, "noAnswer");
        Assert.Equal("failing", await service.StateAsync(id));
        Assert.Equal(clock.GetUtcNow() + TimeSpan.FromMinutes(5), (await service.HealthAsync(id))!.ProbeDueAt!.Value, TimeSpan.FromSeconds(1));
        clock.Shift += TimeSpan.FromMinutes(6);

        await ProbeAsync(id, null);

        Assert.Equal("active", await service.StateAsync(id));
        Assert.Null((await service.HealthAsync(id))!.ProbeDueAt);
        // Not after the rest of the schedule: at once, and the dossier's events one after the other.
        for (var sequence = 1; sequence <= 3; sequence++)
        {
            var claim = Assert.Single(await service.Part<DeliveryQueue>().ClaimAsync(10, LaneRooms.None, World.Ct));
            Assert.Contains($"\"sequence\":{sequence}", claim.Envelope, StringComparison.Ordinal);
            await RecordAsync(claim, 204);
        }

        Assert.Equal(1, await TellingsAsync(id, "resumed"));
        using var partner = quiet.Partner("recovering");
        Assert.Equal(
            [("active", "recovered", "platform"), ("failing", "nothingGotThrough", "platform")],
            (await partner.ReadAsync(id, "/history")).GetProperty("items").EnumerateArray().Select(c => (c.Text("what")!, c.Text("reason")!, c.Text("by")!)));
    }

    [Fact]
    public async Task Its_owner_can_end_the_stop_without_waiting_for_a_try()
    {
        var (id, _) = await FailingAsync("impatient", facts: 1);
        using var partner = quiet.Partner("impatient");

        await partner.OkAsync(HttpMethod.Patch, $"/api/v1/subscriptions/{id}", new { state = "active" });

        Assert.Null((await service.HealthAsync(id))!.ProbeDueAt);
        Assert.Single(await service.Part<DeliveryQueue>().ClaimAsync(10, LaneRooms.None, World.Ct));
    }

    [Fact]
    public async Task A_try_that_comes_back_after_its_owner_paused_changes_nothing()
    {
        var (id, _) = await FailingAsync("paused-meanwhile", facts: 1);
        clock.Shift += TimeSpan.FromMinutes(6);
        var probe = Assert.Single(await service.Part<ProbeQueue>().ClaimAsync(10, World.Ct), p => p.Target.SubscriptionId == id);
        using var partner = quiet.Partner("paused-meanwhile");
        await partner.OkAsync(HttpMethod.Patch, $"/api/v1/subscriptions/{id}", new { state = "paused" });

        await StatesAsync(s => s.ProbedAsync(probe, null, World.Ct));

        Assert.Equal("paused", await service.StateAsync(id));
    }

    [Theory]
    [InlineData("paused")]
    [InlineData("suspended")]
    public async Task What_is_stopped_already_is_not_stopped_again_nor_told_again(string word)
    {
        var state = Words.Parse<SubscriptionState>(word);
        var (id, _) = await service.ProvedAsync("http://127.0.0.1:9/hook", "twice");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StatesAsync(s => s.StopAsync(id, state, StateReasons.Gone, World.Ct))));
        await StatesAsync(s => s.StopAsync(id, SubscriptionState.Failing, StateReasons.NothingGotThrough, World.Ct));
        await StatesAsync(s => s.StopAsync(Guid.CreateVersion7(), state, StateReasons.Gone, World.Ct));

        Assert.Equal(word, await service.StateAsync(id));
        Assert.Equal(1, await TellingsAsync(id, "paused"));
    }

    private async Task<(Guid Id, string Secret)> FailingAsync(string owner, int facts)
    {
        var subscription = await service.ProvedAsync("http://127.0.0.1:9/hook", owner);
        await service.LoggedAsync(facts);
        for (var i = 0; i < 7 && (await service.HealthAsync(subscription.Id))?.ProbeDueAt is null; i++)
        {
            await AttemptAsync(500);
            clock.Shift += TimeSpan.FromMinutes(31);
        }

        await ProbeAsync(subscription.Id, "noAnswer");
        return subscription;
    }

    private async Task<int> AttemptAsync(int status)
    {
        var claims = await service.Part<DeliveryQueue>().ClaimAsync(10, LaneRooms.None, World.Ct);
        foreach (var claim in claims)
            await RecordAsync(claim, status);
        return claims.Count;
    }

    private Task<DeliveryOutcome> RecordAsync(ClaimedDelivery claim, int status) =>
        service.Part<DeliveryQueue>().RecordAsync(claim, new AttemptResult(clock.GetUtcNow(), TimeSpan.FromMilliseconds(5), status, null), World.Ct);

    private async Task ProbeAsync(Guid id, string? error)
    {
        if ((await service.HealthAsync(id))!.ProbeDueAt > clock.GetUtcNow())
            clock.Shift += TimeSpan.FromMinutes(6);
        var probe = Assert.Single(await service.Part<ProbeQueue>().ClaimAsync(10, World.Ct), p => p.Target.SubscriptionId == id);
        await StatesAsync(s => s.ProbedAsync(probe, error, World.Ct));
    }

    private Task<bool> StatesAsync(Func<SubscriptionStates, Task> work) => service.InScopeAsync<SubscriptionStates, bool>(async states =>
    {
        await work(states);
        return true;
    });

    /// <summary>How often the partner was told: evidence of it stays, whatever became of the order.</summary>
    private Task<int> TellingsAsync(Guid id, string what) => service.InScopeAsync<NotificationDbContext, int>(db =>
        what == "paused"
            ? db.Changes.CountAsync(c => c.SubscriptionId == id && c.By == "platform" && (c.What == "failing" || c.What == "paused" || c.What == "suspended"))
            : db.Changes.CountAsync(c => c.SubscriptionId == id && c.By == "platform" && c.What == "active"));
}
