namespace HaLong.Signatures.Persistence.Schema;

/// <summary>What the database itself keeps watch over: the ceremony log and signatures are written once; parts of files never change.</summary>
internal static class SessionSql
{
    public const string Up = """
        CREATE FUNCTION signing_row_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME;
        END $$;
        CREATE TRIGGER signing_event_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON signing_event
            FOR EACH STATEMENT EXECUTE FUNCTION signing_row_stays();
        CREATE TRIGGER session_signature_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON session_signature
            FOR EACH STATEMENT EXECUTE FUNCTION signing_row_stays();
        CREATE TRIGGER session_content_stays BEFORE UPDATE ON session_content
            FOR EACH STATEMENT EXECUTE FUNCTION signing_row_stays();
        """;

    public const string Down = "DROP FUNCTION signing_row_stays() CASCADE;";
}
