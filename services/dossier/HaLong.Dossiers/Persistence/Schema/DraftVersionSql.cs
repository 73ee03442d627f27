namespace HaLong.Dossiers.Persistence.Schema;

/// <summary>
/// Remembers for each version of a draft's row (xmin, the ETag) which revision of the draft it holds. By a trigger and not by the service, because
/// every statement that touches the row makes a new version, whoever writes it, and because only the database knows the number.
/// </summary>
internal static class DraftVersionSql
{
    public const string Create = """
        CREATE FUNCTION remember_draft_version() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.status = 'DRAFT' THEN
                INSERT INTO draft_version (dossier_id, version, revision)
                SELECT NEW.id, d.xmin::text::bigint, NEW.draft_revision FROM dossier d WHERE d.id = NEW.id
                ON CONFLICT (dossier_id, version) DO UPDATE SET revision = excluded.revision;
            ELSE
                DELETE FROM draft_version WHERE dossier_id = NEW.id;
            END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER draft_opened AFTER INSERT ON dossier FOR EACH ROW WHEN (NEW.status = 'DRAFT') EXECUTE FUNCTION remember_draft_version();
        CREATE TRIGGER draft_changed AFTER UPDATE ON dossier FOR EACH ROW WHEN (OLD.status = 'DRAFT') EXECUTE FUNCTION remember_draft_version();
        """;

    public const string Drop = """
        DROP TRIGGER draft_changed ON dossier;
        DROP TRIGGER draft_opened ON dossier;
        DROP FUNCTION remember_draft_version();
        """;
}
