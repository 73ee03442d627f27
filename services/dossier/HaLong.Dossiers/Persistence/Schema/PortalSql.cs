using HaLong.Dossiers.NationalPortal;

namespace HaLong.Dossiers.Persistence.Schema;

/// <summary>
/// Whatever changes a dossier marks it in the ledger of the national portal, in the same transaction: no path through the code can forget it. A mark
/// costs nothing when the portal would be told what it knows. A message on its way stays so: what became of it is settled first.
/// </summary>
internal static class PortalSql
{
    private static readonly string Status =
        $"CASE d.status {string.Join(' ', PortalStatus.All.SelectMany(s => s.States.Select(state => $"WHEN '{state}' THEN {s.Code}")))} END";

    /// <summary>What counts of a dossier.</summary>
    private static string Told(string row) => $"""
        {row}.status, {row}.steps, {row}.outcome, {row}.due_at, {row}.unit_code, {row}.unit_name_vi, {row}.receiving_unit_name_vi, {row}.owner_name,
            {row}.subject,
        {row}.data, {row}.fees, {row}.payment_status, {row}.resolved_at, {row}.returned_at, {row}.closed_at, {row}.result_document_id, {row}.corrections,
        {row}.return_method
        """;

    private static readonly string Entry = $"""
        d.id, d.code, {Status}, d.updated_at, 1, d.steps, d.unit_code, (coalesce(d.submitted_at, d.created_at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
        (d.resolved_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, (d.due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, 'pending', d.updated_at, d.updated_at, 0, 0, 0
        """;

    private const string Columns = """
        dossier_id, code, our_status, our_changed_at, changes, steps, unit_code, received_on, resolved_on, due_on, state, next_try_at, pending_since, attempts,
        sent_changes, sent_steps
        """;

    private static string Marked(string due, string since) => $"""
        state = CASE WHEN l.state = 'sent' THEN 'sent' ELSE 'pending' END,
        next_try_at = CASE WHEN l.state IN ('sent', 'pending') THEN coalesce(l.next_try_at, {due}) ELSE {due} END,
        pending_since = coalesce(l.pending_since, {since}), changes = l.changes + 1
        """;

    public static readonly string Create = $"""
        CREATE FUNCTION portal.mark_dossier() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE d dossier := NEW;
        BEGIN
          INSERT INTO portal.ledger AS l ({Columns}) VALUES ({Entry})
          ON CONFLICT (dossier_id) DO UPDATE SET our_status = excluded.our_status, our_changed_at = excluded.our_changed_at, steps = excluded.steps,
            unit_code = excluded.unit_code, resolved_on = excluded.resolved_on, due_on = excluded.due_on,
                {Marked("excluded.our_changed_at", "excluded.our_changed_at")};
          RETURN NULL;
        END $$;

        CREATE TRIGGER portal_dossier_begins AFTER INSERT ON dossier FOR EACH ROW WHEN (NEW.status <> 'DRAFT' AND NEW.code IS NOT NULL)
          EXECUTE FUNCTION portal.mark_dossier();

        CREATE TRIGGER portal_dossier_changes AFTER UPDATE ON dossier FOR EACH ROW
          WHEN (NEW.status <> 'DRAFT' AND NEW.code IS NOT NULL AND NEW.destroyed_at IS NULL AND
          ({Told("NEW")}) IS DISTINCT FROM ({Told("OLD")})) EXECUTE FUNCTION portal.mark_dossier();

        CREATE FUNCTION portal.mark_document() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE of_dossier uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.dossier_id ELSE NEW.dossier_id END;
        BEGIN
          IF coalesce(current_setting('halong.destroying', true), '') = 'on' THEN
            RETURN NULL;
          END IF;
          -- The dossier first, as everybody does who changes it: else the two would wait for each other.
          PERFORM 1 FROM dossier WHERE id = of_dossier AND status <> 'DRAFT' FOR NO KEY UPDATE;
          UPDATE portal.ledger AS l SET {Marked("l.our_changed_at", "now()")} WHERE l.dossier_id = of_dossier;
          RETURN NULL;
        END $$;

        CREATE TRIGGER portal_document_comes AFTER INSERT ON dossier_document FOR EACH ROW WHEN (NEW.kind IN ('component', 'result'))
          EXECUTE FUNCTION portal.mark_document();
        CREATE TRIGGER portal_document_changes AFTER UPDATE OF replaced_by, file_name, origin ON dossier_document FOR EACH ROW
          WHEN (NEW.kind IN ('component', 'result'))
          EXECUTE FUNCTION portal.mark_document();
        CREATE TRIGGER portal_document_goes AFTER DELETE ON dossier_document FOR EACH ROW WHEN (OLD.kind IN ('component', 'result'))
          EXECUTE FUNCTION portal.mark_document();

        INSERT INTO portal.ledger ({Columns}) SELECT {Entry} FROM dossier d
        WHERE d.status <> 'DRAFT' AND d.code IS NOT NULL AND d.destroyed_at IS NULL ON CONFLICT DO NOTHING;
        """;

    public const string Drop = """
        DROP TRIGGER portal_document_goes ON dossier_document;
        DROP TRIGGER portal_document_changes ON dossier_document;
        DROP TRIGGER portal_document_comes ON dossier_document;
        DROP FUNCTION portal.mark_document();
        DROP TRIGGER portal_dossier_changes ON dossier;
        DROP TRIGGER portal_dossier_begins ON dossier;
        DROP FUNCTION portal.mark_dossier();
        """;
}
