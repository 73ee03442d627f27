using System.Linq.Expressions;
using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Features.PushSubscriptions;

/// <summary>One of my devices. Address and keys are never shown again.</summary>
/// <param name="Id">The device.</param>
/// <param name="Service">Host of the browser's push service.</param>
/// <param name="CreatedAt">When it was last signed up.</param>
/// <param name="ExpiresAt">When the browser lets it lapse, if it said so.</param>
internal sealed record PushSubscriptionView(Guid Id, string Service, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    public static readonly Expression<Func<PushSubscription, PushSubscriptionView>> From =
        d => new PushSubscriptionView(d.Id, d.Service, d.CreatedAt, d.ExpiresAt);

    public static PushSubscriptionView Of(PushSubscription d) => new(d.Id, d.Service, d.CreatedAt, d.ExpiresAt);
}
