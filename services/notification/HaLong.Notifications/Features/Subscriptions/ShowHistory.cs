using System.Globalization;
using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.Subscriptions;

/// <summary>What happened to a subscription, by its owner or by the platform.</summary>
internal static class ShowHistory
{
    internal sealed record View(DateTimeOffset At, string What, string? Reason, string By);

    public static void MapShowHistory(this IEndpointRouteBuilder subscriptions) => subscriptions.MapGet("/{id:guid}/history", HandleAsync)
        .WithName("subscriptionHistory")
        .WithSummary("What happened to a subscription, newest first")
        .WithDescription("Changes by its owner, and by the platform: proved, failing, suspended, paused because of 410, active again; with the reason.")
        .Produces<Page<View>>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, string? after, int? limit, Caller caller, NotificationDbContext db, CancellationToken ct)
    {
        var cursor = Cursor.Decode(after, 1);
        var size = Cursor.Limit(limit);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        var before = long.MaxValue;
        if (cursor.Value is not null && !long.TryParse(cursor.Value[0], NumberStyles.None, CultureInfo.InvariantCulture, out before))
            return CommonErrors.BadRequest.ToProblem();
        if (!await db.SubscriptionsOf(caller).AnyAsync(s => s.Id == id, ct))
            return NotificationErrors.SubscriptionNotFound.ToProblem();
        var rows = await db.Changes.AsNoTracking().Where(c => c.SubscriptionId == id && c.Id < before).OrderByDescending(c => c.Id).Take(size.Value + 1).ToListAsync(ct);
        var page = Page.Of(rows, size.Value, c => [c.Id.ToString(CultureInfo.InvariantCulture)]);
        return TypedResults.Ok(new Page<View>([.. page.Items.Select(c => new View(c.At, c.What, c.Reason, c.By))], page.After));
    }
}
