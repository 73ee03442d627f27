using HaLong.Notifications.Persistence;
using HaLong.Notifications.Webhooks;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Features.Subscriptions;

/// <summary>The caller's subscriptions.</summary>
internal static class GetSubscriptions
{
    public static void MapGetSubscriptions(this IEndpointRouteBuilder subscriptions)
    {
        subscriptions.MapGet("", ListAsync)
            .WithName("listSubscriptions")
            .WithSummary("My subscriptions, oldest first")
            .Produces<Page<SubscriptionView>>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        subscriptions.MapGet("/{id:guid}", GetAsync)
            .WithName("getSubscription")
            .WithSummary("One of my subscriptions")
            .Produces<SubscriptionView>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(string? after, int? limit, Caller caller, NotificationDbContext db, CancellationToken ct)
    {
        var cursor = Cursor.Decode(after, 1);
        var size = Cursor.Limit(limit);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        var last = Guid.Empty;
        if (cursor.Value is not null && !Guid.TryParse(cursor.Value[0], out last))
            return CommonErrors.BadRequest.ToProblem();

        var rows = await db.SubscriptionsOf(caller).AsNoTracking().Where(s => s.Id > last).OrderBy(s => s.Id).Take(size.Value + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(SubscriptionView.Of), size.Value, s => [s.Id.ToString()]));
    }

    private static async Task<IResult> GetAsync(
        Guid id, HttpResponse response, Caller caller, NotificationDbContext db, IOptions<WebhookOptions> options, TimeProvider clock, CancellationToken ct)
    {
        if (await db.SubscriptionsOf(caller).AsNoTracking().Include(s => s.Secrets).SingleOrDefaultAsync(s => s.Id == id, ct) is not { } subscription)
            return NotificationErrors.SubscriptionNotFound.ToProblem();
        var health = await db.Health.AsNoTracking().SingleOrDefaultAsync(h => h.SubscriptionId == id, ct);
        Etag.Set(response, subscription.Version);
        return TypedResults.Ok(SubscriptionView.Of(subscription, health, options.Value.ProofFor, clock.GetUtcNow()));
    }
}
