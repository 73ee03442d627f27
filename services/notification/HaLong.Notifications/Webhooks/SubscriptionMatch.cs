namespace HaLong.Notifications.Webhooks;

/// <summary>Whether a subscription wants an event, for SQL: in delivering and replaying alike.</summary>
internal static class SubscriptionMatch
{
    /// <summary>Of <c>s</c> subscription, <c>e</c> public_event and <c>k</c> event_stream.</summary>
    public const string Sql = """
        EXISTS (SELECT 1 FROM unnest(s.types) AS wanted WHERE starts_with(e.type, wanted))
        AND (cardinality(s.procedures) = 0 OR e.procedure_code = ANY (s.procedures))
        AND (cardinality(s.units) = 0 OR e.unit_code = ANY (s.units))
        AND (cardinality(s.fields) = 0 OR k.field_code = ANY (s.fields))
        AND (cardinality(s.subjects) = 0 OR e.dossier_id = ANY (s.subjects))
        """;
}
