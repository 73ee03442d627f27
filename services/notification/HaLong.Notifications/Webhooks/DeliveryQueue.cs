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
    private const string Claim = """
        UPDATE webhook_delivery d
        SET attempts = d.attempts + 1, due_at = $2
        FROM (
            SELECT head.id
            FROM subscription s
            CROSS JOIN LATERAL (
                SELECT x.id
                FROM webhook_delivery x
                WHERE x.subscription_id = s.id AND x.state = 'pending' AND x.due_at <= $1
                  AND NOT EXISTS (
                      SELECT 1 FROM webhook_delivery earlier
                      WHERE earlier.subscription_id = x.subscription_id AND earlier.dossier_id = x.dossier_id
                        AND earlier.state = 'pending' AND earlier.position < x.position)
                ORDER BY x.due_at, x.position
                LIMIT $3
                FOR UPDATE OF x SKIP LOCKED) head
            WHERE s.state = 'active' AND s.id <> ALL ($4)
            LIMIT $5) due, subscription s, public_event e
        WHERE d.id = due.id AND s.id = d.subscription_id AND e.id = d.event_id
        RETURNING d.id, d.attempts, s.id, s.url, s.secret, e.id, e.envelope, e.trace_parent, e.released_at
        """;

    private const string Record = """
        WITH mine AS (
            UPDATE webhook_delivery
            SET state = $3, due_at = $4, last_status = $5, last_error = $6, delivered_at = $7
            WHERE id = $1 AND attempts = $2 AND state = 'pending'
            RETURNING id)
        INSERT INTO delivery_attempt (delivery_id, number, at, status, duration_ms, error)
        SELECT id, $2, $8, $5, $9, $6 FROM mine
        """;

    /// <summary>Takes up to <paramref name="room"/> deliveries, none of the busy subscriptions.</summary>
    public async Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(int room, Guid[] busy, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var command = Command(Claim, now, now + options.Value.ClaimFor, options.Value.MaxInFlightPerSubscription, busy, room);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var claimed = new List<ClaimedDelivery>();
        while (await reader.ReadAsync(ct))
        {
            claimed.Add(new ClaimedDelivery(
                reader.GetInt64(0), reader.GetInt32(1), reader.GetGuid(2), reader.GetString(3), reader.GetFieldValue<byte[]>(4), reader.GetGuid(5),
                reader.GetString(6), reader.IsDBNull(7) ? null : reader.GetString(7), reader.GetFieldValue<DateTimeOffset>(8)));
        }

        return claimed;
    }

    /// <summary>Writes down how the attempt went, unless the claim was lost meanwhile.</summary>
    public async Task<DeliveryOutcome> RecordAsync(ClaimedDelivery delivery, AttemptResult attempt, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var wait = RetrySchedule.After(options.Value.RetryDelays ?? RetrySchedule.Default, delivery.Attempt, options.Value.Jitter, Random.Shared.NextDouble());
        var (state, outcome) = attempt.IsDelivered ? (DeliveryState.Delivered, DeliveryOutcome.Delivered)
            : wait is null ? (DeliveryState.Dead, DeliveryOutcome.Dead)
            : (DeliveryState.Pending, DeliveryOutcome.Failed);
        await using var command = Command(
            Record, delivery.Id, delivery.Attempt, Words.Of(state), now + (wait ?? TimeSpan.Zero), (object?)attempt.Status ?? DBNull.Value,
            (object?)attempt.Error ?? DBNull.Value, state == DeliveryState.Delivered ? now : DBNull.Value, attempt.At, (int)attempt.Took.TotalMilliseconds);
        await command.ExecuteNonQueryAsync(ct);
        return outcome;
    }

    /// <summary>Returns a claim that was not used: the process stops.</summary>
    public async Task GiveBackAsync(ClaimedDelivery delivery, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = Command(
            "UPDATE webhook_delivery SET due_at = $3, attempts = attempts - 1 WHERE id = $1 AND attempts = $2 AND state = 'pending'",
            delivery.Id, delivery.Attempt, now);
        await command.ExecuteNonQueryAsync(ct);
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
