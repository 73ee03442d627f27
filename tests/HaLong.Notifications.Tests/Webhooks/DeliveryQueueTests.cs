using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Events;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Tests.Support;
using HaLong.Notifications.Webhooks;
using HaLong.Notifications.Workers;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HaLong.Notifications.Tests.Webhooks;

/// <summary>The queue by itself: the workers are taken out of the service, the clock is moved by hand.</summary>
public sealed class DeliveryQueueTests(World world) : IClassFixture<World>, IAsyncLifetime
{
    private readonly ShiftedClock clock = new(stands: true);
    private ServiceFactory<NotificationDbContext> service = null!; // set by InitializeAsync

    private DeliveryQueue Queue => service.Services.GetRequiredService<DeliveryQueue>();

    public async ValueTask InitializeAsync() => service = await world.Factory()
        .WithDatabase<NotificationDbContext>("notification-db", o => new NotificationDbContext(o))
        .WithServices(services =>
        {
            foreach (var worker in services.Where(s => s.ServiceType == typeof(IHostedService)
                && (s.ImplementationType == typeof(DeliveryWorker) || s.ImplementationType == typeof(EventReleaser))).ToList())
                services.Remove(worker);
            services.AddSingleton<TimeProvider>(clock);
        })
        .StartAsync(waitForBus: false);

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Many_workers_at_once_never_claim_the_same_delivery_and_only_the_first_of_each_dossier()
    {
        var subscription = await SubscriptionAsync();
        await LogAsync(dossiers: 40, facts: 3);

        var claims = (await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var mine = new List<ClaimedDelivery>();
            for (var round = 0; round < 20; round++)
                mine.AddRange(await Queue.ClaimAsync(10, LaneRooms.None, World.Ct));
            return mine;
        }))).SelectMany(c => c).ToList();

        Assert.Equal(40, claims.Count);
        Assert.Equal(40, claims.Select(c => c.Id).Distinct().Count());
        Assert.All(claims, c => Assert.Equal((subscription, 1), (c.SubscriptionId, c.Attempt)));
        Assert.All(await EventsAsync(claims), e => Assert.Equal(1, e.Sequence));
    }

    [Fact]
    public async Task A_claim_of_a_worker_that_died_is_free_again_after_its_time()
    {
        await SubscriptionAsync();
        await LogAsync(dossiers: 1, facts: 2);
        var lost = Assert.Single(await Queue.ClaimAsync(10, LaneRooms.None, World.Ct));
        Assert.Empty(await Queue.ClaimAsync(10, LaneRooms.None, World.Ct));

        clock.Shift = TimeSpan.FromSeconds(61);

        var again = Assert.Single(await Queue.ClaimAsync(10, LaneRooms.None, World.Ct));
        Assert.Equal((lost.Id, 2), (again.Id, again.Attempt));
    }

    [Fact]
    public async Task A_worker_that_comes_back_after_losing_its_claim_changes_nothing()
    {
        await SubscriptionAsync();
        await LogAsync(dossiers: 1, facts: 1);
        var late = Assert.Single(await Queue.ClaimAsync(10, LaneRooms.None, World.Ct));
        clock.Shift = TimeSpan.FromSeconds(61);
        var current = Assert.Single(await Queue.ClaimAsync(10, LaneRooms.None, World.Ct));

        await Queue.RecordAsync(late, Result(500), World.Ct);
        await Queue.GiveBackAsync([late], clock.GetUtcNow(), World.Ct);
        Assert.Empty(await Queue.ClaimAsync(10, LaneRooms.None, World.Ct));
        await Queue.RecordAsync(current, Result(204), World.Ct);

        var delivery = await service.InScopeAsync<NotificationDbContext, Delivery>(db => db.Deliveries.Include(d => d.Log).SingleAsync());
        Assert.Equal(DeliveryState.Delivered, delivery.State);
        Assert.Equal(2, Assert.Single(delivery.Log).Number);
    }

    [Fact]
    public async Task A_claim_given_back_costs_no_attempt()
    {
        await SubscriptionAsync();
        await LogAsync(dossiers: 1, facts: 1);
        var claim = Assert.Single(await Queue.ClaimAsync(10, LaneRooms.None, World.Ct));

        await Queue.GiveBackAsync([claim], clock.GetUtcNow(), World.Ct);

        Assert.Equal((claim.Id, 1), Assert.Single(await Queue.ClaimAsync(10, LaneRooms.None, World.Ct)) is var again ? (again.Id, again.Attempt) : default);
    }

    [Fact]
    public async Task A_failed_delivery_waits_its_turn_and_its_successors_with_it()
    {
        await SubscriptionAsync();
        await LogAsync(dossiers: 1, facts: 2);
        var first = Assert.Single(await Queue.ClaimAsync(10, LaneRooms.None, World.Ct));

        Assert.Equal(DeliveryOutcome.Failed, await Queue.RecordAsync(first, Result(500), World.Ct));
        Assert.Empty(await Queue.ClaimAsync(10, LaneRooms.None, World.Ct));
        clock.Shift = TimeSpan.FromSeconds(1);
        var again = Assert.Single(await Queue.ClaimAsync(10, LaneRooms.None, World.Ct));
        Assert.Equal((first.Id, 2), (again.Id, again.Attempt));
        Assert.Equal(DeliveryOutcome.Delivered, await Queue.RecordAsync(again, Result(200), World.Ct));

        Assert.Equal(2, Assert.Single(await EventsAsync(await Queue.ClaimAsync(10, LaneRooms.None, World.Ct))).Sequence);
    }

    [Fact]
    public async Task What_was_answered_with_410_is_not_taken_again_before_its_subscription_can_be_stopped()
    {
        await SubscriptionAsync();
        await LogAsync(dossiers: 1, facts: 1);
        var claim = Assert.Single(await Queue.ClaimAsync(10, LaneRooms.None, World.Ct));

        await Queue.RecordAsync(claim, Result(410), World.Ct);
        clock.Shift = TimeSpan.FromSeconds(59);
        Assert.Empty(await Queue.ClaimAsync(10, LaneRooms.None, World.Ct));

        // Where stopping it failed, or its process ended, the receiver may say so again.
        clock.Shift = TimeSpan.FromSeconds(61);
        Assert.Single(await Queue.ClaimAsync(10, LaneRooms.None, World.Ct));
    }

    [Fact]
    public async Task Resuming_makes_due_what_waits_for_its_next_attempt_and_not_what_is_on_its_way()
    {
        var subscription = await SubscriptionAsync();
        await LogAsync(dossiers: 1, facts: 1);
        var claim = Assert.Single(await Queue.ClaimAsync(10, LaneRooms.None, World.Ct));

        Assert.Equal(0, await MakeDueAsync(subscription));
        Assert.Empty(await Queue.ClaimAsync(10, LaneRooms.None, World.Ct));

        await Queue.RecordAsync(claim, Result(500), World.Ct);
        Assert.Empty(await Queue.ClaimAsync(10, LaneRooms.None, World.Ct));
        Assert.Equal(1, await MakeDueAsync(subscription));
        Assert.Single(await Queue.ClaimAsync(10, LaneRooms.None, World.Ct));
    }

    [Fact]
    public async Task Busy_and_paused_subscriptions_are_left_alone_and_one_gets_no_more_than_its_share()
    {
        var busy = await SubscriptionAsync();
        var paused = await SubscriptionAsync(SubscriptionState.Paused);
        var free = await SubscriptionAsync();
        await LogAsync(dossiers: 20, facts: 1);

        var claims = await Queue.ClaimAsync(100, new LaneRooms([busy], [0]), World.Ct);

        Assert.All(claims, c => Assert.Equal(free, c.SubscriptionId));
        Assert.Equal(8, claims.Count);
        Assert.NotEqual(paused, free);
    }

    private Task<int> MakeDueAsync(Guid subscription) =>
        service.InScopeAsync<NotificationDbContext, int>(db => db.MakeDueAsync(subscription, clock.GetUtcNow(), World.Ct));

    private AttemptResult Result(int status) => new(clock.GetUtcNow(), TimeSpan.FromMilliseconds(5), status, null);

    private Task<List<PublicEvent>> EventsAsync(IReadOnlyList<ClaimedDelivery> claims)
    {
        var ids = claims.Select(c => c.EventId).ToList();
        return service.InScopeAsync<NotificationDbContext, List<PublicEvent>>(db => db.Events.AsNoTracking().Where(e => ids.Contains(e.Id)).ToListAsync());
    }

    private Task<Guid> SubscriptionAsync(SubscriptionState state = SubscriptionState.Active) => service.InScopeAsync<NotificationDbContext, Guid>(async db =>
    {
        var subscription = new Subscription
        {
            Id = Guid.CreateVersion7(),
            Owner = "partner",
            Url = "http://127.0.0.1:9/",
            Types = ["vn.halong."],
            CreatedAt = clock.GetUtcNow(),
        };
        subscription.Become(state);
        db.Add(subscription);
        await db.SaveChangesAsync();
        return subscription.Id;
    });

    private async Task LogAsync(int dossiers, int facts)
    {
        await service.InScopeAsync<NotificationDbContext, int>(db =>
        {
            for (var d = 0; d < dossiers; d++)
            {
                var dossier = Guid.CreateVersion7();
                db.Add(new EventStream { DossierId = dossier, Code = "c", ProcedureCode = "1.013978", UnitCode = "06658" });
                for (var sequence = 1; sequence <= facts; sequence++)
                {
                    db.Add(new PublicEvent
                    {
                        Id = Guid.CreateVersion7(),
                        DossierId = dossier,
                        Sequence = sequence,
                        Type = EventTypes.Submitted,
                        ReceivedAt = clock.GetUtcNow(),
                        Envelope = "{}",
                    });
                }
            }

            return db.SaveChangesAsync();
        });
        await service.Services.GetRequiredService<EventRelease>().RunAsync(World.Ct);
    }
}
