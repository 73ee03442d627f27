using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HaLong.Notifications.Planning;

/// <summary>A place that was taken before.</summary>
internal readonly record struct TakenPlace(long Notice, DateTimeOffset At, long Text);

/// <summary>
/// How often one person's telephone may ring for what is not urgent. A notice takes one place, through however many devices, channels and attempts
/// it goes; exact over all replicas, because who asks for a person waits for who asks for the same one.
/// </summary>
internal sealed class TelephoneLimit(NpgsqlDataSource database, IOptions<RuleOptions> options)
{
    public const string Reason = "limit";
    public const string SameText = "limit: same text";

    private const string Insert =
        "INSERT INTO telephone_send (recipient_id, notice_hash, at, text_hash) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Takes a place, or says when there will be one.</summary>
    public async Task<GateAnswer> TakeAsync(Message message, DateTimeOffset now, CancellationToken ct)
    {
        var (notice, text) = (Hash($"{message.Kind}\n{message.Trigger}"), Hash(message.Body));
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await RunAsync("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", $"telephone:{message.RecipientId:N}");
        await RunAsync("DELETE FROM telephone_send WHERE recipient_id = $1 AND at <= $2", message.RecipientId, now - Day);
        var answer = Decide(await ReadAsync(), notice, text, now, options.Value);
        if (answer is GateAnswer.Go)
            await RunAsync(Insert, message.RecipientId, notice, now, text);
        await transaction.CommitAsync(ct);
        return answer;

        async Task RunAsync(string sql, params object[] values)
        {
            await using var command = Command(sql, values);
            await command.ExecuteNonQueryAsync(ct);
        }

        async Task<List<TakenPlace>> ReadAsync()
        {
            await using var command = Command("SELECT notice_hash, at, text_hash FROM telephone_send WHERE recipient_id = $1 ORDER BY at", message.RecipientId);
            await using var reader = await command.ExecuteReaderAsync(ct);
            var taken = new List<TakenPlace>();
            while (await reader.ReadAsync(ct))
                taken.Add(new TakenPlace(reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetInt64(2)));
            return taken;
        }

        NpgsqlCommand Command(string sql, params object[] values)
        {
            var command = new NpgsqlCommand(sql, connection, transaction);
            foreach (var value in values)
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            return command;
        }
    }

    /// <param name="taken">Places of the last 24 hours, the oldest first.</param>
    /// <param name="notice">Who asks.</param>
    /// <param name="text">What it says.</param>
    /// <param name="now">When.</param>
    /// <param name="rules">How many.</param>
    internal static GateAnswer Decide(IReadOnlyList<TakenPlace> taken, long notice, long text, DateTimeOffset now, RuleOptions rules)
    {
        if (taken.Any(t => t.Notice == notice))
            return new GateAnswer.Go();
        if (taken.Count(t => t.Text == text) >= rules.SameTextPerDay)
            return new GateAnswer.Drop(MessageState.Cancelled, SameText);
        var ofHour = taken.Where(t => t.At > now - Hour).ToList();
        DateTimeOffset? free = ofHour.Count >= rules.TelephonePerHour ? ofHour[^rules.TelephonePerHour].At + Hour : null;
        if (taken.Count >= rules.TelephonePerDay)
        {
            var tomorrow = taken[^rules.TelephonePerDay].At + Day;
            free = free > tomorrow ? free : tomorrow;
        }

        return free is { } until ? new GateAnswer.Wait(until, Reason) : new GateAnswer.Go();
    }

    private static long Hash(string text) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
