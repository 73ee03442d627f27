using System.Runtime.CompilerServices;
using Npgsql;

namespace HaLong.Messaging;

/// <summary>Reads what a verification needs; whatever somebody made of the rows, it can be read.</summary>
internal sealed class EvidenceReader(NpgsqlConnection connection, string service)
{
    public async IAsyncEnumerable<ChainRow> RowsAsync(EvidenceMonths months, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = Command("""
            SELECT id, occurred_at, kind, subject, actor, content_hash, partition, position, coalesce(previous_hash, ''), coalesce(hash, '')
            FROM evidence WHERE position IS NOT NULL AND partition BETWEEN $1 AND $2 ORDER BY partition, position
            """, months);
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            yield return new ChainRow(reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2), reader.GetString(3), reader.GetString(4),
                reader.GetFieldValue<byte[]>(5), reader.GetInt32(6), reader.GetInt64(7), reader.GetFieldValue<byte[]>(8), reader.GetFieldValue<byte[]>(9));
        }
    }

    /// <summary>Hash of the last row before the months; what comes before everything when there is none.</summary>
    public async Task<byte[]> BeforeAsync(EvidenceMonths months, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            SELECT hash FROM evidence WHERE position IS NOT NULL AND partition < $1 ORDER BY partition DESC, position DESC LIMIT 1
            """, connection) { Parameters = { new() { Value = months.From } } };
        return await command.ExecuteScalarAsync(ct) as byte[] ?? ChainHash.Beginning(service);
    }

    public async Task<Dictionary<int, HeadPlace>> HeadsAsync(EvidenceMonths months, CancellationToken ct)
    {
        await using var command = Command("SELECT partition, position, hash FROM evidence_head WHERE partition BETWEEN $1 AND $2", months);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var heads = new Dictionary<int, HeadPlace>();
        while (await reader.ReadAsync(ct))
        {
            heads[reader.GetInt32(0)] = new HeadPlace(reader.GetInt32(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));
        }

        return heads;
    }

    public async Task<List<OwnAnchor>> AnchorsAsync(EvidenceMonths months, CancellationToken ct)
    {
        await using var command = Command("""
            SELECT id, partition, from_position, to_position, root, head, previous_hash, hash, sha256(token)
            FROM evidence_anchor WHERE partition BETWEEN $1 AND $2 ORDER BY partition, from_position
            """, months);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var anchors = new List<OwnAnchor>();
        while (await reader.ReadAsync(ct))
        {
            anchors.Add(new OwnAnchor(reader.GetGuid(0), new AnchorStatement(service, reader.GetInt32(1), reader.GetInt64(2), reader.GetInt64(3),
                reader.GetFieldValue<byte[]>(4), reader.GetFieldValue<byte[]>(5), reader.GetFieldValue<byte[]>(6)),
                reader.GetFieldValue<byte[]>(7), reader.GetFieldValue<byte[]>(8)));
        }

        return anchors;
    }

    public async Task<long> WaitingAsync(CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT count(*) FROM evidence WHERE position IS NULL", connection);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Facts that wait for the bus, each with the hash of its evidence; those from before there was evidence are left out.</summary>
    public async IAsyncEnumerable<(Guid Id, string Type, string Payload, byte[]? ContentHash)> FactsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            SELECT o.message_id, o.type, o.payload::text, e.content_hash FROM outbox_message o LEFT JOIN evidence e ON e.id = o.message_id
            WHERE o.occurred_at >= (SELECT min(occurred_at) FROM (SELECT occurred_at FROM evidence ORDER BY id LIMIT 1) first) ORDER BY o.sequence
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            yield return (reader.GetGuid(0), reader.GetString(1), reader.GetString(2), await reader.IsDBNullAsync(3, ct) ? null : reader.GetFieldValue<byte[]>(3));
        }
    }

    private NpgsqlCommand Command(string sql, EvidenceMonths months) =>
        new(sql, connection) { Parameters = { new() { Value = months.From }, new() { Value = months.To } } };
}
