using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Features.Subscriptions;

internal static class SubscriptionQueries
{
    /// <summary>The subscriptions of the calling client: the only ones that exist for it.</summary>
    public static IQueryable<Subscription> SubscriptionsOf(this NotificationDbContext db, Caller caller) =>
        db.Subscriptions.Where(s => s.Owner == caller.ClientId);
}
