using System.Diagnostics.Metrics;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Tests.Support;
using HaLong.Notifications.Webhooks;
using HaLong.Notifications.Workers;
using HaLong.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HaLong.Notifications.Tests.Webhooks;

/// <summary>What one replica is told the others do; what receivers ask for; what is measured.</summary>
public sealed class ReplicaTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task What_is_changed_at_one_replica_another_follows()
    {
        // The only one that delivers is not the one that is asked; it looks by itself only every ten minutes.
        await using var quiet = await world.QuietAsync(new ShiftedClock());
        await using var deliverer = await world.Factory().WithBroker(quiet.Broker)
            .WithSetting("ConnectionStrings:notification-db", quiet.Part<Microsoft.Extensions.Configuration.IConfiguration>()["ConnectionStrings:notification-db"])
            .WithSetting("Webhooks:PollInterval", "00:10:00").StartAsync(waitForBus: false);
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await quiet.ProvedAsync(receiver.Url, "followed");
        using var partner = quiet.Client(world.Identity.PartnerToken("followed"));
        await partner.OkAsync(HttpMethod.Patch, $"/api/v1/subscriptions/{id}", new { state = "paused" });
        await quiet.LoggedAsync(facts: 1);
        Assert.Empty(receiver.Deliveries);

        await partner.OkAsync(HttpMethod.Patch, $"/api/v1/subscriptions/{id}", new { state = "active" });

        await Eventually.Async(() => Task.FromResult(receiver.Deliveries.Count == 1), "a delivery by the other replica");
    }

    [Fact]
    public async Task Retry_after_is_waited_for_and_three_failures_leave_one_at_a_time()
    {
        await using var quiet = await world.QuietAsync(new ShiftedClock(stands: true));
        await using var receiver = await Receiver.StartAsync(app => Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapPost(app, "/busy", (Microsoft.AspNetCore.Http.HttpContext http) =>
        {
            http.Response.Headers.RetryAfter = "120";
            http.Response.StatusCode = 503;
        }));
        var (id, _) = await quiet.ProvedAsync(receiver.Url.Replace("/hook", "/busy", StringComparison.Ordinal), "busy");
        await quiet.LoggedAsync(facts: 1);
        var claim = Assert.Single(await quiet.Part<DeliveryQueue>().ClaimAsync(10, LaneRooms.None, World.Ct));

        var attempt = await quiet.Part<WebhookSender>().SendAsync(claim, World.Ct);
        await quiet.Part<DeliveryQueue>().RecordAsync(claim, attempt, World.Ct);

        Assert.Equal(TimeSpan.FromSeconds(120), attempt.RetryAfter);
        var delivery = Assert.Single(await quiet.DeliveriesAsync(id));
        Assert.Equal(quiet.Part<TimeProvider>().GetUtcNow() + TimeSpan.FromSeconds(120), delivery.DueAt, TimeSpan.FromMilliseconds(1));
        Assert.Equal((503, DeliveryState.Pending), (delivery.Log.Single().Status, delivery.State));
    }

    [Fact]
    public async Task First_attempts_probes_and_what_waits_are_measured_of_a_few_subscriptions_only()
    {
        var seen = new System.Collections.Concurrent.ConcurrentBag<(string Name, double Value, string? Tag)>();
        using var listener = new MeterListener();
        var factory = world.Service.Part<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == NotificationMetrics.Name && instrument.Meter.Scope == factory)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => seen.Add((i.Name, value, Tag(tags))));
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => seen.Add((i.Name, value, Tag(tags))));
        listener.Start();
        await using var receiver = await Receiver.StartAsync();
        using var partner = world.AsPartner("measured");
        var id = (await partner.OkAsync(HttpMethod.Post, "/api/v1/subscriptions", new { url = receiver.Url, types = new[] { "vn.halong." } })).GetProperty("id").GetGuid();
        await world.Service.BecomesAsync(id, "active");
        await world.Service.LoggedAsync(facts: 1);
        await Eventually.Async(() => Task.FromResult(seen.Any(m => m.Name == "webhooks.since_fact")), "the first attempt is measured");
        for (var i = 0; i < 25; i++)
            await world.Service.ProvedAsync("http://127.0.0.1:9/", "waiting", s => s.Become(SubscriptionState.Paused));
        await world.Service.LoggedAsync(facts: 2);
        var sampler = world.Service.Services.GetServices<IHostedService>().OfType<SubscriptionSampler>().Single();
        await world.InDatabaseAsync(async db =>
        {
            await sampler.SampleAsync(db, World.Ct);
            return 0;
        });

        listener.RecordObservableInstruments();

        Assert.Contains(seen, m => m is { Name: "subscriptions.probes", Tag: "answered" });
        Assert.Contains(seen, m => m is { Name: "subscriptions.changed", Tag: "active" });
        var waiting = seen.Where(m => m.Name == "subscriptions.pending").ToList();
        Assert.Equal(20, waiting.Select(m => m.Tag).Distinct().Count());
        Assert.Contains(waiting, m => m.Value == 2);
        Assert.All(seen.Where(m => m.Name == "subscriptions.oldest_age"), m => Assert.True(m.Value >= 0));
    }

    private static string? Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags) => tags.Length == 0 ? null : tags[0].Value?.ToString();
}
