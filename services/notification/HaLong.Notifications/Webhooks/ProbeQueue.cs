using HaLong.Notifications.Domain;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HaLong.Notifications.Webhooks;

/// <summary>An address that gets a validation event now.</summary>
/// <param name="Target">Which.</param>
/// <param name="State">Of its subscription.</param>
/// <param name="Number">Of this validation event; also the proof that the claim is still ours.</param>
/// <param name="ProofStartedAt">When the proof of the address began.</param>
internal sealed record ClaimedProbe(WebhookTarget Target, SubscriptionState State, int Number, DateTimeOffset ProofStartedAt);

/// <summary>Addresses that are to be tried, as a queue for any number of workers.</summary>
internal sealed class ProbeQueue(NpgsqlDataSource database, IOptions<WebhookOptions> options, TimeProvider clock)
{
    private const string Claim = """
        UPDATE subscription_health h
        SET probe_due_at = $2, probes = h.probes + 1
        FROM (
            SELECT subscription_id FROM subscription_health WHERE probe_due_at <= $1
            ORDER BY probe_due_at LIMIT $3
            FOR UPDATE SKIP LOCKED) due, subscription s
        WHERE h.subscription_id = due.subscription_id AND s.id = h.subscription_id
        RETURNING s.id, s.owner, s.url, s.headers, s.state, h.probes, coalesce(s.proof_started_at, s.created_at), ARRAY(
            SELECT k.sealed FROM subscription_secret k WHERE k.subscription_id = s.id AND (k.expires_at IS NULL OR k.expires_at > $1)
            ORDER BY k.created_at DESC, k.id DESC)
        """;

    public async Task<IReadOnlyList<ClaimedProbe>> ClaimAsync(int room, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var command = database.CreateCommand(Claim);
        command.Parameters.Add(new NpgsqlParameter { Value = now });
        command.Parameters.Add(new NpgsqlParameter { Value = now + options.Value.ClaimFor });
        command.Parameters.Add(new NpgsqlParameter { Value = room });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var claimed = new List<ClaimedProbe>();
        while (await reader.ReadAsync(ct))
        {
            var target = new WebhookTarget(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<byte[][]>(7), reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3));
            claimed.Add(new ClaimedProbe(target, Words.Parse<SubscriptionState>(reader.GetString(4)), reader.GetInt32(5), reader.GetFieldValue<DateTimeOffset>(6)));
        }

        return claimed;
    }
}
