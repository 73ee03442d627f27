using System.Globalization;
using System.Text.Json;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Subscriptions;
using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.Events;

/// <summary>The public log from a position on, for partners who rather ask than be called.</summary>
internal static class ReadEvents
{
    public static void MapReadEvents(this IEndpointRouteBuilder events) => events.MapGet("", HandleAsync)
        .WithName("readEvents")
        .WithSummary("Events after a cursor, oldest first")
        .WithDescription(
            "CloudEvents of all dossiers, each dossier's in the order of its sequence without gaps. Keep the returned cursor and ask again with it, also "
            + "when the page is empty: no event is ever added before it. `type` takes a prefix, `subject` a dossier id. "
            + "Events are kept for 90 days; a cursor from before answers 410 with the oldest one that works.")
        .Produces<Page<JsonElement>>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status410Gone);

    private static async Task<IResult> HandleAsync(
        string? after, int? limit, string? type, string? subject, NotificationDbContext db, CancellationToken ct)
    {
        var position = Position(after);
        var size = Cursor.Limit(limit);
        if (!position.IsSuccess)
            return position.Error.ToProblem();
        if (position.Value > 0 && await OldestAsync(db, ct) is { } oldest && position.Value < oldest - 1)
            return SubscriptionErrors.CursorGone.Format(Cursor.Encode((oldest - 1).ToString(CultureInfo.InvariantCulture))).ToProblem();
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        if (type is not null && !EventTypes.IsUsablePrefix(type))
            return NotificationErrors.TypesNotUsable.ToProblem();
        Guid? dossier = null;
        if (subject is not null)
        {
            if (!Guid.TryParse(subject, out var parsed))
                return NotificationErrors.SubjectNotUsable.ToProblem();
            dossier = parsed;
        }

        var log = db.Events.AsNoTracking().Where(e => e.Position > position.Value);
        if (type is not null)
            log = log.Where(e => e.Type.StartsWith(type));
        if (dossier is not null)
            log = log.Where(e => e.DossierId == dossier);
        var rows = await log.OrderBy(e => e.Position).Take(size.Value).Select(e => new { e.Position, e.Envelope }).ToListAsync(ct);
        var last = rows.Count > 0 ? rows[^1].Position.GetValueOrDefault() : position.Value;
        var items = rows.Select(r => JsonElement.Parse(r.Envelope)).ToList();
        return TypedResults.Ok(new Page<JsonElement>(items, Cursor.Encode(last.ToString(CultureInfo.InvariantCulture))));
    }

    // A reader who was away for longer than events are kept must learn that some are missing; who begins anew begins with what there is.
    private static Task<long?> OldestAsync(NotificationDbContext db, CancellationToken ct) => db.Events.Where(e => e.Position != null).MinAsync(e => e.Position, ct);

    internal static Result<long> Position(string? after)
    {
        var cursor = Cursor.Decode(after, 1);
        if (!cursor.IsSuccess)
            return cursor.Error;
        if (cursor.Value is null)
            return 0L;
        return long.TryParse(cursor.Value[0], NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : CommonErrors.BadRequest;
    }
}
