namespace HaLong.Signatures.Persistence.Schema;

/// <summary>What the database itself keeps watch over: the history of officers' own certificates is written once and stays.</summary>
internal static class ProviderSql
{
    public const string Up = """
        CREATE FUNCTION imported_change_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME;
        END $$;
        CREATE TRIGGER imported_change_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON imported_certificate_change
            FOR EACH STATEMENT EXECUTE FUNCTION imported_change_is_insert_only();
        """;

    public const string Down = "DROP FUNCTION imported_change_is_insert_only() CASCADE;";
}
