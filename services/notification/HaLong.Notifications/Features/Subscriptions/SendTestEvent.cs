using HaLong.Notifications.Persistence;
using HaLong.Notifications.Webhooks;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.Subscriptions;

/// <summary>Sends a test event at once and says how it went. It is in no log: partners' figures hold only facts.</summary>
internal static class SendTestEvent
{
    internal sealed record View(Guid EventId, bool Delivered, int? Status, string? Error, int DurationMs, int? DnsMs, int? ConnectMs);

    public static void MapSendTestEvent(this IEndpointRouteBuilder subscriptions) => subscriptions.MapPost("/{id:guid}/test", HandleAsync)
        .WithName("testSubscription")
        .WithSummary("Send a test event now and see the answer")
        .WithDescription("An event of type `vn.halong.subscription.test.v1`, signed like any other. The address must be proved; a paused subscription can be tested too.")
        .Produces<View>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> HandleAsync(
        Guid id, Caller caller, NotificationDbContext db, WebhookSender sender, TimeProvider clock, CancellationToken ct)
    {
        if (await db.SubscriptionsOf(caller).AsNoTracking().Include(s => s.Secrets).SingleOrDefaultAsync(s => s.Id == id, ct) is not { } subscription)
            return NotificationErrors.SubscriptionNotFound.ToProblem();
        if (!subscription.IsProved)
            return SubscriptionErrors.NotProved.ToProblem();

        var now = clock.GetUtcNow();
        var target = new WebhookTarget(
            id, subscription.Owner, subscription.Url,
            [.. subscription.Secrets.Where(k => k.SignsAt(now)).OrderByDescending(k => k.CreatedAt).Select(k => k.Sealed)], subscription.Headers);
        var eventId = Guid.CreateVersion7(now);
        var envelope = PlatformEvent.Of(eventId, PlatformEvent.Test, id, now, new Dictionary<string, string>());
        var result = await sender.PostAsync(target, eventId, envelope, readAnswer: false, ct);
        return TypedResults.Ok(new View(
            eventId, result.IsDelivered, result.Status, result.Error, (int)result.Took.TotalMilliseconds, (int?)result.Dns?.TotalMilliseconds,
            (int?)result.Connect?.TotalMilliseconds));
    }
}
