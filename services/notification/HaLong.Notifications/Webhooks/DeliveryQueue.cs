using HaLong.Notifications.Domain;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HaLong.Notifications.Webhooks;

/// <summary>
/// The deliveries in the database as a queue for any number of workers. Due is the first pending event of each (subscription, dossier);
/// a claim moves its due time forward, so a worker that dies gives it back by dying.
/// </summary>
internal sealed class DeliveryQueue(NpgsqlDataSource database, IOptions<WebhookOptions> options, TimeProvider clock)
{
    // Subscriptions are asked in another order each time, so that none is always the last when there is not room for all.
    private const string Claim = """
        UPDATE webhook_delivery d
        SET attempts = d.attempts + 1, due_at = $2
        FROM (
            SELECT head.id
            FROM (SELECT id FROM subscription WHERE state = 'active' ORDER BY hashtext(id::text) # $7) s
            CROSS JOIN LATERAL (
                SELECT x.id
                FROM webhook_delivery x
                WHERE x.subscription_id = s.id AND x.state = 'pending' AND x.due_at <= $1
                  AND NOT EXISTS (
                      SELECT 1 FROM webhook_delivery earlier
                      WHERE earlier.subscription_id = x.subscription_id AND earlier.dossier_id = x.dossier_id
                        AND earlier.state = 'pending' AND earlier.position < x.position)
                ORDER BY x.due_at, x.position
                LIMIT coalesce((SELECT room FROM unnest($4::uuid[], $5::int[]) AS given (id, room) WHERE given.id = s.id), $3)
                FOR UPDATE OF x SKIP LOCKED) head
            LIMIT $6) due, subscription s, public_event e
        WHERE d.id = due.id AND s.id = d.subscription_id AND e.id = d.event_id
        RETURNING d.id, d.attempts, d.attempts - d.attempts_before, s.id, s.owner, s.url, s.headers, e.id, e.envelope, e.trace_parent,
                  coalesce(e.occurred_at, e.released_at), ARRAY(
                      SELECT k.sealed FROM subscription_secret k WHERE k.subscription_id = s.id AND (k.expires_at IS NULL OR k.expires_at > $1)
                      ORDER BY k.created_at DESC, k.id DESC), e.released_at
        """;

    private const string Record = """
        WITH mine AS (
            UPDATE webhook_delivery
            SET state = $3, due_at = $4, last_status = $5, last_error = $6, delivered_at = $7
            WHERE id = $1 AND attempts = $2 AND state = 'pending'
            RETURNING id, subscription_id),
        failed AS (
            INSERT INTO subscription_health AS h (subscription_id, failures, failing_since, probes)
            SELECT subscription_id, 1, $8, 0 FROM mine WHERE NOT $9
            ON CONFLICT (subscription_id) DO UPDATE
            SET failures = h.failures + 1, failing_since = coalesce(h.failing_since, excluded.failing_since),
                probe_due_at = CASE
                    WHEN h.probe_due_at IS NULL AND h.failures + 1 >= $10 AND h.failing_since <= $11 THEN excluded.failing_since ELSE h.probe_due_at END),
        well AS (
            UPDATE subscription_health h SET failures = 0, failing_since = NULL
            FROM mine WHERE $9 AND h.subscription_id = mine.subscription_id AND h.failures > 0)
        INSERT INTO delivery_attempt (delivery_id, number, at, status, duration_ms, error, url, signatures, header_names, dns_ms, connect_ms)
        SELECT id, $2, $12, $5, $13, $6, $14, $15, $16, $17, $18 FROM mine
        """;

    private const string Return = """
        UPDATE webhook_delivery d SET due_at = $3, attempts = d.attempts - 1
        FROM unnest($1::bigint[], $2::int[]) AS mine (id, attempt)
        WHERE d.id = mine.id AND d.attempts = mine.attempt AND d.state = 'pending'
        """;

    /// <summary>Takes up to <paramref name="room"/> deliveries; of each subscription as many as there is room for it.</summary>
    public async Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(int room, LaneRooms rooms, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var command = Command(
            Claim, now, now + options.Value.ClaimFor, options.Value.MaxInFlightPerSubscription, rooms.Ids, rooms.Rooms, room, Random.Shared.Next());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var claimed = new List<ClaimedDelivery>();
        while (await reader.ReadAsync(ct))
        {
            var target = new WebhookTarget(
                reader.GetGuid(3), reader.GetString(4), reader.GetString(5), reader.GetFieldValue<byte[][]>(11),
                reader.IsDBNull(6) ? null : reader.GetFieldValue<byte[]>(6));
            claimed.Add(new ClaimedDelivery(
                reader.GetInt64(0), reader.GetInt32(1), reader.GetInt32(2), target, reader.GetGuid(7), reader.GetString(8),
                reader.IsDBNull(9) ? null : reader.GetString(9), reader.GetFieldValue<DateTimeOffset>(10),
                reader.GetFieldValue<DateTimeOffset>(12)));
        }

        return claimed;
    }

    /// <summary>Writes down how the attempt went, unless the claim was lost meanwhile.</summary>
    public async Task<DeliveryOutcome> RecordAsync(ClaimedDelivery delivery, AttemptResult attempt, CancellationToken ct)
    {
        var settings = options.Value;
        var now = clock.GetUtcNow();
        var wait = RetrySchedule.After(
            RetrySchedule.After(settings.RetryDelays ?? RetrySchedule.Default, delivery.Round, settings.Jitter, Random.Shared.NextDouble()),
            attempt.RetryAfter, settings.LongestRetryAfter);
        // Whoever wants nothing any more is about to be stopped: nobody takes this again before that is written.
        if (attempt.IsGone && wait < settings.ClaimFor)
            wait = settings.ClaimFor;
        var (state, outcome) = attempt.IsDelivered ? (DeliveryState.Delivered, DeliveryOutcome.Delivered)
            : wait is null ? (DeliveryState.Dead, DeliveryOutcome.Dead)
            : (DeliveryState.Pending, DeliveryOutcome.Failed);
        await using var command = Command(
            Record, delivery.Id, delivery.Attempt, Words.Of(state), state == DeliveryState.Pending ? now + (wait ?? TimeSpan.Zero) : now,
            (object?)attempt.Status ?? DBNull.Value, (object?)attempt.Error ?? DBNull.Value, state == DeliveryState.Delivered ? now : DBNull.Value,
            now, attempt.IsDelivered, settings.PauseAfterFailures, now - settings.PauseAfter, attempt.At, (int)attempt.Took.TotalMilliseconds,
            delivery.Target.Url, attempt.Signatures, attempt.HeaderNames.ToArray(), Milliseconds(attempt.Dns), Milliseconds(attempt.Connect));
        await command.ExecuteNonQueryAsync(ct);
        return outcome;
    }

    /// <summary>Returns claims that were not used, to be taken again at <paramref name="due"/>: no attempt was made.</summary>
    public async Task GiveBackAsync(IReadOnlyCollection<ClaimedDelivery> deliveries, DateTimeOffset due, CancellationToken ct)
    {
        await using var command = Command(Return, deliveries.Select(d => d.Id).ToArray(), deliveries.Select(d => d.Attempt).ToArray(), due);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static object Milliseconds(TimeSpan? time) => time is { } took ? (int)took.TotalMilliseconds : DBNull.Value;

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
