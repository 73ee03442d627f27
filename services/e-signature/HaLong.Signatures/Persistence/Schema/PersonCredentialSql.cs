namespace HaLong.Signatures.Persistence.Schema;

/// <summary>What the database itself keeps watch over: the history of credentials and the signing log are written once and stay.</summary>
internal static class PersonCredentialSql
{
    public const string Up = """
        CREATE FUNCTION signing_log_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME;
        END $$;
        CREATE TRIGGER person_credential_change_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON person_credential_change
            FOR EACH STATEMENT EXECUTE FUNCTION signing_log_is_insert_only();
        CREATE TRIGGER signing_record_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON signing_record
            FOR EACH STATEMENT EXECUTE FUNCTION signing_log_is_insert_only();
        """;

    public const string Down = "DROP FUNCTION signing_log_is_insert_only() CASCADE;";
}
