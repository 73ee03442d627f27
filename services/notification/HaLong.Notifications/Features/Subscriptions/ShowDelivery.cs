using System.Text.Json;
using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.Subscriptions;

/// <summary>One delivery with the body that was sent.</summary>
internal static class ShowDelivery
{
    internal sealed record View(DeliveryView Delivery, JsonElement Body);

    public static void MapShowDelivery(this IEndpointRouteBuilder subscriptions) => subscriptions.MapGet("/{id:guid}/deliveries/{eventId:guid}", HandleAsync)
        .WithName("getDelivery")
        .WithSummary("One delivery: every attempt, and the body")
        .WithDescription("Kept for 30 days after it ended. The body is the CloudEvent, the same in every attempt.")
        .Produces<View>()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, Guid eventId, Caller caller, NotificationDbContext db, CancellationToken ct)
    {
        if (!await db.SubscriptionsOf(caller).AnyAsync(s => s.Id == id, ct))
            return NotificationErrors.SubscriptionNotFound.ToProblem();
        var delivery = await db.Deliveries.AsNoTracking().Include(d => d.Event).Include(d => d.Log)
            .SingleOrDefaultAsync(d => d.SubscriptionId == id && d.EventId == eventId, ct);
        return delivery is null
            ? SubscriptionErrors.DeliveryNotFound.ToProblem()
            : TypedResults.Ok(new View(DeliveryView.Of(delivery), JsonElement.Parse(delivery.Event.Envelope)));
    }
}
