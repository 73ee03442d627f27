namespace HaLong.Messaging;

/// <summary>What the database itself keeps watch over: evidence is written once, chained once, and stays. Part of each service's migration.</summary>
public static class EvidenceSql
{
    /// <summary>Creates the triggers.</summary>
    public const string Up = """
        CREATE FUNCTION evidence_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END $$;
        CREATE FUNCTION evidence_is_chained_once() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.position IS NULL AND NEW.position IS NOT NULL
                AND (OLD.id, OLD.occurred_at, OLD.kind, OLD.subject, OLD.actor, OLD.content_hash)
                    IS NOT DISTINCT FROM (NEW.id, NEW.occurred_at, NEW.kind, NEW.subject, NEW.actor, NEW.content_hash) THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END $$;
        CREATE TRIGGER evidence_enters_unchained BEFORE INSERT ON evidence
            FOR EACH ROW WHEN (NEW.position IS NOT NULL) EXECUTE FUNCTION evidence_stays();
        CREATE TRIGGER evidence_is_chained_once BEFORE UPDATE ON evidence FOR EACH ROW EXECUTE FUNCTION evidence_is_chained_once();
        CREATE TRIGGER evidence_stays BEFORE DELETE OR TRUNCATE ON evidence FOR EACH STATEMENT EXECUTE FUNCTION evidence_stays();
        CREATE TRIGGER evidence_anchor_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON evidence_anchor
            FOR EACH STATEMENT EXECUTE FUNCTION evidence_stays();
        """;

    /// <summary>Drops them.</summary>
    public const string Down = "DROP FUNCTION evidence_stays() CASCADE; DROP FUNCTION evidence_is_chained_once() CASCADE;";
}
