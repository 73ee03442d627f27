using HaLong.Notifications.Persistence;
using HaLong.Notifications.Sending.Push;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.PushSubscriptions;

/// <summary>A device shall show nothing any more.</summary>
internal static class DeletePushSubscription
{
    public static void MapDeletePushSubscription(this IEndpointRouteBuilder devices) => devices.MapDelete("/{id:guid}", HandleAsync)
        .WithName("deletePushSubscription")
        .WithSummary("End push messages to a device")
        .WithDescription("At once, with address and keys; what still waits for the device is not sent. A second call finds nothing (404).")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, Caller caller, NotificationDbContext db, CancellationToken ct) =>
        await db.PushSubscriptions.Where(d => d.Id == id && d.AccountId == caller.AccountId).ExecuteDeleteAsync(ct) == 1
            ? TypedResults.NoContent()
            : PushErrors.NotFound.ToProblem();
}
