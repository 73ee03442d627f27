namespace HaLong.Dossiers.Persistence.Schema;

/// <summary>
/// Indexes that the model cannot say, for what figures of the index 766 open to: facts by when their clock ended (the expression of <c>MeasureSql.Ended</c>), and in
/// the order of receipt those whose clock had not ended before a period, so that a page ends when it is full; bad ratings by day, feedback by answer and by
/// dossier; and closed months that nobody changes.
/// </summary>
internal static class IndexSql
{
    public const string Create = """
        CREATE INDEX ix_fact_ended ON statistics.fact (unit_code, (coalesce(resolved_day, returned_day, closed_day, 'infinity'::date)));
        CREATE INDEX ix_fact_ended_anywhere ON statistics.fact ((coalesce(resolved_day, returned_day, closed_day, 'infinity'::date)));
        CREATE INDEX ix_fact_bad_rating ON statistics.fact (rated_day, unit_code) WHERE rating <= 2;
        CREATE INDEX ix_fact_opening ON statistics.fact (received_day, (coalesce(resolved_day, returned_day, closed_day, 'infinity'::date)));
        CREATE INDEX ix_index766_feedback_answered ON feedback (unit_code, answered_at) WHERE answered_at IS NOT NULL;
        CREATE INDEX ix_index766_feedback_dossier ON feedback (dossier_id) WHERE dossier_id IS NOT NULL;

        CREATE FUNCTION statistics.index_month_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION 'a closed month is never changed; close it again' USING ERRCODE = 'restrict_violation';
        END $$;
        CREATE TRIGGER index_month_stays BEFORE UPDATE OR DELETE ON statistics.index_month FOR EACH ROW EXECUTE FUNCTION statistics.index_month_refuse_change();
        """;

    public const string Drop = """
        DROP TRIGGER index_month_stays ON statistics.index_month;
        DROP FUNCTION statistics.index_month_refuse_change();
        DROP INDEX ix_index766_feedback_dossier, ix_index766_feedback_answered;
        DROP INDEX IF EXISTS statistics.ix_fact_opening, statistics.ix_fact_bad_rating, statistics.ix_fact_ended_anywhere, statistics.ix_fact_ended;
        """;
}
