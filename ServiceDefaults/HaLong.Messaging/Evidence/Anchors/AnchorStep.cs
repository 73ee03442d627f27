using Npgsql;

namespace HaLong.Messaging;

/// <summary>What came of showing the chain to the witness.</summary>
internal enum AnchorOutcome
{
    /// <summary>An anchor more.</summary>
    Anchored,

    /// <summary>No rows since the last one.</summary>
    Nothing,

    /// <summary>Another replica is at it.</summary>
    Busy,

    /// <summary>The witness keeps another anchor for rows that are here: the chain or the anchor was changed.</summary>
    Contradicted,
}

/// <summary>
/// Sums up the rows since the last anchor of the oldest partition that has any, has that witnessed, and keeps the answer. While the witness is away
/// nothing is kept, so the next anchor covers more. After a crash between the two, the witness answers with what it has.
/// </summary>
internal sealed class AnchorStep(NpgsqlDataSource database, IWitness witness, string service)
{
    private const string Lock = "SELECT pg_try_advisory_xact_lock(hashtext('halong.evidence-anchor'), hashtext(current_schema()))";
    private const string Last = "SELECT partition, to_position, hash FROM evidence_anchor ORDER BY partition DESC, from_position DESC LIMIT 1";

    private const string Next = """
        SELECT partition, position FROM evidence
        WHERE position IS NOT NULL AND (partition, position) > ($1, $2) ORDER BY partition, position LIMIT 1
        """;

    private const string Rows = "SELECT position, hash FROM evidence WHERE partition = $1 AND position BETWEEN $2 AND $3 ORDER BY position";

    private const string Keep = """
        INSERT INTO evidence_anchor (id, partition, from_position, to_position, root, head, previous_hash, hash, token, stamped_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    public async Task<AnchorOutcome> RunAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var take = new NpgsqlCommand(Lock, connection))
        {
            if (await take.ExecuteScalarAsync(ct) is not true)
            {
                return AnchorOutcome.Busy;
            }
        }

        var (lastPartition, lastPosition, previous) = await LastAsync(connection, ct);
        if (await NextAsync(connection, lastPartition, lastPosition, ct) is not var (partition, from))
        {
            return AnchorOutcome.Nothing;
        }

        if (await SumAsync(connection, partition, from, long.MaxValue, previous, ct) is not { } statement)
        {
            return AnchorOutcome.Contradicted;
        }

        var kept = await witness.WitnessAsync(statement, ct);
        var same = kept.Statement.Says(statement)
            || (kept.Statement.To < statement.To && (await SumAsync(connection, partition, from, kept.Statement.To, previous, ct))?.Says(kept.Statement) == true);
        if (!same)
        {
            return AnchorOutcome.Contradicted;
        }

        await KeepAsync(connection, kept, ct);
        await transaction.CommitAsync(ct);
        return AnchorOutcome.Anchored;
    }

    private static async Task<(int Partition, long Position, byte[] Hash)> LastAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Last, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetInt32(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)) : (0, 0, []);
    }

    private static async Task<(int Partition, long From)?> NextAsync(NpgsqlConnection connection, int partition, long position, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Next, connection) { Parameters = { new() { Value = partition }, new() { Value = position } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            return null;
        }

        // Where rows are missing here the statement begins where it must, and says so by what it does not hold.
        var next = reader.GetInt32(0);
        return (next, next == partition ? position + 1 : 1);
    }

    /// <returns>Null when there is nothing to sum up.</returns>
    private async Task<AnchorStatement?> SumAsync(
        NpgsqlConnection connection, int partition, long from, long to, byte[] previous, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Rows, connection)
        {
            Parameters = { new() { Value = partition }, new() { Value = from }, new() { Value = to } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var (root, last, head) = (new MerkleRoot(), 0L, Array.Empty<byte>());
        while (await reader.ReadAsync(ct))
        {
            (last, head) = (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
            root.Add(head);
        }

        return root.Count == 0 ? null : new AnchorStatement(service, partition, from, last, root.Value(), head, previous);
    }

    internal static async Task KeepAsync(NpgsqlConnection connection, WitnessedAnchor kept, CancellationToken ct)
    {
        var said = kept.Statement;
        await using var command = new NpgsqlCommand(Keep, connection)
        {
            Parameters =
            {
                new() { Value = kept.Id }, new() { Value = said.Partition }, new() { Value = said.From }, new() { Value = said.To },
                new() { Value = said.Root }, new() { Value = said.Head }, new() { Value = said.Previous }, new() { Value = said.Hash },
                new() { Value = kept.Token }, new() { Value = kept.StampedAt },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }
}
