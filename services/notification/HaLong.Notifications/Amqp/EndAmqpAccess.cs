using HaLong.Messaging;
using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Amqp;

/// <summary>Ends a partner's access to the broker, with its open connections.</summary>
internal static class EndAmqpAccess
{
    public static void MapEndAmqpAccess(this IEndpointRouteBuilder access) => access.MapDelete("", HandleAsync)
        .WithName("endAmqpAccess")
        .WithSummary("End my access to the broker")
        .WithDescription(
            "The user is removed and its connections are closed. Its queues go after a week without use. A broker that is away gives 503: the end holds, "
            + "and is brought there by and by.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> HandleAsync(
        HttpRequest request, Caller caller, NotificationDbContext db, AmqpAccesses accesses, BrokerUsers users, CancellationToken ct)
    {
        if (await accesses.FindAsync(caller.ClientId, ct) is not { } access)
            return AmqpErrors.NoAccess.ToProblem();
        if (Etag.Check(request, access.Version) is { } stale)
            return stale.ToProblem();
        db.Remove(access);
        db.Record("notification.amqp-access-ended", caller.ClientId, new { access.CreatedAt });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return (Etag.IsConditional(request) ? CommonErrors.StaleRevision : CommonErrors.LostRace).ToProblem();
        }

        return !users.AreOffered || await accesses.ApplyAsync(caller.ClientId, ct) ? TypedResults.NoContent() : AmqpErrors.BrokerUnavailable.ToProblem();
    }
}
