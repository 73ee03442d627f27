using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Marks a message as read; the first time counts.</summary>
internal static class ReadMessage
{
    public static void MapReadMessage(this IEndpointRouteBuilder messages) => messages.MapPost("/{id:guid}/read", HandleAsync)
        .WithName("readMessage")
        .WithSummary("Mark a message as read")
        .WithDescription("Idempotent by itself: reading again changes nothing and answers the same.")
        .Produces<MessageView>()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, Caller caller, NotificationDbContext db, TimeProvider clock, CancellationToken ct)
    {
        // Two readers at once: the row keeps the earlier time.
        var now = clock.GetUtcNow();
        var changed = await db.Messages
            .Where(m => m.Id == id && m.RecipientId == caller.AccountId && m.Channel == MessageChannel.InApp && m.ReadAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.ReadAt, now), ct);
        if (changed > 0)
            await InboxStreams.TellAsync(db, caller.AccountId, ct);
        var message = await db.Messages.AsNoTracking()
            .SingleOrDefaultAsync(m => m.Id == id && m.RecipientId == caller.AccountId && m.Channel == MessageChannel.InApp, ct);
        return message is null ? NotificationErrors.MessageNotFound.ToProblem() : TypedResults.Ok(MessageView.Of(message));
    }
}
