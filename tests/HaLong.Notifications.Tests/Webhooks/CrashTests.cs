using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Webhooks;

/// <summary>The service dies between any two steps: the database refuses the next one, which is what a death looks like to what is left.</summary>
public sealed class CrashTests(World world) : IClassFixture<World>, IAsyncLifetime
{
    private ServiceFactory<NotificationDbContext> service = null!; // set by InitializeAsync

    // A claim of a dead process is over after three seconds instead of a minute.
    public async ValueTask InitializeAsync() => service = await world.Factory().WithSetting("Webhooks:ClaimFor", "00:00:03")
        .WithDatabase<NotificationDbContext>("notification-db", o => new NotificationDbContext(o)).StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Dead_while_releasing_then_every_event_is_released_once_and_in_order()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await service.ProvedAsync(receiver.Url, "releasing");
        await using (await FaultAsync("webhook_delivery", "INSERT"))
        {
            var facts = await LogAsync(3);
            await FailedOnceAsync();
            Assert.All(await PositionsAsync(facts), Assert.Null);
            Assert.Empty(receiver.Deliveries);
        }

        await AllTakenAsync(receiver, 3);
        Assert.Equal([1, 2, 3], receiver.Taken.Select(d => d.Sequence));
        Assert.Equal(3, (await service.DeliveriesAsync(id)).Count);
    }

    [Fact]
    public async Task Dead_while_logging_then_the_fact_comes_again_and_is_logged_once()
    {
        await using var receiver = await Receiver.StartAsync();
        await service.ProvedAsync(receiver.Url, "logging");
        Facts facts;
        await using (await FaultAsync("public_event", "INSERT"))
        {
            facts = await LogAsync(2);
            await FailedOnceAsync();
        }

        await AllTakenAsync(receiver, 2);
        Assert.Equal([1, 2], receiver.SequencesOf(facts.Dossier));
    }

    [Fact]
    public async Task Dead_after_sending_before_recording_then_it_is_sent_again_with_the_same_id_and_what_follows_waits_for_it()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await service.ProvedAsync(receiver.Url, "recording");
        await using (await FaultAsync("delivery_attempt", "INSERT"))
        {
            await LogAsync(3);
            await Eventually.Async(() => Task.FromResult(!receiver.Deliveries.IsEmpty), "the first sending");
            await FailedOnceAsync();
            Assert.Single(receiver.Deliveries.Select(d => d.Id).Distinct());
        }

        await Eventually.Async(async () => (await service.DeliveriesAsync(id)).All(d => d.State == DeliveryState.Delivered), "all recorded", TimeSpan.FromSeconds(60));
        var byEvent = receiver.Taken.GroupBy(d => d.Sequence).ToList();
        Assert.Equal([1, 2, 3], byEvent.Select(g => g.Key));
        Assert.True(byEvent[0].Count() >= 2, "it was not sent again");
        Assert.All(byEvent, g => Assert.Single(g.Select(d => (d.Id, d.Body)).Distinct()));
        Assert.Equal(receiver.Taken.Select(d => d.Sequence).Order(), receiver.Taken.Select(d => d.Sequence));
    }

    [Fact]
    public async Task Dead_while_claiming_then_another_claim_takes_it()
    {
        await using var receiver = await Receiver.StartAsync();
        await service.ProvedAsync(receiver.Url, "claiming");
        await using (await FaultAsync("webhook_delivery", "UPDATE"))
        {
            await LogAsync(2);
            await FailedOnceAsync();
            Assert.Empty(receiver.Deliveries);
        }

        await AllTakenAsync(receiver, 2);
        Assert.Equal([1, 2], receiver.Taken.Select(d => d.Sequence));
    }

    [Fact]
    public async Task Dead_after_the_proof_before_its_recording_then_the_address_is_asked_again()
    {
        await using var receiver = await Receiver.StartAsync();
        using var partner = service.Client(world.Identity.PartnerToken("proving"));
        Guid id;
        await using (await FaultAsync("subscription", "UPDATE"))
        {
            id = (await partner.OkAsync(HttpMethod.Post, "/api/v1/subscriptions", new { url = receiver.Url, types = new[] { "vn.halong." } })).GetProperty("id").GetGuid();
            await FailedOnceAsync();
            Assert.Equal("pending", await service.StateAsync(id));
        }

        await service.BecomesAsync(id, "active");
        Assert.True(receiver.Validations.Count >= 2, "it was not asked again");
    }

    private async Task<Facts> LogAsync(int count)
    {
        var facts = new Facts(Guid.CreateVersion7());
        foreach (var fact in facts.All().Take(count))
            await service.Part<IBus>().Publish(fact, fact.GetType(), c => c.MessageId = Guid.CreateVersion7(), World.Ct);
        return facts;
    }

    private Task<List<long?>> PositionsAsync(Facts facts) => service.InScopeAsync<NotificationDbContext, List<long?>>(db =>
        db.Events.Where(e => e.DossierId == facts.Dossier).Select(e => e.Position).ToListAsync());

    private static Task AllTakenAsync(Receiver receiver, int count) =>
        Eventually.Async(() => Task.FromResult(receiver.Taken.Select(d => d.Id).Distinct().Count() == count), $"{count} events", TimeSpan.FromSeconds(60));

    /// <summary>Until the fault has struck: what fails is rolled back, but a sequence is not.</summary>
    private Task FailedOnceAsync() => Eventually.Async(
        () => service.InScopeAsync<NotificationDbContext, bool>(db => db.Database.SqlQuery<bool>($"SELECT is_called AS \"Value\" FROM fault_count").SingleAsync()), "a fault");

    private async Task<Fault> FaultAsync(string table, string operation)
    {
        await SqlAsync($$"""
            CREATE SEQUENCE fault_count;
            CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN PERFORM nextval('fault_count'); RAISE EXCEPTION 'the process is dead'; END $body$;
            CREATE TRIGGER fault BEFORE {{operation}} ON {{table}} FOR EACH ROW EXECUTE FUNCTION fault();
            """);
        return new Fault(() => SqlAsync($"DROP TRIGGER fault ON {table}; DROP FUNCTION fault(); DROP SEQUENCE fault_count;"));
    }

    private Task<int> SqlAsync(string sql) => service.InScopeAsync<NotificationDbContext, int>(db => db.Database.ExecuteSqlRawAsync(sql));

    private sealed class Fault(Func<Task<int>> end) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await end();
    }
}
