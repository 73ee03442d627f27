namespace HaLong.Dossiers.Persistence.Schema;

/// <summary>
/// What the database derives for work queues. Whose move a dossier waits for stands here once for SQL and once, with its reasons, in
/// <see cref="Domain.Lifecycle.Waits"/>; a test plays every state and compares the two.
/// </summary>
internal static class QueueSql
{
    /// <summary>Who has the next move. By the database, so that whatever writes the row cannot leave it behind.</summary>
    public const string QueuedFor = """
        CASE
          WHEN status = 'SUBMITTED' THEN 'reception'
          WHEN status IN ('SUPPLEMENT_RECEPTION', 'SUPPLEMENT_PROCESSING') THEN 'applicant'
          WHEN status = 'ACCEPTED' THEN 'officer'
          WHEN status = 'PROCESSING' THEN CASE
            WHEN approved_at IS NOT NULL AND result_document_id IS NOT NULL THEN 'signature'
            WHEN officer_id IS NULL OR payment_status IN ('settled', 'lapsed') OR NOT jsonb_path_exists(fees, '$[*] ? (@.amount > 0)') THEN 'officer'
            ELSE 'payment' END
          WHEN status = 'WAIT_OPINION' THEN 'agency'
          WHEN status = 'WAIT_PAYMENT' THEN CASE WHEN open_demands = 0 THEN 'officer' ELSE 'payment' END
          WHEN status = 'RESOLVED' THEN 'handover'
        END
        """;

    /// <summary>The due date while the clock runs, for ranges and order without a NULL.</summary>
    public const string DueOrder = """
        CASE WHEN status IN ('ACCEPTED', 'PROCESSING', 'WAIT_OPINION') AND due_at IS NOT NULL THEN due_at ELSE timestamptz '9999-12-31 00:00:00+00' END
        """;

    /// <summary>In a queue: filed and not over. Partial indexes and queries say it in these words.</summary>
    public const string Queued = "queued_for IS NOT NULL";

    /// <summary>Accepted, and nobody has it.</summary>
    public const string Unassigned = "officer_id IS NULL AND accepted_at IS NOT NULL AND queued_for IS NOT NULL";

    /// <summary>
    /// The words of an owner's name under each unit that sees the dossier: as they are (=), and (~) once more with the forms that lack one letter. Who types a
    /// letter too few, too many, wrong or swapped shares one of these forms. Folded as by <c>Text.Fold</c>. With the unit in the key the index never looks at the
    /// rows of others, however common a name is. In PL/pgSQL, because of a query in plain SQL the planner expects so many rows that it compiles it for each dossier; dear, so that
    /// the planner asks the index and does not make the keys of a whole unit.
    /// The statistics tell the planner that next to no dossier waits for the choice of its unit; it would guess one in two hundred does not, and sort instead of
    /// taking a page from the index.
    /// </summary>
    public const string Create = """
        CREATE FUNCTION fold_name(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
            SELECT lower(translate(regexp_replace(normalize(name, NFD), '[\u0300-\u036f]', '', 'g'), 'đĐ', 'dd'))
        $$;
        CREATE FUNCTION owner_keys(unit text, receiving text, name text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL RESTRICTED COST 1000 AS $$
        DECLARE
            w text;
            words text[] := '{}';
        BEGIN
            FOREACH w IN ARRAY regexp_split_to_array(fold_name(coalesce(name, '')), '[^a-z0-9]+') LOOP
                CONTINUE WHEN w = '';
                words := words || ('=' || w) || ('~' || w);
                CONTINUE WHEN length(w) < 4;
                FOR i IN 1 .. length(w) LOOP
                    words := words || ('~' || left(w, i - 1) || substr(w, i + 1));
                END LOOP;
            END LOOP;
            RETURN ARRAY(SELECT unit || k FROM unnest(words) k)
                || CASE WHEN receiving <> unit THEN ARRAY(SELECT receiving || k FROM unnest(words) k) ELSE '{}' END;
        END $$;
        CREATE INDEX ix_dossier_owner_keys ON dossier USING gin (owner_keys(unit_code, receiving_unit_code, owner_name)) WHERE submitted_at IS NOT NULL;
        CREATE STATISTICS st_dossier_unit_choices ON (cardinality(unit_choices)) FROM dossier;
        """;

    public const string Drop = """
        DROP STATISTICS st_dossier_unit_choices;
        DROP INDEX ix_dossier_owner_keys;
        DROP FUNCTION owner_keys(text, text, text);
        DROP FUNCTION fold_name(text);
        """;
}
