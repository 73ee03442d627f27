using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Features.Subscriptions;

/// <summary>A subscription as its owner sees it; the secret only in the answer to its creation.</summary>
internal sealed record SubscriptionView(Guid Id, string Url, IReadOnlyList<string> Types, SubscriptionState State, DateTimeOffset CreatedAt)
{
    public static SubscriptionView Of(Subscription s) => new(s.Id, s.Url, s.Types, s.State, s.CreatedAt);
}

/// <summary>A new subscription with the secret that signs its deliveries.</summary>
internal sealed record CreatedSubscriptionView(
    Guid Id, string Url, IReadOnlyList<string> Types, SubscriptionState State, DateTimeOffset CreatedAt, string Secret);
