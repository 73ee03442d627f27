namespace HaLong.Dossiers.Persistence.Schema;

/// <summary>What the model cannot say about the tables of the register; called by a migration.</summary>
internal static class RegisterSql
{
    /// <summary>
    /// A number once given stays: rows are only added, each one more than the last of its unit and year. Dossiers that were accepted before there
    /// was a register wait for their numbers like others.
    /// </summary>
    public const string Up = """
        CREATE OR REPLACE FUNCTION register_entry_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
        END $$;
        CREATE OR REPLACE FUNCTION register_entry_refuse_gap() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.number <> 1 AND NOT EXISTS (SELECT 1 FROM register_entry e WHERE e.unit_code = NEW.unit_code AND e.year = NEW.year AND e.number = NEW.number - 1) THEN
                RAISE EXCEPTION 'register % of % has no number %', NEW.unit_code, NEW.year, NEW.number - 1 USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$;
        CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON register_entry FOR EACH ROW EXECUTE FUNCTION register_entry_refuse_change();
        CREATE OR REPLACE TRIGGER append_only_all BEFORE TRUNCATE ON register_entry FOR EACH STATEMENT EXECUTE FUNCTION register_entry_refuse_change();
        CREATE OR REPLACE TRIGGER gapless AFTER INSERT ON register_entry FOR EACH ROW EXECUTE FUNCTION register_entry_refuse_gap();

        INSERT INTO register_arrival (dossier_id, unit_code, accepted_at)
        SELECT id, coalesce(receiving_unit_code, unit_code), accepted_at FROM dossier d
        WHERE accepted_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM register_entry e WHERE e.dossier_id = d.id)
        ON CONFLICT DO NOTHING;
        """;

    public const string Down = """
        DROP FUNCTION register_entry_refuse_gap() CASCADE;
        DROP FUNCTION register_entry_refuse_change() CASCADE;
        """;
}
