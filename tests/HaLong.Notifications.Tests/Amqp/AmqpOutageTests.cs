using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Notifications.Amqp;
using HaLong.Notifications.Features.Events;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HaLong.Notifications.Tests.Amqp;

/// <summary>The broker goes away and comes back; a service of its own, whose wire to it can be cut.</summary>
public sealed class AmqpOutageTests(World world) : IClassFixture<World>
{
    /// <summary>Where the wire stays whole, so that no confirmation that is merely late makes a repeat.</summary>
    private const string Patient = "00:00:30";

    [Fact]
    public async Task An_outage_of_the_broker_delays_the_exchange_and_nothing_else()
    {
        await using var wire = Wire();
        await using var service = await ServiceAsync(wire);
        await using var partner = await Partner.ListenAsync(world);
        var measured = new ConcurrentDictionary<string, double>();
        using var listener = Listen(service, measured);
        var facts = new Facts(Guid.CreateVersion7());
        wire.Cut();

        await LogAsync(service, facts, 1, 2, 3);
        using var reader = service.Client(world.Identity.PartnerToken("reader"));
        await Eventually.Async(async () => (await FeedAsync(reader, facts)).Count == 3, "the feed goes on");
        await SampleAsync(service, listener);
        Assert.Equal(3, measured["amqp.waiting"]);
        Assert.True(measured["amqp.oldest_waiting"] > 0);
        wire.Mend();
        await Eventually.Async(() => Task.FromResult(partner.SequencesOf(facts.Dossier).Distinct().Count() == 3), "three messages");

        Assert.Equal([1, 2, 3], partner.SequencesOf(facts.Dossier).Distinct());
        await Eventually.Async(async () => (await service.Services.GetRequiredService<ReleasedEvents>().WaitingAsync(World.Ct)).Count == 0, "nothing waits");
        await SampleAsync(service, listener);
        Assert.Equal((0, 0), (measured["amqp.waiting"], measured["amqp.oldest_waiting"]));
        await Eventually.Async(() => Task.FromResult(measured.ContainsKey("amqp.published") && measured.ContainsKey("amqp.latency")), "counted");
    }

    [Fact]
    public async Task Cut_again_and_again_every_event_comes_at_least_once_in_order_and_repeats_have_the_same_id()
    {
        await using var wire = Wire();
        await using var service = await ServiceAsync(wire);
        await using var partner = await Partner.ListenAsync(world);
        var dossiers = Enumerable.Range(0, 40).Select(_ => new Facts(Guid.CreateVersion7())).ToList();

        foreach (var (facts, i) in dossiers.Select((d, i) => (d, i)))
        {
            await LogAsync(service, facts, 2, 1, 3);
            if (i % 8 == 3)
                wire.Cut();
            if (i % 8 == 6)
                wire.Mend();
        }

        wire.Mend();
        await Eventually.Async(() => Task.FromResult(dossiers.All(d => partner.SequencesOf(d.Dossier).Distinct().Count() == 3)), "all events", TimeSpan.FromSeconds(60));

        foreach (var facts in dossiers)
        {
            var mine = partner.Messages.Where(m => m.Dossier == facts.Dossier).ToList();
            Assert.Equal([1, 2, 3], mine.Select(m => m.Sequence).Distinct());
            Assert.All(mine.GroupBy(m => m.Sequence), same => Assert.Single(same.Select(m => m.Id).Distinct()));
        }
    }

    [Fact]
    public async Task A_broker_that_falls_silent_is_left_and_asked_anew()
    {
        await using var wire = Wire();
        await using var service = await ServiceAsync(wire);
        await using var partner = await Partner.ListenAsync(world);
        var before = new Facts(Guid.CreateVersion7());
        var after = new Facts(Guid.CreateVersion7());
        await LogAsync(service, before, 1);
        await Eventually.Async(() => Task.FromResult(partner.SequencesOf(before.Dossier).Count == 1), "the first");

        wire.Freeze();
        await LogAsync(service, after, 1);
        var log = service.Services.GetRequiredService<ReleasedEvents>();
        await Eventually.Async(async () => (await log.WaitingAsync(World.Ct)).Count == 1, "it waits");
        wire.Cut();
        wire.Mend();

        await Eventually.Async(() => Task.FromResult(partner.SequencesOf(after.Dossier).Count >= 1), "the second");
    }

    [Fact]
    public async Task The_publisher_follows_the_end_of_its_process_to_another_one()
    {
        await using var wire = Wire();
        await using var partner = await Partner.ListenAsync(world);
        var (first, second) = (new Facts(Guid.CreateVersion7()), new Facts(Guid.CreateVersion7()));
        var service = await ServiceAsync(wire, Patient);
        await using var replica = await ReplicaAsync(service);
        await LogAsync(replica, first, 1);
        await Eventually.Async(() => Task.FromResult(partner.SequencesOf(first.Dossier).Count == 1), "the first");

        await service.DisposeAsync();
        await LogAsync(replica, second, 1);

        await Eventually.Async(() => Task.FromResult(partner.SequencesOf(second.Dossier).Count == 1), "the second");
        Assert.Equal([1], partner.SequencesOf(first.Dossier));
    }

