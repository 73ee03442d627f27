using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.Sending;

/// <summary>Outgoing messages that were given up, wait, or were not sent; newest first.</summary>
internal static class ListOutgoing
{
    public static void MapListOutgoing(this IEndpointRouteBuilder messages) => messages.MapGet("", HandleAsync)
        .WithName("listOutgoingMessages")
        .WithSummary("Outgoing messages by state: dead letters unless asked otherwise")
        .WithDescription(
            "`state` is `failed` (default), `pending`, `expired` or `cancelled`; `channel`, `provider` and `kind` narrow it. "
            + "Newest first. Neither addresses nor texts are shown.")
        .Produces<Page<OutgoingView>>()
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> HandleAsync(
        string? state, string? channel, string? provider, string? kind, string? after, int? limit, NotificationDbContext db, CancellationToken ct)
    {
        var (filter, cursor, size) = (MessageFilter.Read(state, channel, provider, kind), Cursor.DecodeId(after), Cursor.Limit(limit));
        if (!filter.IsSuccess)
            return filter.Error.ToProblem();
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        if (!size.IsSuccess)
            return size.Error.ToProblem();

        var found = filter.Value.Of(db.Messages.AsNoTracking());
        if (cursor.Value is { } last)
            found = found.Where(m => m.Id < last);
        var page = await found.OrderByDescending(m => m.Id).Take(size.Value + 1).Select(OutgoingView.From).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(page, size.Value, m => [m.Id.ToString()]));
    }
}
