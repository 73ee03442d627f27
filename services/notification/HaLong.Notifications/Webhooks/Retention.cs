using Microsoft.Extensions.Options;
using Npgsql;

namespace HaLong.Notifications.Webhooks;

/// <summary>Deliveries with their attempts are kept for thirty days after they ended, events for ninety days. Removed in batches, each its own transaction.</summary>
internal sealed class Retention(NpgsqlDataSource database, IOptions<WebhookOptions> options, TimeProvider clock)
{
    internal const int Batch = 1000;

    private const string Deliveries = """
        DELETE FROM webhook_delivery WHERE id IN (
            SELECT id FROM webhook_delivery WHERE state <> 'pending' AND due_at < $1 ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
        """;

    // The last event stays, whatever its age: the next position follows from it. What still waits to be delivered goes with its event.
    private const string Events = """
        WITH old AS (
            SELECT id FROM public_event
            WHERE released_at < $1 AND position < (SELECT max(position) FROM public_event)
            ORDER BY released_at LIMIT $2),
        waiting AS (DELETE FROM webhook_delivery WHERE event_id IN (SELECT id FROM old))
        DELETE FROM public_event WHERE id IN (SELECT id FROM old)
        """;

    /// <returns>How many deliveries and events were removed.</returns>
    public async Task<(int Deliveries, int Events)> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var deliveries = await AllAsync(Deliveries, now - options.Value.KeepDeliveries, ct);
        return (deliveries, await AllAsync(Events, now - options.Value.KeepEvents, ct));
    }

    private async Task<int> AllAsync(string sql, DateTimeOffset before, CancellationToken ct)
    {
        var all = 0;
        int removed;
        do
        {
            await using var command = database.CreateCommand(sql);
            command.Parameters.Add(new NpgsqlParameter { Value = before });
            command.Parameters.Add(new NpgsqlParameter { Value = Batch });
            removed = await command.ExecuteNonQueryAsync(ct);
            all += removed;
        }
        while (removed >= Batch);

        return all;
    }
}
