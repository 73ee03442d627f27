using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.Messages;

/// <summary>How many messages wait to be read.</summary>
/// <param name="Unread">At most <see cref="ReadMessages.MostCounted"/>: more than that is "many".</param>
internal sealed record UnreadView(int Unread);

/// <summary><c>GET /api/v1/me/messages/unread</c> and <c>POST /api/v1/me/messages/read</c>.</summary>
internal static class ReadMessages
{
    /// <summary>Counting stops here: nobody reads the difference.</summary>
    public const int MostCounted = 1000;

    public static void MapReadMessages(this IEndpointRouteBuilder messages)
    {
        messages.MapGet("/unread", CountAsync)
            .WithName("countUnread")
            .WithSummary("How many of my messages are unread")
            .WithDescription("Counted up to 1000. Strongly consistent within this service.")
            .Produces<UnreadView>();
        messages.MapPost("/read", HandleAsync)
            .WithName("readMessages")
            .WithSummary("Mark all my messages as read")
            .WithDescription(
                "Those up to `upTo`, the newest that was shown: what has come since stays unread. Without it, all. Idempotent by itself: what was read keeps its time.")
            .Produces<UnreadView>();
    }

    internal static IQueryable<Message> Unread(NotificationDbContext db, Guid account) =>
        db.Messages.Where(m => m.RecipientId == account && m.Channel == MessageChannel.InApp && m.ReadAt == null);

    private static async Task<IResult> CountAsync(Caller caller, NotificationDbContext db, CancellationToken ct) =>
        TypedResults.Ok(new UnreadView(await Unread(db, caller.AccountId).Take(MostCounted).CountAsync(ct)));

    private static async Task<IResult> HandleAsync(Guid? upTo, Caller caller, NotificationDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var shown = Unread(db, caller.AccountId);
        if (upTo is { } last)
            shown = shown.Where(m => m.Id <= last);
        if (await shown.ExecuteUpdateAsync(set => set.SetProperty(m => m.ReadAt, now), ct) > 0)
            await InboxStreams.TellAsync(db, caller.AccountId, ct);
        return TypedResults.Ok(new UnreadView(await Unread(db, caller.AccountId).Take(MostCounted).CountAsync(ct)));
    }
}
