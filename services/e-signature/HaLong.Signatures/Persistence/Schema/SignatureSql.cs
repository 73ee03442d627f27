namespace HaLong.Signatures.Persistence.Schema;

/// <summary>What the database itself keeps watch over: what was done to a seal is written once and stays.</summary>
internal static class SignatureSql
{
    public const string Up = """
        CREATE FUNCTION credential_change_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME;
        END $$;
        CREATE TRIGGER credential_change_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON credential_change
            FOR EACH STATEMENT EXECUTE FUNCTION credential_change_is_insert_only();
        """;

    public const string Down = "DROP FUNCTION credential_change_is_insert_only() CASCADE;";
}
