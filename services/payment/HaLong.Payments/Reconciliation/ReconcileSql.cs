using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Reconciliation;

/// <summary>
/// Compares the three sides of a day, set by set, in temporary tables of the caller's transaction: <c>recon_us</c> (our notices and what the ledger booked for
/// them), <c>recon_in</c> (entries of statements and reports), <c>recon_pair</c> (which belongs to which), <c>recon_out</c> (refunds that were paid), <c>recon_line</c> (the answer).
/// </summary>
internal static class ReconcileSql
{
    /// <summary>A bank may book a few days, a weekend, before or after its notice.</summary>
    public const int Window = 3;

    /// <remarks>The first line of what is booked for a notice is the money that came.</remarks>
    public static async Task GatherAsync(PaymentDbContext db, DateOnly day, CancellationToken ct)
    {
        var (first, last) = (day.AddDays(-Window), day.AddDays(Window));
        var (since, until) = (LocalTime.Instant(first, TimeOnly.MinValue), LocalTime.Instant(last.AddDays(1), TimeOnly.MinValue));
        await db.Database.ExecuteSqlAsync($"""
            CREATE TEMP TABLE recon_us (notice_id uuid, source text, event_id text, acct text, day date, told bigint, ours bigint, reason text, payment_id uuid, unit_code text, key text, kind text, cleared boolean) ON COMMIT DROP;
            CREATE TEMP TABLE recon_in (entry_id bigint, kind text, source text, scope text, bank_reference text, day date, amount bigint, key text, reversal boolean) ON COMMIT DROP;
            CREATE TEMP TABLE recon_side (kind text, scope text, notice_id uuid, source text, event_id text, key text, told bigint, day date) ON COMMIT DROP;
            CREATE TEMP TABLE recon_pair (kind text, entry_id bigint PRIMARY KEY, notice_id uuid, UNIQUE (kind, notice_id)) ON COMMIT DROP;
            CREATE TEMP TABLE recon_out (id uuid, acct text, bank_reference text, key text, amount bigint, day date, unit_code text, payment_id uuid) ON COMMIT DROP;
            CREATE TEMP TABLE recon_line (identity text, result text, kind text, scope text, unit_code text, payment_id uuid, key text, bank_reference text, ours bigint, provider bigint, bank bigint,
                notice_id uuid, entry_id bigint, report_entry_id bigint) ON COMMIT DROP;
            """, ct);
        await db.Database.ExecuteSqlAsync($$"""
            INSERT INTO recon_us
            SELECT n.id, n.provider, n.event_id, n.bin || ':' || upper(n.account), (n.booked_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, n.amount, l.amount, h.reason, h.payment_id,
                coalesce(p.unit_code, e.unit_code), coalesce(p.reference, substring(t.plain FROM 'HL[0-9A-HJKMNP-TV-Z]{10}'), substring(t.plain FROM 'NQ[0-9A-HJKMNP-TV-Z]{10}'), left(t.plain, 200)), e.kind,
                coalesce(l.account LIKE 'clearing:%', false)
            FROM bank_notice n
            CROSS JOIN LATERAL (SELECT upper(regexp_replace(n.remittance, '\s', '', 'g')) AS plain) t
            JOIN bank_notice_handling h ON h.notice_id = n.id
            LEFT JOIN payment_request p ON p.id = h.payment_id
            LEFT JOIN journal_entry e ON e.source_id = n.id AND e.kind IN ('settlement', 'unmatched', 'depositArrival')
            LEFT JOIN journal_line l ON l.entry_id = e.id AND l.line = 1
            WHERE n.original AND n.booked_at >= {{since}} AND n.booked_at < {{until}} AND NOT EXISTS (SELECT 1 FROM statement_notice c WHERE c.notice_id = n.id)
            """, ct);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO recon_in SELECT id, kind, source, scope, bank_reference, booked_on, amount, match_key, reversal FROM statement_entry WHERE booked_on BETWEEN {first} AND {last}
            """, ct);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO recon_out
            SELECT r.id, r.bin || ':' || upper(r.account), r.bank_reference, 'HOANPHI' || upper(right(replace(r.id::text, '-', ''), 12)), -r.amount,
                (r.paid_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, r.unit_code, r.payment_id
            FROM money_refund r WHERE r.state = 'paid' AND r.paid_at >= {since} AND r.paid_at < {until}
            """, ct);
        await db.Database.ExecuteSqlAsync($"ANALYZE recon_us; ANALYZE recon_in; ANALYZE recon_out", ct);
    }

    /// <summary>Pairs entries with notices, those of statements by account, those of reports by provider: by the bank's number, then by key and amount, then by our reference alone; each once.</summary>
    public static Task PairAsync(PaymentDbContext db, CancellationToken ct) => db.Database.ExecuteSqlAsync($$"""
        INSERT INTO recon_side
        SELECT 'statement', acct, notice_id, source, event_id, key, told, day FROM recon_us UNION ALL SELECT 'providerReport', source, notice_id, source, event_id, key, told, day FROM recon_us;
        ANALYZE recon_side;

        INSERT INTO recon_pair SELECT i.kind, i.entry_id, u.notice_id
        FROM recon_in i JOIN recon_side u ON u.kind = i.kind AND u.scope = i.scope AND u.source = i.source AND u.event_id = i.bank_reference WHERE i.amount > 0 AND NOT i.reversal;
        ANALYZE recon_pair;

        INSERT INTO recon_pair SELECT i.kind, i.entry_id, u.notice_id
        FROM (SELECT f.*, row_number() OVER (PARTITION BY kind, scope, key, amount ORDER BY day, entry_id) AS n FROM recon_in f
            WHERE amount > 0 AND NOT reversal AND key <> '' AND NOT EXISTS (SELECT 1 FROM recon_pair p WHERE p.entry_id = f.entry_id)) i
        JOIN (SELECT f.*, row_number() OVER (PARTITION BY kind, scope, key, told ORDER BY day, event_id) AS n FROM recon_side f
            WHERE NOT EXISTS (SELECT 1 FROM recon_pair p WHERE p.kind = f.kind AND p.notice_id = f.notice_id)) u
          ON u.kind = i.kind AND u.scope = i.scope AND u.key = i.key AND u.told = i.amount AND u.n = i.n;

        INSERT INTO recon_pair SELECT i.kind, i.entry_id, u.notice_id
        FROM (SELECT f.*, row_number() OVER (PARTITION BY kind, scope, key ORDER BY day, entry_id) AS n FROM recon_in f
            WHERE amount > 0 AND NOT reversal AND NOT EXISTS (SELECT 1 FROM recon_pair p WHERE p.entry_id = f.entry_id)) i
        JOIN (SELECT f.*, row_number() OVER (PARTITION BY kind, scope, key ORDER BY day, event_id) AS n FROM recon_side f
            WHERE key ~ '^(HL|NQ)[0-9A-HJKMNP-TV-Z]{10}$' AND NOT EXISTS (SELECT 1 FROM recon_pair p WHERE p.kind = f.kind AND p.notice_id = f.notice_id)) u
          ON u.kind = i.kind AND u.scope = i.scope AND u.key = i.key AND u.n = i.n;
        ANALYZE recon_pair
        """, ct);

    /// <summary>
    /// What our side has: notices of the day, deposits and refunds that no entry shows. What the national payment platform collected it hands over in sums, so
    /// no statement shows it one by one: there its confirmations and its report are compared.
    /// </summary>
    public static Task AnswerOursAsync(PaymentDbContext db, DateOnly day, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        INSERT INTO recon_line
        SELECT 'n:' || u.notice_id,
            CASE WHEN u.ours IS NULL THEN 'missingAtUs' WHEN b.entry_id IS NULL AND NOT u.cleared THEN 'missingAtBank' WHEN s.given AND r.entry_id IS NULL THEN 'missingAtProvider'
                WHEN u.ours <> b.amount OR u.ours <> coalesce(r.amount, u.told) THEN 'amountDiff' WHEN u.reason = 'alreadySettled' THEN 'duplicate' ELSE 'matched' END,
            CASE WHEN u.kind = 'depositArrival' THEN 'deposit' ELSE 'transfer' END, u.acct, u.unit_code, u.payment_id, u.key, u.event_id,
            u.ours, CASE WHEN s.given THEN r.amount ELSE u.told END, b.amount, u.notice_id, b.entry_id, r.entry_id
        FROM recon_us u
        LEFT JOIN recon_pair bp ON bp.kind = 'statement' AND bp.notice_id = u.notice_id LEFT JOIN recon_in b ON b.entry_id = bp.entry_id
        LEFT JOIN recon_pair rp ON rp.kind = 'providerReport' AND rp.notice_id = u.notice_id LEFT JOIN recon_in r ON r.entry_id = rp.entry_id
        LEFT JOIN (SELECT DISTINCT scope, true AS given FROM statement_file WHERE kind = 'providerReport' AND "from" <= {day} AND "to" >= {day}) s ON s.scope = u.source
        WHERE u.day = {day};

        INSERT INTO recon_line (identity, result, kind, scope, unit_code, key, ours)
        SELECT 's:' || t.id, 'missingAtBank', 'deposit', t.bin || ':' || upper(t.account), t.unit_code, t.reference, t.to_deposit FROM till_shift t
        WHERE t.deposited_on = {day} AND NOT EXISTS (SELECT 1 FROM recon_in i WHERE i.key = t.reference) AND NOT EXISTS (SELECT 1 FROM recon_us u WHERE u.key = t.reference);

        INSERT INTO recon_line (identity, result, kind, scope, unit_code, payment_id, key, bank_reference, ours)
        SELECT 'r:' || o.id, 'missingAtBank', 'refund', o.acct, o.unit_code, o.payment_id, o.key, o.bank_reference, o.amount FROM recon_out o
        WHERE o.day = {day} AND NOT EXISTS (SELECT 1 FROM recon_in i WHERE i.scope = o.acct AND i.amount < 0 AND i.bank_reference = o.bank_reference)
          AND NOT EXISTS (SELECT 1 FROM recon_in i WHERE i.scope = o.acct AND i.amount < 0 AND i.key = o.key)
        """, ct);

    /// <summary>Entries of the day to which no notice belongs: deposits and refunds that we know, what came twice, and what nobody told us of.</summary>
    public static Task AnswerTheirsAsync(PaymentDbContext db, DateOnly day, CancellationToken ct) => db.Database.ExecuteSqlAsync($$"""
        WITH free AS (SELECT i.* FROM recon_in i WHERE i.day = {{day}} AND i.amount > 0 AND NOT i.reversal AND NOT EXISTS (SELECT 1 FROM recon_pair p WHERE p.entry_id = i.entry_id)),
        numbered AS (SELECT f.*, row_number() OVER (PARTITION BY f.kind, f.key, f.amount ORDER BY f.entry_id) AS n, row_number() OVER (PARTITION BY f.kind, f.key ORDER BY f.entry_id) AS of_key FROM free f),
        told AS (SELECT DISTINCT u.key FROM recon_us u JOIN recon_pair p ON p.notice_id = u.notice_id),
        both_sides AS (
            SELECT coalesce(b.key, r.key) AS key, b.scope AS acct, coalesce(b.scope, r.scope) AS scope, coalesce(b.bank_reference, r.bank_reference) AS bank_reference, b.amount AS bank, r.amount AS provider,
                b.entry_id, r.entry_id AS report_entry_id, b.of_key
            FROM (SELECT * FROM numbered WHERE kind = 'statement') b FULL JOIN (SELECT * FROM numbered WHERE kind = 'providerReport') r ON r.key = b.key AND r.amount = b.amount AND r.n = b.n)
        INSERT INTO recon_line
        SELECT 'e:' || coalesce(x.entry_id, x.report_entry_id),
            CASE WHEN x.key ~ '^(HL|NQ).{10}$' AND told.key IS NOT NULL OR (t.id IS NOT NULL AND x.of_key > 1) THEN 'duplicate'
                WHEN t.id IS NULL THEN 'missingAtUs' WHEN t.to_deposit = x.bank THEN 'matched' ELSE 'amountDiff' END,
            CASE WHEN t.id IS NULL THEN 'transfer' ELSE 'deposit' END, x.scope, coalesce(p.unit_code, t.unit_code), p.id, x.key, x.bank_reference,
            CASE WHEN x.of_key = 1 THEN t.to_deposit END, x.provider, x.bank, NULL, x.entry_id, x.report_entry_id
        FROM both_sides x
        LEFT JOIN payment_request p ON p.reference = x.key
        LEFT JOIN till_shift t ON t.reference = x.key AND t.bin || ':' || upper(t.account) = x.acct AND t.state = 'closed'
        LEFT JOIN told ON told.key = x.key;

        INSERT INTO recon_line
        SELECT 'e:' || i.entry_id, CASE WHEN i.reversal OR o.id IS NULL THEN 'missingAtUs' WHEN o.amount = i.amount THEN 'matched' ELSE 'amountDiff' END,
            CASE WHEN i.reversal THEN 'reversal' WHEN o.id IS NULL THEN 'debit' ELSE 'refund' END, i.scope, o.unit_code, o.payment_id, i.key, i.bank_reference, o.amount, NULL, i.amount, NULL, i.entry_id, NULL
        FROM recon_in i
        LEFT JOIN LATERAL (SELECT * FROM recon_out o WHERE NOT i.reversal AND o.acct = i.scope AND (o.bank_reference = i.bank_reference OR o.key = i.key) ORDER BY o.bank_reference = i.bank_reference DESC LIMIT 1) o ON true
        WHERE i.day = {{day}} AND i.kind = 'statement' AND (i.amount < 0 OR i.reversal)
        """, ct);

    /// <summary>SHA-256 over all that was compared, and over the answer.</summary>
    public static async Task<(string Input, string Answer)> HashAsync(PaymentDbContext db, DateOnly day, CancellationToken ct)
    {
        var hashes = await db.Database.SqlQuery<string>($"""
            SELECT encode(sha256(convert_to(coalesce((SELECT string_agg(concat_ws('|', notice_id, told, ours, reason, key), E'\n' ORDER BY notice_id) FROM recon_us), '')
                || E'\n' || coalesce((SELECT string_agg(concat_ws('|', entry_id, amount), E'\n' ORDER BY entry_id) FROM recon_in), '')
                || E'\n' || coalesce((SELECT string_agg(concat_ws('|', id, amount, bank_reference), E'\n' ORDER BY id) FROM recon_out), '')
                || E'\n' || coalesce((SELECT string_agg(concat_ws('|', id, reference, to_deposit, deposited_on), E'\n' ORDER BY id) FROM till_shift
                    WHERE deposited_on = {day} OR reference IN (SELECT key FROM recon_in)), '')
                || E'\n' || coalesce((SELECT string_agg(DISTINCT scope, E'\n' ORDER BY scope) FROM statement_file WHERE "from" <= {day} AND "to" >= {day}), ''), 'UTF8')), 'hex') AS "Value"
            UNION ALL
            SELECT encode(sha256(convert_to(coalesce((SELECT string_agg(concat_ws('|', identity, result, kind, scope, unit_code, payment_id, key, bank_reference, 'o' || ours, 'p' || provider, 'b' || bank), E'\n'
                ORDER BY identity) FROM recon_line), '')
                || E'\n' || coalesce((SELECT string_agg(DISTINCT scope, E'\n' ORDER BY scope) FROM statement_file WHERE kind = 'statement' AND "from" <= {day} AND "to" >= {day}), ''), 'UTF8')), 'hex')
            """).ToListAsync(ct);
        return (hashes[0], hashes[1]);
    }
}
