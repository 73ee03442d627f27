namespace HaLong.Signatures.Persistence.Schema;

/// <summary>What the database itself keeps watch over: an anchor is written once and stays.</summary>
internal static class AnchorSql
{
    public const string Up = """
        CREATE FUNCTION anchor_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END $$;
        CREATE TRIGGER anchor_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON anchor
            FOR EACH STATEMENT EXECUTE FUNCTION anchor_is_insert_only();
        """;

    public const string Down = "DROP FUNCTION anchor_is_insert_only() CASCADE;";
}
