using HaLong.Notifications.Domain;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HaLong.Notifications.Sending;

/// <summary>
/// The messages in the database as a queue for any number of workers, with a lane for each channel: the more urgent first, then the longer due. A claim
/// moves the due time forward, so a worker that dies gives it back by dying.
/// </summary>
internal sealed class MessageQueue(NpgsqlDataSource database, IOptions<SendingOptions> options, TimeProvider clock)
{
    // One range of the index for each channel and class; what others hold is passed over.
    private const string Claim = """
        UPDATE message m
        SET claim = m.claim + 1, due_at = $2
        FROM (
            SELECT due.id FROM unnest($3::text[], $4::int[]) AS room(channel, free),
            LATERAL (
                SELECT head.id FROM generate_series(0, 3) AS classes(class),
                LATERAL (
                    SELECT id, class, due_at FROM message
                    WHERE state = 'pending' AND channel = room.channel AND class = classes.class::smallint AND due_at <= $1
                    ORDER BY due_at
                    LIMIT room.free
                    FOR UPDATE SKIP LOCKED) head
                ORDER BY head.class, head.due_at
                LIMIT room.free) due) chosen
        WHERE m.id = chosen.id
        RETURNING m.id, m.channel, m.claim
        """;

    /// <summary>Claims what is due.</summary>
    /// <param name="room">How many of each channel at most.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<IReadOnlyList<ClaimedMessage>> ClaimAsync(IReadOnlyDictionary<MessageChannel, int> room, CancellationToken ct)
    {
        var free = room.Where(r => r.Value > 0).ToList();
        if (free.Count == 0)
            return [];
        var now = clock.GetUtcNow();
        await using var command = database.CreateCommand(Claim);
        command.Parameters.Add(new NpgsqlParameter { Value = now });
        command.Parameters.Add(new NpgsqlParameter { Value = now + options.Value.ClaimFor });
        command.Parameters.Add(new NpgsqlParameter { Value = free.Select(r => Words.Of(r.Key)).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = free.Select(r => r.Value).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var claimed = new List<ClaimedMessage>();
        while (await reader.ReadAsync(ct))
            claimed.Add(new ClaimedMessage(reader.GetGuid(0), Words.Parse<MessageChannel>(reader.GetString(1)), reader.GetInt32(2)));
        return claimed;
    }
}
