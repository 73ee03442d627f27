namespace HaLong.Payments.Persistence.Schema;

/// <summary>Books what was settled, and what paid nothing, before there was a ledger; and numbers the changes of older requests.</summary>
internal static class LedgerBackfillSql
{
    public const string Up = """
        UPDATE payment_request SET sequence = CASE state WHEN 'pending' THEN 1 ELSE 2 END WHERE sequence = 0;

        INSERT INTO journal_entry (id, kind, source_id, payment_id, unit_code, booked_on, created_at)
        SELECT gen_random_uuid(), CASE h.state WHEN 'settled' THEN 'settlement' ELSE 'unmatched' END, n.id, h.payment_id, p.unit_code,
               (h.decided_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, h.decided_at
        FROM bank_notice n JOIN bank_notice_handling h ON h.notice_id = n.id LEFT JOIN payment_request p ON p.id = h.payment_id
        WHERE n.original AND h.state IN ('settled', 'mismatched');

        INSERT INTO journal_line (entry_id, line, account, amount)
        SELECT e.id, 1, 'bank:' || n.bin || ':' || n.account, n.amount FROM journal_entry e JOIN bank_notice n ON n.id = e.source_id
        UNION ALL
        SELECT e.id, 2, 'suspense:' || n.bin || ':' || n.account, -n.amount FROM journal_entry e JOIN bank_notice n ON n.id = e.source_id
        WHERE e.kind = 'unmatched'
        UNION ALL
        SELECT e.id, 1 + row_number() OVER (PARTITION BY e.id ORDER BY i.kind), 'due:' || p.beneficiary_bin || ':' || p.beneficiary_account || ':' || i.kind, -sum(i.amount)
        FROM journal_entry e JOIN payment_request p ON p.id = e.payment_id JOIN payment_item i ON i.payment_id = p.id
        WHERE e.kind = 'settlement' AND i.amount > 0 GROUP BY e.id, p.id, i.kind;
        """;
}
