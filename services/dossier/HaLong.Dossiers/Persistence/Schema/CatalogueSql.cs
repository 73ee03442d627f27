namespace HaLong.Dossiers.Persistence.Schema;

/// <summary>What the model cannot say about the tables of the catalogue; called by a migration.</summary>
internal static class CatalogueSql
{
    /// <summary>
    /// Versions never overlap, whatever the program does. A version that was replaced on its first day ends the day before and so covers no
    /// day; versions of older releases that were replaced so are written that way first. btree_gist is a trusted extension: the owner of the
    /// database may create it.
    /// </summary>
    public const string NoOverlap = """
        UPDATE procedure p SET valid_to = valid_from - 1
        WHERE valid_to = valid_from AND EXISTS (SELECT 1 FROM procedure n WHERE n.code = p.code AND n.id <> p.id AND n.valid_from = p.valid_from AND n.id > p.id);
        CREATE EXTENSION IF NOT EXISTS btree_gist;
        ALTER TABLE procedure ADD CONSTRAINT ex_procedure_no_overlap
            EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to + 1, '[)') WITH &&);
        """;

    public const string DropNoOverlap = "ALTER TABLE procedure DROP CONSTRAINT ex_procedure_no_overlap;";

    /// <summary>The audit is only ever added to.</summary>
    public const string AppendOnly = """
        CREATE OR REPLACE FUNCTION catalogue_audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
        END $$;
        CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON catalogue_audit FOR EACH ROW EXECUTE FUNCTION catalogue_audit_refuse_change();
        CREATE OR REPLACE TRIGGER append_only_all BEFORE TRUNCATE ON catalogue_audit FOR EACH STATEMENT EXECUTE FUNCTION catalogue_audit_refuse_change();
        """;
}
