using System.Collections.Concurrent;
using System.Globalization;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace HaLong.Notifications.Tests.Webhooks;

/// <summary>
/// Thousands of events, receivers that fail at random, secrets that change and a replica that goes, all at once. HALONG_EVENTS=100000 makes it a
/// hundred thousand.
/// </summary>
public sealed class ManyEventsTests(World world) : IClassFixture<World>
{
    private const int PerDossier = 10;
    private static readonly int Events = int.Parse(Environment.GetEnvironmentVariable("HALONG_EVENTS") ?? "3000", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Everybody_gets_every_event_at_least_once_in_order_without_a_gap_and_signed_while_secrets_change_and_a_replica_goes()
    {
        var patience = TimeSpan.FromSeconds(90 + (Events / 50.0));
        await using var service = await Patient(world.Factory()).WithDatabase<NotificationDbContext>("notification-db", o => new NotificationDbContext(o)).StartAsync();
        await using var replica = await Patient(world.Factory()).WithBroker(service.Broker)
            .WithSetting("ConnectionStrings:notification-db", service.Part<IConfiguration>().GetConnectionString("notification-db")).StartAsync(waitForBus: false);
        await using var sick = await Receiver.StartAsync();
        await using var well = await Receiver.StartAsync();
        sick.Answer = _ => Task.FromResult(Random.Shared.Next(100) switch { < 8 => 500, < 12 => 429, < 15 => 302, _ => 204 });
        var (sickId, old) = await service.ProvedAsync(sick.Url, "sick");
        var (wellId, _) = await service.ProvedAsync(well.Url, "well");

        var half = Events / PerDossier / 2;
        await LogAsync(service, half);
        await Eventually.Async(() => Task.FromResult(sick.Deliveries.Count > 100), "a stream of deliveries", patience);
        using var partner = service.Client(world.Identity.PartnerToken("sick"));
        var fresh = (await partner.OkAsync(HttpMethod.Post, $"/api/v1/subscriptions/{sickId}/secrets", new { })).Text("secret")!;
        await LogAsync(service, half);
        await replica.DisposeAsync();
        await Eventually.Async(() => Task.FromResult(sick.Deliveries.Any(d => SignedBy.Hold(d, fresh))), "deliveries with the new secret", patience);
        await partner.OkAsync(HttpMethod.Delete, $"/api/v1/subscriptions/{sickId}/secrets/{sickId}");

        await AllDeliveredAsync(service, sickId, half * 2 * PerDossier, patience);
        await AllDeliveredAsync(service, wellId, half * 2 * PerDossier, patience);
        foreach (var receiver in new[] { sick, well })
            AssertComplete(receiver, half * 2);
        Assert.All(sick.Deliveries, d => Assert.True(SignedBy.Hold(d, old) || SignedBy.Hold(d, fresh)));
        Assert.Contains(sick.Deliveries, d => SignedBy.Hold(d, old) && SignedBy.Hold(d, fresh));
        Assert.True(sick.Deliveries.Count(d => !d.IsTaken) > Events / 20, "the sick one was well");
    }

    private static void AssertComplete(Receiver receiver, int dossiers)
    {
        var bodies = new ConcurrentDictionary<string, string>();
        foreach (var delivery in receiver.Deliveries)
            Assert.Equal(bodies.GetOrAdd(delivery.Id, delivery.Body), delivery.Body); // one id, one event
        var byDossier = receiver.Taken.GroupBy(d => d.Subject).ToList();
        Assert.Equal(dossiers, byDossier.Count);
        foreach (var dossier in byDossier)
        {
            // Again is allowed, back is not: what was taken never goes below what was taken before.
            var sequences = dossier.Select(d => d.Sequence).ToList();
            Assert.Equal(sequences.Order(), sequences);
            Assert.Equal(Enumerable.Range(1, PerDossier).Select(i => (long)i), sequences.Distinct());
        }
    }

    private static Task AllDeliveredAsync(ServiceFactory<NotificationDbContext> service, Guid id, int count, TimeSpan within) => Eventually.Async(
        () => service.InScopeAsync<NotificationDbContext, bool>(async db =>
            await db.Deliveries.CountAsync(d => d.SubscriptionId == id && d.State == DeliveryState.Delivered) == count),
        $"{count} deliveries of {id}", within);

    /// <summary>Facts in any order, as the bus brings them.</summary>
    private static async Task LogAsync(ServiceFactory<NotificationDbContext> service, int dossiers)
    {
        await service.InScopeAsync<NotificationDbContext, int>(db => db.Database.ExecuteSqlAsync(
            $$"""
            WITH dossier AS (SELECT gen_random_uuid() AS id FROM generate_series(1, {{dossiers}})),
            stream AS (
                INSERT INTO event_stream (dossier_id, next_sequence, code, procedure_code, unit_code, seen_sequence)
                SELECT id, 1, 'c', '1.013978', '06658', 0 FROM dossier),
            fact AS (SELECT gen_random_uuid() AS event, d.id, n FROM dossier d CROSS JOIN generate_series(1, {{PerDossier}}) n)
            INSERT INTO public_event (id, dossier_id, sequence, type, received_at, envelope, occurred_at, procedure_code, unit_code)
            SELECT event, id, n, 'vn.halong.dossier.accepted.v1', clock_timestamp() + random() * interval '1 second',
                   json_build_object('id', event, 'type', 'vn.halong.dossier.accepted.v1', 'subject', id, 'sequence', n)::text, now(), '1.013978', '06658'
            FROM fact ORDER BY random()
            """));
    }

    private static ServiceFactory<NotificationDbContext> Patient(ServiceFactory<NotificationDbContext> factory)
    {
        // So many attempts that none dies by chance.
        for (var i = 0; i < 30; i++)
            factory.WithSetting($"Webhooks:RetryDelays:{i}", "00:00:00.020");
        return factory.WithSetting("Webhooks:MaxInFlightPerSubscription", "16");
    }
}
