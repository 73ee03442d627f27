using HaLong.Messaging;
using HaLong.Notifications.Features.Events;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Webhooks;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HaLong.Notifications.Features.Subscriptions;

/// <summary>Delivers events once more: named ones, those of a time, those after a cursor, or those that died.</summary>
internal sealed class ReplayEvents(NotificationDbContext db, IOptions<WebhookOptions> options, TimeProvider clock)
{
    private const int MostIds = 100;

    // What is on its way already is left alone. The position keeps the order of a dossier among what is replayed and what is new.
    private const string Wanted = """
        FROM subscription s
        JOIN public_event e ON e.position IS NOT NULL
        JOIN event_stream k ON k.dossier_id = e.dossier_id
        LEFT JOIN webhook_delivery d ON d.subscription_id = s.id AND d.event_id = e.id
        WHERE s.id = @id AND d.state IS DISTINCT FROM 'pending'
          AND (@ids::uuid[] IS NULL OR e.id = ANY (@ids))
          AND (@from::timestamptz IS NULL OR e.released_at >= @from) AND (@to::timestamptz IS NULL OR e.released_at < @to)
          AND (@after::bigint IS NULL OR e.position > @after) AND (@until::bigint IS NULL OR e.position <= @until)
          AND (NOT @dead OR d.state = 'dead')
          AND
        """ + " " + SubscriptionMatch.Sql;

    private const string Count = "SELECT count(*)::int AS \"Value\" FROM (SELECT 1 " + Wanted + " LIMIT @most) found";

    private const string Insert = """
        INSERT INTO webhook_delivery (subscription_id, event_id, dossier_id, position, state, due_at, attempts, attempts_before, created_at, replayed_at)
        SELECT s.id, e.id, e.dossier_id, e.position, 'pending', @now, 0, 0, @now, @now
        """ + "\n" + Wanted + """
         LIMIT @most
        ON CONFLICT (subscription_id, event_id) DO UPDATE
        SET state = 'pending', due_at = @now, attempts_before = webhook_delivery.attempts, replayed_at = @now, delivered_at = NULL
        WHERE webhook_delivery.state <> 'pending'
        """;

    /// <param name="EventIds">Named ones, at most 100.</param>
    /// <param name="From">Those that got their place in the log from then on.</param>
    /// <param name="To">Until before then; only with <paramref name="From"/> or <paramref name="Dead"/>.</param>
    /// <param name="After">Those after this cursor of the feed.</param>
    /// <param name="Until">Up to this cursor; only with <paramref name="After"/>.</param>
    /// <param name="Dead">Those whose schedule ended without success.</param>
    /// <param name="DryRun">Only says how many.</param>
    internal sealed record Request(Guid[]? EventIds, DateTimeOffset? From, DateTimeOffset? To, string? After, string? Until, bool Dead, bool DryRun);

    /// <param name="Events">How many are delivered once more.</param>
    /// <param name="DryRun">Whether it was only counted.</param>
    internal sealed record View(int Events, bool DryRun);

    public static void Map(IEndpointRouteBuilder subscriptions) => subscriptions.MapPost("/{id:guid}/replay", HandleAsync)
        .WithIdempotency<NotificationDbContext>()
        .WithName("replayEvents")
        .WithSummary("Deliver events once more")
        .WithDescription(
            "Exactly one of `eventIds`, `from` (with `to`), `after` (a cursor of the feed, with `until`) or `dead`. Only what fits the subscription's filter and is still kept "
            + "(90 days), also from before the subscription; what is on its way already is left alone. Each comes with its old webhook-id, a dossier's in their order. "
            + "`dryRun` counts only.")
        .Produces<View>(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> HandleAsync(
        Guid id, Request request, Caller caller, NotificationDbContext db, ReplayEvents handler, CancellationToken ct)
    {
        if (await db.SubscriptionsOf(caller).AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is not { } subscription)
            return NotificationErrors.SubscriptionNotFound.ToProblem();
        if (!subscription.IsProved)
            return SubscriptionErrors.NotProved.ToProblem();
        var result = await handler.RunAsync(id, request, ct);
        return result.IsSuccess ? TypedResults.Accepted((string?)null, result.Value) : result.Error.ToProblem();
    }

    private async Task<Result<View>> RunAsync(Guid id, Request request, CancellationToken ct)
    {
        var (after, until) = (ReadEvents.Position(request.After), ReadEvents.Position(request.Until));
        if (!after.IsSuccess)
            return after.Error;
        if (!until.IsSuccess)
            return until.Error;
        if (WhatIsWrong(request) is { } wrong)
            return wrong;

        var most = options.Value.MaxReplay;
        object[] values =
        [
            new NpgsqlParameter("id", id), Parameter("ids", request.EventIds),
            Parameter("from", request.From?.ToUniversalTime()), Parameter("to", request.To?.ToUniversalTime()),
            Parameter("after", request.After is null ? null : (long?)after.Value), Parameter("until", request.Until is null ? null : (long?)until.Value),
            new NpgsqlParameter("dead", request.Dead), new NpgsqlParameter("most", most + 1), new NpgsqlParameter("now", clock.GetUtcNow()),
        ];
        var count = await db.Database.SqlQueryRaw<int>(Count, Copy(values)).SingleAsync(ct);
        if (count > most)
            return SubscriptionErrors.ReplayTooLarge.Format(most);
        if (request.DryRun)
            return new View(count, true);

        var replayed = await db.Database.ExecuteSqlRawAsync(Insert, Copy(values), ct);
        db.Note(id, "replayed", clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await db.WakeAsync(ct);
        return new View(replayed, false);
    }

    private static Error? WhatIsWrong(Request request)
    {
        var error = SubscriptionErrors.ReplayNotUsable;
        var ways = (request.EventIds is not null ? 1 : 0) + (request.After is not null ? 1 : 0) + (request.Dead || request.From is not null ? 1 : 0);
        if (ways != 1)
            error = error.WithField("", "Cần đúng một trong eventIds, from, after, dead.", "Exactly one of eventIds, from, after and dead is needed.");
        if (request.EventIds is { Length: 0 or > MostIds })
            error = error.WithField("eventIds", "Từ 1 đến 100 sự kiện.", "From 1 to 100 events.");
        if (request.To is { } to && (request is { From: null, Dead: false } || to <= request.From))
            error = error.WithField("to", "Phải sau from.", "It must be after from.");
        if (request is { Until: not null, After: null })
            error = error.WithField("until", "Chỉ dùng cùng after.", "Only with after.");
        return error.FieldMessages.Count > 0 ? error : null;
    }

    private static NpgsqlParameter Parameter<T>(string name, T? value) => new(name, (object?)value ?? DBNull.Value);

    private static object[] Copy(object[] parameters) => [.. parameters.Cast<NpgsqlParameter>().Select(p => p.Clone())];
}

internal static class ReplayEventsEndpoint
{
    public static void MapReplayEvents(this IEndpointRouteBuilder subscriptions) => ReplayEvents.Map(subscriptions);
}
