namespace HaLong.Payments.Persistence.Schema;

/// <summary>Waivers stay as they were decided.</summary>
internal static class FeeSql
{
    public const string Up = """
        CREATE TRIGGER fee_waiver_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON fee_waiver FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_insert_only();
        """;
}
