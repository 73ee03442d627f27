using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.Messages;

/// <summary>The caller's inbox, newest first.</summary>
internal static class ListMessages
{
    public static void MapListMessages(this IEndpointRouteBuilder messages) => messages.MapGet("", HandleAsync)
        .WithName("listMessages")
        .WithSummary("My messages, newest first")
        .WithDescription("What happened to my dossiers. Strongly consistent within this service; a message follows its fact by a second or so.")
        .Produces<Page<MessageView>>()
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> HandleAsync(string? after, int? limit, bool? unread, Caller caller, NotificationDbContext db, CancellationToken ct)
    {
        var cursor = Cursor.Decode(after, 1);
        var size = Cursor.Limit(limit);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        if (cursor.Value is not null && !Guid.TryParse(cursor.Value[0], out _))
            return CommonErrors.BadRequest.ToProblem();

        var mine = db.Messages.AsNoTracking().Where(m => m.RecipientId == caller.AccountId && m.Channel == MessageChannel.InApp);
        if (cursor.Value is not null)
        {
            // Ids are time-ordered (UUIDv7), so the id alone is a stable newest-first key.
            var last = Guid.Parse(cursor.Value[0]);
            mine = mine.Where(m => m.Id < last);
        }

        if (unread == true)
            mine = mine.Where(m => m.ReadAt == null);
        var page = await mine.OrderByDescending(m => m.Id).Take(size.Value + 1).Select(MessageView.From).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(page, size.Value, m => [m.Id.ToString()]));
    }
}
