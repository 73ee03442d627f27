namespace HaLong.Payments.Persistence.Schema;

/// <summary>What the national payment platform told, and its receipts, stay as they came, also against our own mistakes.</summary>
internal static class ProviderSql
{
    public const string Up = """
        CREATE FUNCTION portal_record_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME;
        END $$;
        CREATE TRIGGER portal_message_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON portal_message
            FOR EACH STATEMENT EXECUTE FUNCTION portal_record_is_insert_only();
        CREATE TRIGGER provider_bill_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON provider_bill
            FOR EACH STATEMENT EXECUTE FUNCTION portal_record_is_insert_only();
        """;

    public const string Down = "DROP FUNCTION portal_record_is_insert_only() CASCADE;";
}
