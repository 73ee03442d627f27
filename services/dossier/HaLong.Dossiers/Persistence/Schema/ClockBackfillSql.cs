namespace HaLong.Dossiers.Persistence.Schema;

/// <summary>Gives the dossiers that were accepted before there were clocks theirs: what they counted and what happened to them.</summary>
internal static class ClockBackfillSql
{
    public const string Up = """
        INSERT INTO clock_entry (dossier_id, number, effect, at, cause, reason_vi, reason_en)
        SELECT id, 1, 'Start', accepted_at, 'accept', 'Đã nhận đủ hồ sơ hợp lệ', 'The complete dossier was received'
        FROM dossier WHERE accepted_at IS NOT NULL AND clock_entries = 0
        UNION ALL
        SELECT id, 2, 'Stop', resolved_at, 'resolve', 'Đã có kết quả giải quyết', 'The result is there'
        FROM dossier WHERE accepted_at IS NOT NULL AND resolved_at IS NOT NULL AND clock_entries = 0;

        INSERT INTO dossier_clock (dossier_id, unit, count, limit_assumed, calendar_version)
        SELECT d.id, coalesce(upper(left(p.content -> 'timeLimit' ->> 'unit', 1)) || substr(p.content -> 'timeLimit' ->> 'unit', 2), 'WorkingDay'),
          coalesce((p.content -> 'timeLimit' ->> 'value')::int, 20), d.due_assumed, CASE WHEN d.resolved_at IS NULL THEN 0 END
        FROM dossier d JOIN procedure p ON p.id = d.procedure_id WHERE d.accepted_at IS NOT NULL AND d.clock_entries = 0;

        UPDATE dossier SET clock_entries = CASE WHEN resolved_at IS NULL THEN 1 ELSE 2 END WHERE accepted_at IS NOT NULL AND clock_entries = 0;
        """;
}