    [Fact]
    public async Task What_the_broker_takes_while_the_process_is_ended_is_not_published_again()
    {
        await using var wire = Wire();
        await using var service = await ServiceAsync(wire, Patient);
        await using var partner = await Partner.ListenAsync(world);
        var (before, last, next) = (new Facts(Guid.CreateVersion7()), new Facts(Guid.CreateVersion7()), new Facts(Guid.CreateVersion7()));
        await LogAsync(service, before, 1);
        var log = service.Services.GetRequiredService<ReleasedEvents>();
        await Eventually.Async(async () => partner.SequencesOf(before.Dossier).Count == 1 && (await log.WaitingAsync(World.Ct)).Count == 0, "the way is open");

        wire.FreezeAnswers();
        await LogAsync(service, last, 1);
        await Eventually.Async(() => Task.FromResult(partner.SequencesOf(last.Dossier).Count == 1), "the broker has it");
        var end = service.Services.GetServices<IHostedService>().OfType<AmqpPublisher>().Single().StopAsync(World.Ct);
        wire.Thaw();
        await end;

        Assert.Equal(0, (await log.WaitingAsync(World.Ct)).Count);
        await using var replica = await ReplicaAsync(service);
        await LogAsync(replica, next, 1);
        await Eventually.Async(() => Task.FromResult(partner.SequencesOf(next.Dossier).Count == 1), "another process goes on");
        Assert.Equal([1], partner.SequencesOf(last.Dossier));
    }

    private TcpProxy Wire()
    {
        var broker = new Uri(world.Service.Broker);
        return TcpProxy.To(broker.Host, broker.Port);
    }

    private async Task<ServiceFactory<NotificationDbContext>> ServiceAsync(TcpProxy wire, string confirmTimeout = "00:00:01")
    {
        var broker = new UriBuilder(world.Service.Broker) { Host = "127.0.0.1", Port = wire.Port };
        return await world.Factory().WithDatabase<NotificationDbContext>("notification-db", options => new NotificationDbContext(options))
            .WithBroker(broker.Uri.ToString()).WithSetting("Amqp:ConfirmTimeout", confirmTimeout)
            // Partners have their access from the other service: this one, which does not know them, must not end it.
            .WithSetting("BrokerManagement:Url", "").StartAsync(waitForBus: false);
    }

    private async Task<ServiceFactory<NotificationDbContext>> ReplicaAsync(ServiceFactory<NotificationDbContext> service) =>
        await world.Factory().WithBroker(world.Service.Broker).WithSetting("ConnectionStrings:notification-db", Connection(service))
            .WithSetting("BrokerManagement:Url", "").StartAsync(waitForBus: false);

    private static string Connection(ServiceFactory<NotificationDbContext> service) =>
        service.Services.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>()["ConnectionStrings:notification-db"]!;

    // As LogPublicEvent writes them, without the bus, which is away.
    private static async Task LogAsync(ServiceFactory<NotificationDbContext> service, Facts facts, params long[] sequences) =>
        await service.InScopeAsync<NotificationDbContext, int>(async db =>
        {
            await db.Database.ExecuteSqlAsync($"INSERT INTO event_stream (dossier_id, seen_sequence) VALUES ({facts.Dossier}, 0) ON CONFLICT DO NOTHING");
            foreach (var sequence in sequences)
            {
                var (id, fact) = (Guid.CreateVersion7(), PublicFact.Of(facts.Accepted(sequence)));
                var envelope = CloudEvent.Of(fact, id, null).ToJson();
                await db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO public_event (id, dossier_id, sequence, type, received_at, envelope)
                    VALUES ({id}, {facts.Dossier}, {sequence}, {fact.Type}, clock_timestamp(), {envelope})
                    """);
            }

            return 0;
        });

    private static async Task<IReadOnlyList<JsonElement>> FeedAsync(HttpClient reader, Facts facts)
    {
        var page = await reader.GetFromJsonAsync<JsonElement>($"/api/v1/events?subject={facts.Dossier}", World.Ct);
        return [.. page.GetProperty("items").EnumerateArray()];
    }

    private static async Task SampleAsync(ServiceFactory<NotificationDbContext> service, MeterListener listener)
    {
        await service.Services.GetServices<IHostedService>().OfType<AmqpSampler>().Single().SampleAsync(World.Ct);
        listener.RecordObservableInstruments();
    }

    private static MeterListener Listen(ServiceFactory<NotificationDbContext> service, ConcurrentDictionary<string, double> measured)
    {
        var mine = service.Services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Name.StartsWith("amqp.", StringComparison.Ordinal) && instrument.Meter.Scope == mine)
                    l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => measured[instrument.Name] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => measured[instrument.Name] = value);
        listener.Start();
        return listener;
    }
}
