using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.Subscriptions;

/// <summary>How well a subscription is served, for its owner.</summary>
internal static class ShowMetrics
{
    /// <param name="Delivered">Events that got through in this time.</param>
    /// <param name="Dead">Events given up in this time.</param>
    /// <param name="Attempts">Attempts for events that ended in this time.</param>
    /// <param name="SuccessRate">Delivered events per attempt, 0 to 1; null without any.</param>
    /// <param name="LagP50">Seconds from the event's place in the log, or its replay, to its delivery: the median.</param>
    /// <param name="LagP95">The same, for 19 of 20.</param>
    internal sealed record Span(long Delivered, long Dead, long Attempts, double? SuccessRate, double? LagP50, double? LagP95);

    /// <param name="LastHour">The last hour.</param>
    /// <param name="LastDay">The last 24 hours.</param>
    /// <param name="Pending">Events that wait.</param>
    /// <param name="OldestPendingAt">Since when the oldest of them waits.</param>
    /// <param name="Dead">Events given up that can be replayed.</param>
    /// <param name="FailuresInARow">Attempts since the last one that got through.</param>
    /// <param name="FailingSince">When the first of those was.</param>
    internal sealed record View(Span LastHour, Span LastDay, long Pending, DateTimeOffset? OldestPendingAt, long Dead, int FailuresInARow, DateTimeOffset? FailingSince);

    private sealed record Row(long Delivered, long Dead, long Attempts, double? P50, double? P95);

    public static void MapShowMetrics(this IEndpointRouteBuilder subscriptions) => subscriptions.MapGet("/{id:guid}/metrics", HandleAsync)
        .WithName("subscriptionMetrics")
        .WithSummary("How well a subscription is served")
        .WithDescription("Delivered, given up and waiting events, success rate, and the time from the log to the delivery, of the last hour and day.")
        .Produces<View>()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, Caller caller, NotificationDbContext db, TimeProvider clock, CancellationToken ct)
    {
        if (!await db.SubscriptionsOf(caller).AnyAsync(s => s.Id == id, ct))
            return NotificationErrors.SubscriptionNotFound.ToProblem();
        var now = clock.GetUtcNow();
        var pending = await db.Deliveries.Where(d => d.SubscriptionId == id && d.State == Domain.DeliveryState.Pending)
            .GroupBy(_ => 1).Select(g => new { Count = g.LongCount(), Oldest = g.Min(d => d.CreatedAt) }).SingleOrDefaultAsync(ct);
        var dead = await db.Deliveries.LongCountAsync(d => d.SubscriptionId == id && d.State == Domain.DeliveryState.Dead, ct);
        var health = await db.Health.AsNoTracking().SingleOrDefaultAsync(h => h.SubscriptionId == id, ct);
        return TypedResults.Ok(new View(
            await SpanAsync(db, id, now.AddHours(-1), ct), await SpanAsync(db, id, now.AddDays(-1), ct), pending?.Count ?? 0, pending?.Oldest, dead,
            health?.Failures ?? 0, health?.FailingSince));
    }

    private static async Task<Span> SpanAsync(NotificationDbContext db, Guid id, DateTimeOffset since, CancellationToken ct)
    {
        // What died is found by the end of its last attempt, which is when it stopped being due.
        var row = await db.Database.SqlQuery<Row>(
            $"""
            SELECT count(*) FILTER (WHERE state = 'delivered') AS delivered, count(*) FILTER (WHERE state = 'dead') AS dead,
                   coalesce(sum(attempts - attempts_before), 0)::bigint AS attempts,
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY lag) AS p50, percentile_cont(0.95) WITHIN GROUP (ORDER BY lag) AS p95
            FROM (
                SELECT state, attempts, attempts_before, extract(epoch FROM delivered_at - coalesce(replayed_at, created_at))::double precision AS lag
                FROM webhook_delivery WHERE subscription_id = {id} AND state = 'delivered' AND delivered_at >= {since}
                UNION ALL
                SELECT state, attempts, attempts_before, NULL FROM webhook_delivery WHERE subscription_id = {id} AND state = 'dead' AND due_at >= {since}) AS ended
            """).SingleAsync(ct);
        return new Span(row.Delivered, row.Dead, row.Attempts, row.Attempts == 0 ? null : (double)row.Delivered / row.Attempts, row.P50, row.P95);
    }
}
