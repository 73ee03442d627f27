using System.Diagnostics;
using Npgsql;

namespace HaLong.Bench.Payments;

/// <summary>A request that waits for money.</summary>
internal sealed record OpenRequest(string Reference, long Amount, string Bin, string Account);

/// <summary>
/// Payment requests made as in life: the fact that a dossier was filed, told by payment to itself and to whoever listens, opens each. Their unit is one that nobody works for, so
/// that no desk is full of them.
/// </summary>
internal sealed class OpenRequests(NpgsqlDataSource database)
{
    private const int Portion = 500;

    /// <summary>The unit of this run.</summary>
    public string Unit { get; } = "bench-" + Guid.CreateVersion7().ToString("N")[^10..];

    public async Task<List<OpenRequest>> MakeAsync(int count, TimeSpan within)
    {
        for (var made = 0; made < count; made += Portion)
        {
            await using var facts = database.CreateCommand("""
                INSERT INTO outbox_message (message_id, type, payload, occurred_at, available_at, attempts)
                SELECT gen_random_uuid(), 'halong.dossier-submitted.v1', jsonb_build_object(
                    'dossierId', gen_random_uuid(), 'code', 'BENCH-' || n, 'sequence', 1, 'occurredAt', now(), 'procedureCode', 'bench', 'unitCode', $1::text,
                    'ownerId', gen_random_uuid(), 'actorId', gen_random_uuid(), 'channel', 'online', 'fees', jsonb_build_array(
                        jsonb_build_object('kind', 'phi', 'nameVi', 'Phí thẩm định hồ sơ', 'amount', 100000, 'assumed', true),
                        jsonb_build_object('kind', 'lePhi', 'nameVi', 'Lệ phí cấp giấy', 'amount', 50000, 'assumed', true))),
                    now(), now(), 0
                FROM generate_series($2::int, $3::int) n
                """);
            foreach (var value in (object[])[Unit, made + 1, Math.Min(count, made + Portion)])
                facts.Parameters.Add(new() { Value = value });
            await facts.ExecuteNonQueryAsync();
        }

        await UntilAsync("SELECT count(*) FROM payment_request WHERE unit_code = $1", count, within, "payment requests opened");
        await using var open = database.CreateCommand("SELECT reference, amount, beneficiary_bin, beneficiary_account FROM payment_request WHERE unit_code = $1 AND state = 'pending' ORDER BY id");
        open.Parameters.Add(new() { Value = Unit });
        await using var rows = await open.ExecuteReaderAsync();
        var requests = new List<OpenRequest>(count);
        while (await rows.ReadAsync())
            requests.Add(new OpenRequest(rows.GetString(0), rows.GetInt64(1), rows.GetString(2), rows.GetString(3)));
        return requests;
    }

    /// <summary>Waits until so many are settled; says how many were when the time is over.</summary>
    public Task SettledAsync(int count, TimeSpan within) =>
        UntilAsync("SELECT count(*) FROM payment_request WHERE unit_code = $1 AND settled_at IS NOT NULL", count, within, "requests settled");

    /// <summary>From the arrival of each notice to its settlement, for those of this run that arrived since then, in the order of arrival.</summary>
    public async Task<List<(DateTimeOffset Received, DateTimeOffset Settled)>> TimesAsync(DateTimeOffset since)
    {
        await using var times = database.CreateCommand("""
            SELECT n.received_at, h.decided_at FROM payment_request p JOIN bank_notice n ON n.id = p.notice_id JOIN bank_notice_handling h ON h.notice_id = n.id
            WHERE p.unit_code = $1 AND n.received_at >= $2 ORDER BY n.received_at
            """);
        foreach (var value in (object[])[Unit, since.ToUniversalTime()])
            times.Parameters.Add(new() { Value = value });
        await using var rows = await times.ExecuteReaderAsync();
        var result = new List<(DateTimeOffset, DateTimeOffset)>();
        while (await rows.ReadAsync())
            result.Add((rows.GetFieldValue<DateTimeOffset>(0), rows.GetFieldValue<DateTimeOffset>(1)));
        return result;
    }

    /// <summary>Requests of this run that are settled but not booked exactly once: there must be none.</summary>
    public async Task<long> NotBookedOnceAsync()
    {
        await using var wrong = database.CreateCommand("""
            SELECT count(*) FROM payment_request p WHERE unit_code = $1 AND (SELECT count(*) FROM journal_entry e WHERE e.payment_id = p.id) <> CASE WHEN settled_at IS NULL THEN 0 ELSE 1 END
            """);
        wrong.Parameters.Add(new() { Value = Unit });
        return (long)(await wrong.ExecuteScalarAsync())!;
    }

    private async Task UntilAsync(string sql, int count, TimeSpan within, string what)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            await using var command = database.CreateCommand(sql);
            command.Parameters.Add(new() { Value = Unit });
            var seen = (long)(await command.ExecuteScalarAsync())!;
            if (seen >= count)
                return;
            if (clock.Elapsed > within)
                throw new TimeoutException($"Only {seen} of {count} {what} within {within.TotalSeconds:0} s.");
            await Task.Delay(50);
        }
    }
}
