using Npgsql;

namespace HaLong.Messaging;

/// <summary>What one round of chaining did.</summary>
/// <param name="Rows">Chained; null when another replica was at it.</param>
/// <param name="Oldest">When the oldest of them happened.</param>
/// <param name="CutOff">True when the chain ended before its head: rows were deleted.</param>
internal sealed record ChainRound(int? Rows, DateTimeOffset? Oldest, bool CutOff);

/// <summary>
/// Gives rows that have come since their place in the chain, in one transaction under one lock. Business transactions never wait for it:
/// they only insert, and it only touches what they have committed.
/// </summary>
internal sealed class ChainStep(NpgsqlDataSource database, string service)
{
    private const string Lock = "SELECT pg_try_advisory_xact_lock(hashtext('halong.evidence'), hashtext(current_schema()))";
    private const string Head = "SELECT partition, position, hash FROM evidence_head ORDER BY partition DESC LIMIT 1";
    private const string Last = "SELECT partition, position, hash FROM evidence WHERE position IS NOT NULL ORDER BY partition DESC, position DESC LIMIT 1";
    private const string Waiting = """
        SELECT id, occurred_at, kind, subject, actor, content_hash FROM evidence WHERE position IS NULL ORDER BY id LIMIT $1
        """;

    private const string Chain = """
        UPDATE evidence e SET partition = $1, position = c.position, previous_hash = c.previous, hash = c.hash
        FROM unnest($2, $3, $4, $5) AS c(id, position, previous, hash) WHERE e.id = c.id AND e.position IS NULL
        """;

    private const string Move = """
        INSERT INTO evidence_head (partition, position, hash) VALUES ($1, $2, $3)
        ON CONFLICT (partition) DO UPDATE SET position = excluded.position, hash = excluded.hash
        """;

    public async Task<ChainRound> RunAsync(DateTimeOffset now, int batch, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var (head, rows, cutOff) = await ReadAsync(connection, batch, ct);
        if (head is null || rows.Count == 0)
        {
            return new ChainRound(head is null ? null : 0, null, cutOff);
        }

        var partition = ChainHash.PartitionAt(now, head.Partition);
        var position = partition == head.Partition ? head.Position : 0;
        var previous = head.Hash;
        var (ids, positions, before, hashes) = (new Guid[rows.Count], new long[rows.Count], new byte[rows.Count][], new byte[rows.Count][]);
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i] with { Partition = partition, Position = ++position };
            (ids[i], positions[i], before[i]) = (row.Id, row.Position, previous);
            hashes[i] = previous = ChainHash.Of(row, previous);
        }

        await using var write = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(Chain)
                {
                    Parameters =
                    {
                        new() { Value = partition }, new() { Value = ids }, new() { Value = positions }, new() { Value = before }, new() { Value = hashes },
                    },
                },
                new NpgsqlBatchCommand(Move) { Parameters = { new() { Value = partition }, new() { Value = position }, new() { Value = previous } } },
            },
        };
        await write.ExecuteNonQueryAsync(ct);
        if (write.BatchCommands[0].RecordsAffected != rows.Count)
        {
            // Not committed: the next round sees what is left.
            throw new InvalidOperationException("Evidence changed while it was chained.");
        }

        await transaction.CommitAsync(ct);
        return new ChainRound(rows.Count, rows.Min(r => r.OccurredAt), cutOff);
    }

    private async Task<(Place? Head, List<ChainRow> Rows, bool CutOff)> ReadAsync(NpgsqlConnection connection, int batch, CancellationToken ct)
    {
        // The lock first: what follows sees all that the holder before committed.
        await using var read = new NpgsqlBatch(connection)
        {
            BatchCommands = { new(Lock), new(Head), new(Last), new(Waiting) { Parameters = { new() { Value = batch } } } },
        };
        await using var reader = await read.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        if (!reader.GetBoolean(0))
        {
            return (null, [], false);
        }

        await reader.NextResultAsync(ct);
        var head = await PlaceAsync(reader, ct);
        await reader.NextResultAsync(ct);
        var last = await PlaceAsync(reader, ct);
        await reader.NextResultAsync(ct);
        var rows = new List<ChainRow>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new ChainRow(reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2), reader.GetString(3),
                reader.GetString(4), reader.GetFieldValue<byte[]>(5), 0, 0, [], []));
        }

        // Behind whichever is farther: after rows were cut off the gap stays for everybody to see.
        var cutOff = head is not null && (last is null || (last.Partition, last.Position).CompareTo((head.Partition, head.Position)) < 0);
        return ((cutOff ? head : last) ?? new Place(0, 0, ChainHash.Beginning(service)), rows, cutOff);
    }

    private static async Task<Place?> PlaceAsync(NpgsqlDataReader reader, CancellationToken ct) =>
        await reader.ReadAsync(ct) ? new Place(reader.GetInt32(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)) : null;

    private sealed record Place(int Partition, long Position, byte[] Hash);
}
