using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.PushSubscriptions;

/// <summary>The caller's devices, newest first.</summary>
internal static class ListPushSubscriptions
{
    public static void MapListPushSubscriptions(this IEndpointRouteBuilder devices) => devices.MapGet("", HandleAsync)
        .WithName("listPushSubscriptions")
        .WithSummary("My devices for push messages")
        .WithDescription("Newest first; at most ten, so mostly one page. Strongly consistent.")
        .Produces<Page<PushSubscriptionView>>()
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> HandleAsync(string? after, int? limit, Caller caller, NotificationDbContext db, CancellationToken ct)
    {
        var cursor = Cursor.DecodeId(after);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        var size = Cursor.Limit(limit);
        if (!size.IsSuccess)
            return size.Error.ToProblem();

        var mine = db.PushSubscriptions.AsNoTracking().Where(d => d.AccountId == caller.AccountId);
        if (cursor.Value is { } last)
            mine = mine.Where(d => d.Id < last);
        var page = await mine.OrderByDescending(d => d.Id).Take(size.Value + 1).Select(PushSubscriptionView.From).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(page, size.Value, d => [d.Id.ToString()]));
    }
}
