namespace HaLong.Payments.Persistence.Schema;

/// <summary>Facts about cash and reconciliation that the database refuses to change; uses the function of <see cref="LedgerSql"/>.</summary>
internal static class CashSql
{
    private static readonly string[] InsertOnly =
    [
        "cash_payment", "till_count", "statement_file", "statement_entry", "statement_notice", "reconciliation_run", "reconciliation_line", "reconciliation_explanation",
    ];

    public static readonly string Up = string.Join('\n', InsertOnly.Select(t =>
        $"CREATE TRIGGER {t}_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {t} FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_insert_only();"));

    public static readonly string Down = string.Join('\n', InsertOnly.Select(t => $"DROP TRIGGER {t}_insert_only ON {t};"));
}
