namespace HaLong.Dossiers.Persistence.Schema;

/// <summary>
/// Whatever changes a dossier marks its wait as not counted, in the same transaction: no path through the code can forget it. What an open
/// dossier from before waits for is counted by the watchdog itself.
/// </summary>
internal static class WatchdogSql
{
    public const string Create = """
        CREATE FUNCTION mark_dossier_wait() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO dossier_wait (dossier_id, counted_by) VALUES (NEW.id, -1)
          ON CONFLICT (dossier_id) DO UPDATE SET counted_by = -1;
          RETURN NULL;
        END $$;

        CREATE TRIGGER dossier_wait_begins AFTER INSERT ON dossier FOR EACH ROW WHEN (NEW.status <> 'DRAFT') EXECUTE FUNCTION mark_dossier_wait();

        CREATE TRIGGER dossier_wait_changes AFTER UPDATE ON dossier FOR EACH ROW WHEN (NEW.status <> 'DRAFT' AND
          (NEW.status, NEW.waiting_since, NEW.wait_until, NEW.due_at, NEW.due_assumed, NEW.officer_id, NEW.unit_code, NEW.receiving_unit_code, NEW.approved_at,
           NEW.correction_id, NEW.payment_status, NEW.open_demands, NEW.extensions)
          IS DISTINCT FROM
          (OLD.status, OLD.waiting_since, OLD.wait_until, OLD.due_at, OLD.due_assumed, OLD.officer_id, OLD.unit_code, OLD.receiving_unit_code, OLD.approved_at,
           OLD.correction_id, OLD.payment_status, OLD.open_demands, OLD.extensions))
          EXECUTE FUNCTION mark_dossier_wait();

        INSERT INTO dossier_wait (dossier_id, counted_by)
        SELECT id, -1 FROM dossier
        WHERE status IN ('SUBMITTED', 'SUPPLEMENT_RECEPTION', 'ACCEPTED', 'PROCESSING', 'WAIT_OPINION', 'SUPPLEMENT_PROCESSING', 'WAIT_PAYMENT', 'RESOLVED')
          OR (status = 'RETURNED' AND correction_id IS NOT NULL)
        ON CONFLICT DO NOTHING;
        """;

    public const string Drop = """
        DROP TRIGGER dossier_wait_changes ON dossier;
        DROP TRIGGER dossier_wait_begins ON dossier;
        DROP FUNCTION mark_dossier_wait();
        """;
}
