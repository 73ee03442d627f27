using Npgsql;

namespace HaLong.Notifications.Amqp;

/// <summary>The log from the cursor on, and the cursor.</summary>
internal sealed class ReleasedEvents(NpgsqlDataSource database, TimeProvider clock)
{
    private const string Next = """
        SELECT e.position, e.id, e.dossier_id, e.sequence, e.type, e.trace_parent, e.envelope, e.released_at,
               e.envelope::jsonb -> 'data' ->> 'unitCode', e.envelope::jsonb -> 'data' ->> 'procedureCode'
        FROM public_event e WHERE e.position > $1 ORDER BY e.position LIMIT $2
        """;

    public async Task<long> CursorAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("SELECT position FROM amqp_cursor");
        return (long)(await command.ExecuteScalarAsync(ct) ?? throw new InvalidOperationException("amqp_cursor has no row: the migration makes it."));
    }

    public async Task<List<ReleasedEvent>> AfterAsync(long position, int atMost, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Next);
        command.Parameters.Add(new() { Value = position });
        command.Parameters.Add(new() { Value = atMost });
        await using var row = await command.ExecuteReaderAsync(ct);
        var events = new List<ReleasedEvent>();
        while (await row.ReadAsync(ct))
        {
            events.Add(new ReleasedEvent(
                row.GetInt64(0), row.GetGuid(1), row.GetGuid(2), row.GetInt64(3), row.GetString(4), Text(row, 5), row.GetString(6),
                row.GetFieldValue<DateTimeOffset>(7), Text(row, 8), Text(row, 9)));
        }

        return events;
    }

    /// <summary>Moves the cursor unless somebody else has.</summary>
    public async Task<bool> MoveAsync(long from, long to, CancellationToken ct)
    {
        await using var command = database.CreateCommand("UPDATE amqp_cursor SET position = $2, moved_at = $3 WHERE position = $1");
        command.Parameters.Add(new() { Value = from });
        command.Parameters.Add(new() { Value = to });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>How many events wait to be published, and since when the oldest.</summary>
    public async Task<(long Count, DateTimeOffset? Oldest)> WaitingAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            "SELECT count(*), min(e.released_at) FROM public_event e WHERE e.position > (SELECT position FROM amqp_cursor)");
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetInt64(0), await row.IsDBNullAsync(1, ct) ? null : row.GetFieldValue<DateTimeOffset>(1));
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
