using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.Subscriptions;

/// <summary>Ends a subscription, with its secret and all deliveries.</summary>
internal static class DeleteSubscription
{
    public static void MapDeleteSubscription(this IEndpointRouteBuilder subscriptions) => subscriptions.MapDelete("/{id:guid}", HandleAsync)
        .WithName("deleteSubscription")
        .WithSummary("End a subscription")
        .WithDescription("Undelivered events of it are dropped; they stay readable in the pull feed.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed);

    private static async Task<IResult> HandleAsync(Guid id, HttpRequest request, Caller caller, NotificationDbContext db, CancellationToken ct)
    {
        if (await db.SubscriptionsOf(caller).SingleOrDefaultAsync(s => s.Id == id, ct) is not { } subscription)
            return NotificationErrors.SubscriptionNotFound.ToProblem();
        if (Etag.Check(request, subscription.Version) is { } stale)
            return stale.ToProblem();
        db.Remove(subscription);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
