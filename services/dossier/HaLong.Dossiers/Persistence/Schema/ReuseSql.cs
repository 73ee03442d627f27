namespace HaLong.Dossiers.Persistence.Schema;

/// <summary>Gives documents from before origins were kept theirs.</summary>
internal static class ReuseSql
{
    public const string Backfill = """
        UPDATE dossier_document x SET origin = CASE
            WHEN x.kind = 'result' THEN 'ISSUED_RESULT'
            WHEN d.counter_by IS NOT NULL AND x.created_by = d.counter_by THEN 'SCANNED_AT_RECEPTION'
            ELSE 'UPLOADED' END
        FROM dossier d WHERE d.id = x.dossier_id AND x.origin IS NULL AND x.kind IN ('result', 'component');
        """;
}
