using System.Security.Cryptography;
using System.Text.Json;
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
        .WithDescription(
            "What happened to my dossiers; `dossier` takes one of them. The ETag is of the page: If-None-Match answers 304 while nothing has come or been read. "
            + "Strongly consistent within this service; a message follows its fact by a second or so.")
        .Produces<Page<MessageView>>()
        .Produces(StatusCodes.Status304NotModified)
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> HandleAsync(
        string? after, int? limit, bool? unread, Guid? dossier, Caller caller, NotificationDbContext db, HttpContext http, CancellationToken ct)
    {
        // Ids are time-ordered (UUIDv7), so the id alone is a stable newest-first key.
        var cursor = Cursor.DecodeId(after);
        var size = Cursor.Limit(limit);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        if (!size.IsSuccess)
            return size.Error.ToProblem();

        var mine = db.Messages.AsNoTracking().Where(m => m.RecipientId == caller.AccountId && m.Channel == MessageChannel.InApp);
        if (cursor.Value is { } last)
            mine = mine.Where(m => m.Id < last);
        if (unread == true)
            mine = mine.Where(m => m.ReadAt == null);
        if (dossier is not null)
            mine = mine.Where(m => m.DossierId == dossier);
        var page = Page.Of(await mine.OrderByDescending(m => m.Id).Take(size.Value + 1).Select(MessageView.From).ToListAsync(ct), size.Value, m => [m.Id.ToString()]);
        var tag = TagOf(page);
        http.Response.Headers.ETag = tag;
        // A browser may keep it, but must ask.
        http.Response.Headers.CacheControl = "private, no-cache";
        return http.Request.Headers.IfNoneMatch.Contains(tag) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(page);
    }

    // What a message says never changes: which ones there are, and when they were read, is all.
    private static string TagOf(Page<MessageView> page) =>
        $"\"{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(page.Items.Select(m => new { m.Id, m.ReadAt })))[..12])}\"";
}
