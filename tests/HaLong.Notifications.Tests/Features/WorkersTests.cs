using System.Net.Http.Json;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Tests.Support;
using HaLong.Notifications.Workers;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Notifications.Tests.Features;

public sealed class WorkersTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_signal_given_before_the_wait_is_not_lost_and_many_count_as_one()
    {
        using var signal = new Signal();
        signal.Pulse();
        signal.Pulse();

        var started = TimeProvider.System.GetTimestamp();
        await signal.WaitAsync(TimeSpan.FromSeconds(20), World.Ct);
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(10));
        await signal.WaitAsync(TimeSpan.FromMilliseconds(50), World.Ct);
        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(45));
    }

    [Fact]
    public async Task When_the_database_cuts_the_connections_events_still_come_through()
    {
        await using var receiver = await Receiver.StartAsync();
        await world.SubscribeAsync(receiver.Url, "cut");
        var before = new Facts(Guid.CreateVersion7());
        await world.PublishAsync(before.Submitted());
        await Eventually.Async(() => Task.FromResult(receiver.SequencesOf(before.Dossier).Count == 1), "the first event");

        await world.InDatabaseAsync(db => db.Database.ExecuteSqlAsync(
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"));

        var after = new Facts(Guid.CreateVersion7());
        await world.PublishAllAsync([after.Submitted(), after.FeePaid()]);
        await Eventually.Async(() => Task.FromResult(receiver.SequencesOf(after.Dossier).Count == 2), "events after the cut");
        Assert.Equal([1, 2], receiver.SequencesOf(after.Dossier));
    }

    [Fact]
    public async Task A_process_that_stops_in_the_middle_of_a_delivery_gives_it_back_for_another_to_make()
    {
        await using var receiver = await Receiver.StartAsync();
        var arrived = new TaskCompletionSource();
        var hang = true;
        receiver.Answer = async _ =>
        {
            if (!Volatile.Read(ref hang))
                return 204;
            arrived.TrySetResult();
            await Task.Delay(TimeSpan.FromSeconds(30), World.Ct);
            return 204;
        };
        var first = await world.Factory().WithSetting("Webhooks:Timeout", "00:00:30")
            .WithDatabase<NotificationDbContext>("notification-db", o => new NotificationDbContext(o)).StartAsync();
        var database = first.Services.GetRequiredService<IConfiguration>().GetConnectionString("notification-db");
        using (var partner = first.Client(world.Identity.PartnerToken()))
        using (var created = await partner.PostAsJsonAsync("/api/v1/subscriptions", new { url = receiver.Url, types = new[] { "vn.halong." } }, World.Ct))
            Assert.True(created.IsSuccessStatusCode);
        var facts = new Facts(Guid.CreateVersion7());
        await first.PublishAsync(facts.Submitted());
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30), World.Ct);

        Volatile.Write(ref hang, false);
        await first.DisposeAsync();
        await using var second = await world.Factory().WithSetting("ConnectionStrings:notification-db", database).StartAsync();

        // Well before the claim of a minute would have run out.
        await Eventually.Async(
            () => second.InScopeAsync<NotificationDbContext, bool>(db => db.Deliveries.AnyAsync(d => d.State == DeliveryState.Delivered && d.Attempts == 1)),
            "the delivery by the second process", TimeSpan.FromSeconds(20));
    }
}
