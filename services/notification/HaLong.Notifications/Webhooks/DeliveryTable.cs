using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Workers;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Webhooks;

internal static class DeliveryTable
{
    /// <summary>
    /// What waits for its next attempt is due now: whoever comes back need not wait for the rest of the schedule. An attempt that runs is not in the
    /// log yet; its delivery is left alone, or it would be made twice at once.
    /// </summary>
    public static Task<int> MakeDueAsync(this NotificationDbContext db, Guid subscription, DateTimeOffset now, CancellationToken ct) =>
        db.Deliveries.Where(d => d.SubscriptionId == subscription && d.State == DeliveryState.Pending && d.DueAt > now && d.Log.Any(a => a.Number == d.Attempts))
            .ExecuteUpdateAsync(s => s.SetProperty(d => d.DueAt, now), ct);

    /// <summary>How it goes with a subscription's address; a row of its own from the first time on.</summary>
    public static async Task<SubscriptionHealth> HealthOfAsync(this NotificationDbContext db, Guid subscription, CancellationToken ct) =>
        await db.Health.FindAsync([subscription], ct) ?? db.Add(new SubscriptionHealth { SubscriptionId = subscription }).Entity;

    /// <summary>Wakes the workers of every replica.</summary>
    public static Task WakeAsync(this NotificationDbContext db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_notify({Signals.DueChannel}, '')", ct);
}
