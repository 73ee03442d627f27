using HaLong.Notifications.Amqp;
using HaLong.Notifications.Webhooks;
using HaLong.Notifications.Workers;
using Npgsql;

namespace HaLong.Notifications.Features.Events;

/// <summary>
/// Puts logged events into the order that readers see, and makes the deliveries of subscribers. A dossier's event gets its position only
/// after all earlier ones of that dossier. Positions are given under one lock that is held until the commit: whoever has read up to a
/// position will never find a smaller one later.
/// </summary>
internal sealed class EventRelease(NpgsqlDataSource database, TimeProvider clock)
{
    private const int Batch = 500;

    // A second statement after the lock, so that its snapshot sees what the previous holder committed.
    private const string Lock = "SELECT pg_advisory_xact_lock(hashtext('halong.public-event'), hashtext(current_schema()))";

    // A dossier that is being logged at this moment is left for the next round, which that logging asks for: the two would lock each other out.
    // A subscription is found by its narrowest filter, then the others are looked at.
    private const string Release = $"""
        WITH ready AS (
            SELECT id, dossier_id, row_number() OVER (ORDER BY received_at, id) AS number
            FROM (
                SELECT e.id, e.dossier_id, e.received_at
                FROM public_event e
                JOIN event_stream s ON s.dossier_id = e.dossier_id AND s.next_sequence = e.sequence
                WHERE e.position IS NULL
                ORDER BY e.received_at, e.id
                LIMIT $2
                FOR UPDATE OF s SKIP LOCKED) free),
        released AS (
            UPDATE public_event e
            SET position = (SELECT coalesce(max(position), 0) FROM public_event) + ready.number, released_at = $1
            FROM ready WHERE e.id = ready.id
            RETURNING e.id, e.dossier_id, e.type, e.position, e.procedure_code, e.unit_code),
        advanced AS (
            UPDATE event_stream s SET next_sequence = s.next_sequence + 1 FROM ready WHERE s.dossier_id = ready.dossier_id),
        addressed AS (
            INSERT INTO webhook_delivery (subscription_id, event_id, dossier_id, position, state, due_at, attempts, attempts_before, created_at)
            SELECT s.id, e.id, e.dossier_id, e.position, 'pending', $1, 0, 0, $1
            FROM released e
            JOIN event_stream k ON k.dossier_id = e.dossier_id
            JOIN subscription s ON s.route_keys && ARRAY[
                '*', 'subject:' || e.dossier_id, 'procedure:' || e.procedure_code, 'unit:' || e.unit_code, 'field:' || k.field_code]
            WHERE s.state <> 'expired' AND {SubscriptionMatch.Sql}
            RETURNING 1)
        SELECT (SELECT count(*) FROM released)::int, (SELECT count(*) FROM addressed)::int
        """;

    /// <summary>Releases all that can be released now.</summary>
    /// <returns>How many deliveries became due.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var deliveries = 0;
        while (true)
        {
            // Every round advances each dossier by one fact at most; a round without any ends the work.
            var (released, addressed) = await RoundAsync(ct);
            if (released == 0)
                return deliveries;
            deliveries += addressed;
        }
    }

    private async Task<(int Released, int Addressed)> RoundAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var take = new NpgsqlCommand(Lock, connection, transaction))
            await take.ExecuteNonQueryAsync(ct);

        var (released, addressed) = (0, 0);
        await using (var release = new NpgsqlCommand(Release, connection, transaction) { Parameters = { new() { Value = clock.GetUtcNow() }, new() { Value = Batch } } })
        await using (var reader = await release.ExecuteReaderAsync(ct))
        {
            await reader.ReadAsync(ct);
            (released, addressed) = (reader.GetInt32(0), reader.GetInt32(1));
        }

        if (addressed > 0)
        {
            await using var notify = new NpgsqlCommand($"NOTIFY {Signals.DueChannel}", connection, transaction);
            await notify.ExecuteNonQueryAsync(ct);
        }

        if (released > 0)
        {
            await using var tell = new NpgsqlCommand($"NOTIFY {AmqpPublisher.ReleasedChannel}", connection, transaction);
            await tell.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return (released, addressed);
    }
}
