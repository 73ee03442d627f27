using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Workers;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.Subscriptions;

/// <summary>Pauses or resumes. What happens during a pause is kept and delivered, in order, after it.</summary>
internal static class ChangeSubscription
{
    internal sealed record Request(string? State);

    public static void MapChangeSubscription(this IEndpointRouteBuilder subscriptions) => subscriptions.MapPatch("/{id:guid}", HandleAsync)
        .WithName("changeSubscription")
        .WithSummary("Pause or resume a subscription")
        .WithDescription("`state` is `paused` or `active`. Events during a pause are kept and delivered afterwards. Send If-Match to be safe against another change.")
        .Produces<SubscriptionView>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed);

    private static async Task<IResult> HandleAsync(
        Guid id, Request request, HttpContext http, Caller caller, NotificationDbContext db, Signals signals, CancellationToken ct)
    {
        if (await db.SubscriptionsOf(caller).SingleOrDefaultAsync(s => s.Id == id, ct) is not { } subscription)
            return NotificationErrors.SubscriptionNotFound.ToProblem();
        if (Etag.Check(http.Request, subscription.Version) is { } stale)
            return stale.ToProblem();
        SubscriptionState? state = request.State switch
        {
            "active" => SubscriptionState.Active,
            "paused" => SubscriptionState.Paused,
            _ => null,
        };
        if (state is null)
            return NotificationErrors.StateNotUsable.ToProblem();

        subscription.Become(state.Value);
        await db.SaveChangesAsync(ct);
        signals.Due.Pulse();
        Etag.Set(http.Response, subscription.Version);
        return TypedResults.Ok(SubscriptionView.Of(subscription));
    }
}
