using System.Globalization;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.Subscriptions;

/// <summary>What was delivered, what is on its way and what went wrong.</summary>
internal static class ListDeliveries
{
    public static void MapListDeliveries(this IEndpointRouteBuilder subscriptions) => subscriptions.MapGet("/{id:guid}/deliveries", HandleAsync)
        .WithName("listDeliveries")
        .WithSummary("Deliveries of a subscription, newest first, with every attempt")
        .Produces<Page<DeliveryView>>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(
        Guid id, string? after, int? limit, string? state, Caller caller, NotificationDbContext db, CancellationToken ct)
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

        var deliveries = db.Deliveries.AsNoTracking().Where(d => d.SubscriptionId == id && d.Position < before);
        if (state is not null)
        {
            if (!Enum.TryParse<DeliveryState>(state, ignoreCase: true, out var wanted) || !Enum.IsDefined(wanted))
                return CommonErrors.BadRequest.WithField("state", "Chỉ có pending, delivered hoặc dead.", "One of pending, delivered or dead.").ToProblem();
            deliveries = deliveries.Where(d => d.State == wanted);
        }

        var rows = await deliveries.OrderByDescending(d => d.Position).Take(size.Value + 1).Include(d => d.Event).Include(d => d.Log).ToListAsync(ct);
        var page = Page.Of(rows, size.Value, d => [d.Position.ToString(CultureInfo.InvariantCulture)]);
        return TypedResults.Ok(new Page<DeliveryView>([.. page.Items.Select(DeliveryView.Of)], page.After));
    }
}
