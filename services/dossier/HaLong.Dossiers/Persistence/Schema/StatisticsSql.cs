namespace HaLong.Dossiers.Persistence.Schema;

/// <summary>
/// Whatever changes a filed dossier or what belongs to it marks it as changed, in the same transaction: no path through the code can forget it. At the end of
/// the transaction, when it is known what became of the dossier, and once for each dossier, however many of its rows changed; so nobody holds the mark for
/// longer than a commit takes. The mark carries a new number each time: whoever has worked on it removes it only if the number is still the one that he read.
/// The time is that of the oldest change that nobody has worked on. Drafts and what is destroyed are not marked. A change of the calendar marks the dossiers
/// over which the day lies: they are counted by it.
/// </summary>
internal static class StatisticsSql
{
    private const string Name = "dossier_changed", Kinds = "IN ('component', 'result')", AtTheEnd = "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW";
    private const string MarkPart = "EXECUTE FUNCTION statistics.mark_part()";

    // Papers of forms and unsigned results say nothing that a fact tells.
    private static readonly (string Trigger, string Table, string Events, string When)[] Parts =
    [
        (Name, "timeline_entry", "INSERT OR UPDATE OF at, action, actor_role, from_status, to_status OR DELETE", ""),
        (Name, "clock_entry", "INSERT OR UPDATE OR DELETE", ""),
        (Name, "dossier_clock", "INSERT OR UPDATE OF unit, count OR DELETE", ""),
        (Name, "dossier_document", "INSERT OR UPDATE OF kind, component, created_at", $"WHEN (NEW.kind {Kinds})"),
        (Name + "_by_removal", "dossier_document", "DELETE", $"WHEN (OLD.kind {Kinds})"),
        (Name, "supplement_request", "INSERT OR UPDATE OR DELETE", ""),
        (Name, "fee_demand", "INSERT OR UPDATE OF state OR DELETE", ""),
        (Name, "dossier_rating", "INSERT OR UPDATE OR DELETE", ""),
        (Name, "portal.ledger", "INSERT OR DELETE", ""),
        (Name + "_by_portal", "portal.ledger", "UPDATE OF reception_acknowledged_at, acknowledged_at, result_acknowledged_at",
            $"WHEN (({Acknowledged("OLD")}) IS DISTINCT FROM ({Acknowledged("NEW")}))"),
    ];

    // Whether it was is what a fact tells, not when.
    private static string Acknowledged(string row) =>
        $"coalesce({row}.reception_acknowledged_at, {row}.acknowledged_at) IS NOT NULL, {row}.result_acknowledged_at IS NOT NULL";

    public static readonly string Create = $"""
        CREATE SEQUENCE statistics.change_number;
        CREATE TABLE statistics.changed (dossier_id uuid PRIMARY KEY, changed_at timestamptz NOT NULL, change bigint NOT NULL);
        CREATE INDEX ix_changed_change ON statistics.changed (change);

        CREATE FUNCTION statistics.mark(changed uuid) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
          -- The last one marked in this transaction needs no second mark: nobody sees the first one before the end.
          IF current_setting('halong.marked', true) = changed::text THEN
            RETURN;
          END IF;
          INSERT INTO statistics.changed AS c (dossier_id, changed_at, change)
          SELECT id, clock_timestamp(), nextval('statistics.change_number') FROM dossier WHERE id = changed AND status <> 'DRAFT' AND destroyed_at IS NULL
          ON CONFLICT (dossier_id) DO UPDATE SET change = EXCLUDED.change;
          PERFORM set_config('halong.marked', changed::text, true);
        END $$;

        CREATE FUNCTION statistics.mark_dossier() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM statistics.mark(NEW.id);
          RETURN NULL;
        END $$;

        CREATE FUNCTION statistics.mark_part() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP <> 'INSERT' THEN
            PERFORM statistics.mark(OLD.dossier_id);
          END IF;
          IF TG_OP <> 'DELETE' THEN
            PERFORM statistics.mark(NEW.dossier_id);
          END IF;
          RETURN NULL;
        END $$;

        CREATE FUNCTION statistics.mark_days() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO statistics.changed AS c (dossier_id, changed_at, change)
          SELECT d.id, clock_timestamp(), nextval('statistics.change_number') FROM dossier d, (SELECT min(date) AS first, max(date) AS last FROM touched) t
          WHERE d.status <> 'DRAFT' AND d.destroyed_at IS NULL AND d.submitted_at < (t.last + 2)::timestamptz
            AND (d.closed_at IS NULL OR greatest(d.closed_at, d.due_at) > (t.first - 2)::timestamptz)
          ORDER BY d.id
          ON CONFLICT (dossier_id) DO UPDATE SET change = EXCLUDED.change;
          RETURN NULL;
        END $$;

        CREATE CONSTRAINT TRIGGER dossier_changed AFTER INSERT OR UPDATE ON dossier {AtTheEnd}
          WHEN (NEW.status <> 'DRAFT') EXECUTE FUNCTION statistics.mark_dossier();
        {string.Join('\n', Parts.Select(p => $"CREATE CONSTRAINT TRIGGER {p.Trigger} AFTER {p.Events} ON {p.Table} {AtTheEnd} {p.When} {MarkPart};"))}
        CREATE TRIGGER days_added AFTER INSERT ON calendar_day REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION statistics.mark_days();
        CREATE TRIGGER days_changed AFTER UPDATE ON calendar_day REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION statistics.mark_days();
        CREATE TRIGGER days_removed AFTER DELETE ON calendar_day REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION statistics.mark_days();

        INSERT INTO statistics.changed (dossier_id, changed_at, change)
        SELECT id, clock_timestamp(), nextval('statistics.change_number') FROM dossier WHERE status <> 'DRAFT' AND destroyed_at IS NULL;
        """;

    public static readonly string Drop = $"""
        DROP TRIGGER days_removed ON calendar_day;
        DROP TRIGGER days_changed ON calendar_day;
        DROP TRIGGER days_added ON calendar_day;
        {string.Join('\n', Parts.Select(p => $"DROP TRIGGER {p.Trigger} ON {p.Table};"))}
        DROP TRIGGER dossier_changed ON dossier;
        DROP FUNCTION statistics.mark_days();
        DROP FUNCTION statistics.mark_part();
        DROP FUNCTION statistics.mark_dossier();
        DROP FUNCTION statistics.mark(uuid);
        DROP TABLE statistics.changed;
        DROP SEQUENCE statistics.change_number;
        """;
}
