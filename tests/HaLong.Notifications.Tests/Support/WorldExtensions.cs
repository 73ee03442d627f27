using HaLong.Notifications.Domain;
using HaLong.TestSupport;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Notifications.Tests.Support;

internal static class WorldExtensions
{
    /// <summary>Publishes facts of any type one after the other.</summary>
    public static async Task PublishAllAsync(this World world, IEnumerable<object> facts)
    {
        var bus = world.Service.Services.GetRequiredService<IBus>();
        foreach (var fact in facts)
            await bus.Publish(fact, fact.GetType(), c => c.MessageId = Guid.CreateVersion7(), World.Ct);
    }

    /// <summary>Waits until the log has released so many facts of a dossier.</summary>
    public static Task ReleasedAsync(this World world, Guid dossier, int count) => Eventually.Async(
        () => world.InDatabaseAsync(async db => await db.Events.CountAsync(e => e.DossierId == dossier && e.Position != null) == count),
        $"{count} released facts of {dossier}");

    public static Task<List<Delivery>> DeliveriesAsync(this World world, Guid subscription) =>
        world.InDatabaseAsync(db => db.Deliveries.AsNoTracking().Include(d => d.Log).Where(d => d.SubscriptionId == subscription).OrderBy(d => d.Position).ToListAsync());
}
