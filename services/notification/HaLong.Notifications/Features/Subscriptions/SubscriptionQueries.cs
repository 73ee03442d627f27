using HaLong.Messaging;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Features.Subscriptions;

internal static class SubscriptionQueries
{
    /// <summary>The subscriptions of the calling client: the only ones that exist for it.</summary>
    public static IQueryable<Subscription> SubscriptionsOf(this NotificationDbContext db, Caller caller) =>
        db.Subscriptions.Where(s => s.Owner == caller.ClientId);

    /// <summary>Keeps what its owner did to a subscription, for itself and as evidence.</summary>
    public static void Note(this NotificationDbContext db, Guid subscription, string what, DateTimeOffset at)
    {
        db.Add(new SubscriptionChange { SubscriptionId = subscription, At = at, What = what, By = "partner" });
        db.Record("subscription." + what, subscription.ToString(), new { SubscriptionId = subscription, What = what, At = at });
    }
}
