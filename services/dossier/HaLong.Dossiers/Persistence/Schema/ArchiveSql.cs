namespace HaLong.Dossiers.Persistence.Schema;

/// <summary>What the model cannot say about closed dossiers.</summary>
internal static class ArchiveSql
{
    /// <summary>Dossiers from before ends were noted get theirs from the timeline; those without steps from the last change.</summary>
    public const string Backfill = """
        UPDATE dossier d SET closed_at = coalesce(
            (SELECT max(t.at) FROM timeline_entry t WHERE t.dossier_id = d.id AND t.to_status = d.status AND t.from_status <> t.to_status), d.updated_at)
        WHERE d.status IN ('RETURNED', 'NOT_ACCEPTED', 'WITHDRAWN', 'STOPPED') AND d.closed_at IS NULL;
        """;

    /// <summary>
    /// What is over is not changed any more, whatever the program does: not what it is about, not its papers. What still happens to closed dossiers by the
    /// table of transitions (money, originals, corrections) touches neither. Only destruction by an approved list says that it may. A serialisation failure,
    /// because whoever comes here read the dossier before it was closed: he has lost a race and is told so.
    /// </summary>
    public const string ClosedStaysClosed = """
        CREATE FUNCTION refuse_change_of_closed_dossier() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF coalesce(current_setting('halong.destroying', true), '') = 'on' THEN
                RETURN coalesce(NEW, OLD);
            END IF;
            IF TG_OP = 'DELETE' OR (NEW.status, NEW.code, NEW.procedure_id, NEW.subject, NEW.data, NEW.owner_id, NEW.owner_name, NEW.submitted_at, NEW.closed_at)
                IS DISTINCT FROM (OLD.status, OLD.code, OLD.procedure_id, OLD.subject, OLD.data, OLD.owner_id, OLD.owner_name, OLD.submitted_at, OLD.closed_at) THEN
                RAISE EXCEPTION 'dossier % is closed', OLD.id USING ERRCODE = 'serialization_failure';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER closed_stays_closed BEFORE UPDATE OR DELETE ON dossier FOR EACH ROW
            WHEN (OLD.status IN ('RETURNED', 'NOT_ACCEPTED', 'WITHDRAWN', 'STOPPED') AND OLD.closed_at IS NOT NULL) EXECUTE FUNCTION refuse_change_of_closed_dossier();

        CREATE FUNCTION refuse_change_of_closed_documents() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            changed dossier_document := coalesce(NEW, OLD);
        BEGIN
            IF coalesce(current_setting('halong.destroying', true), '') = 'on' OR (TG_OP = 'INSERT' AND NEW.kind IN ('result', 'unsignedResult', 'form', 'unsignedForm', 'controlSlip')) THEN
                RETURN changed;
            END IF;
            IF EXISTS (SELECT 1 FROM dossier d WHERE d.id = changed.dossier_id AND d.status IN ('RETURNED', 'NOT_ACCEPTED', 'WITHDRAWN', 'STOPPED') AND d.closed_at IS NOT NULL) THEN
                RAISE EXCEPTION 'dossier % is closed', changed.dossier_id USING ERRCODE = 'serialization_failure';
            END IF;
            RETURN changed;
        END $$;
        CREATE TRIGGER closed_stays_closed BEFORE INSERT OR DELETE OR UPDATE OF dossier_id, kind, component, file_name, media_type, size, sha256
            ON dossier_document FOR EACH ROW EXECUTE FUNCTION refuse_change_of_closed_documents();
        """;

    public const string DropClosedStaysClosed = """
        DROP TRIGGER closed_stays_closed ON dossier_document;
        DROP FUNCTION refuse_change_of_closed_documents();
        DROP TRIGGER closed_stays_closed ON dossier;
        DROP FUNCTION refuse_change_of_closed_dossier();
        """;
}
