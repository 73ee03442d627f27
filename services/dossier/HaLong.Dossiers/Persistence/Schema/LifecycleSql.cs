namespace HaLong.Dossiers.Persistence.Schema;

/// <summary>Gives dossiers from before the lifecycle what follows from their past: who waits since when, what was decided, paid and handed over.</summary>
internal static class LifecycleSql
{
    public const string Up = """
        UPDATE dossier SET
          processing_told = officer_id IS NOT NULL,
          outcome = CASE WHEN approved_at IS NOT NULL THEN 'APPROVED' END,
          paid_amount = CASE WHEN payment_status = 'settled' THEN coalesce(payment_amount, 0) ELSE 0 END,
          return_method = CASE WHEN status = 'RETURNED' THEN 'COUNTER' END,
          waiting_since = coalesce(returned_at, resolved_at, approved_at, accepted_at, submitted_at, created_at)
        WHERE waiting_since IS NULL;

        UPDATE dossier_document u SET result_id = d.result_document_id
        FROM dossier d WHERE u.dossier_id = d.id AND u.kind = 'unsignedResult' AND u.result_id IS NULL;
        """;
}
