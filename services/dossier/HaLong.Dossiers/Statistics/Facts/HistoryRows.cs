using HaLong.Dossiers.Deadlines;
using Npgsql;

namespace HaLong.Dossiers.Statistics.Facts;

/// <summary>The rows of a history, and the columns that are read of the dossier itself.</summary>
internal static class HistoryRows
{
    /// <summary>
    /// How surely the owner was known stands in the basis of the fees where it was not noted; what was paid stands in the payment of the filing where it was not
    /// summed up.
    /// </summary>
    public const string DossierSql = """
        SELECT d.id, d.status, d.unit_code, d.unit_id, coalesce(d.receiving_unit_code, d.unit_code), d.procedure_id, d.procedure_code, d.channel,
          d.intake_source, d.assistance_unit, d.assistance_place, coalesce(d.filed_assurance, (d.fee_basis ->> 'assurance')::int, 0), d.submitted_at, d.accepted_at,
          d.resolved_at, d.returned_at, d.closed_at, d.due_at, d.outcome, d.corrections, d.reused_components,
          CASE WHEN d.counter IS NOT NULL THEN ARRAY(SELECT (o ->> 'component')::int FROM jsonb_array_elements(d.counter -> 'originals') o) ELSE '{}' END,
          CASE WHEN d.fees = '[]' THEN 0 ELSE (SELECT coalesce(sum((f ->> 'amount')::bigint), 0) FROM jsonb_array_elements(d.fees) f) END::bigint,
          d.payment_status,
          CASE WHEN d.paid_amount = 0 AND d.payment_status = 'settled' THEN coalesce(d.payment_amount, 0) ELSE d.paid_amount END, d.paid_by,
          c.unit, c.count, r.stars, r.rated_at,
          l.dossier_id IS NOT NULL, coalesce(l.reception_acknowledged_at, l.acknowledged_at) IS NOT NULL, l.result_acknowledged_at IS NOT NULL, d.officer_id
        FROM dossier d LEFT JOIN dossier_clock c ON c.dossier_id = d.id LEFT JOIN dossier_rating r ON r.dossier_id = d.id
          LEFT JOIN portal.ledger l ON l.dossier_id = d.id
        """;

    public static DossierHistory Dossier(NpgsqlDataReader r) => new()
    {
        Id = r.GetGuid(0),
        Status = r.GetString(1),
        UnitCode = r.GetString(2),
        UnitId = Text(r, 3),
        ReceivingUnitCode = r.GetString(4),
        ProcedureId = r.GetGuid(5),
        ProcedureCode = r.GetString(6),
        Channel = r.GetString(7),
        IntakeSource = Text(r, 8),
        AssistanceUnit = Text(r, 9),
        AssistancePlace = Text(r, 10),
        Assurance = r.GetInt32(11),
        SubmittedAt = r.GetFieldValue<DateTimeOffset>(12),
        AcceptedAt = Moment(r, 13),
        ResolvedAt = Moment(r, 14),
        ReturnedAt = Moment(r, 15),
        ClosedAt = Moment(r, 16),
        DueAt = Moment(r, 17),
        Outcome = Text(r, 18),
        Corrections = r.GetInt32(19),
        Reused = r.GetInt32(20),
        Papers = r.GetFieldValue<int[]>(21),
        FilingFees = r.GetInt64(22),
        PaymentStatus = Text(r, 23),
        PaidAmount = r.GetInt64(24),
        PaidBy = Text(r, 25),
        Limit = r.IsDBNull(26) ? null : new TimeLimit(Enum.Parse<LimitUnit>(r.GetString(26)), r.GetInt32(27)),
        Stars = r.IsDBNull(28) ? null : r.GetInt16(28),
        RatedAt = Moment(r, 29),
        InLedger = r.GetBoolean(30),
        ReceptionAcknowledged = r.GetBoolean(31),
        ResultAcknowledged = r.GetBoolean(32),
        OfficerId = r.IsDBNull(33) ? null : r.GetGuid(33),
    };

    public static HistoryStep Step(NpgsqlDataReader r) =>
        new(r.GetFieldValue<DateTimeOffset>(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5));

    public static ClockEntry Clock(NpgsqlDataReader r) => new()
    {
        Number = r.GetInt32(1),
        Effect = Enum.Parse<ClockEffect>(r.GetString(2)),
        At = r.GetFieldValue<DateTimeOffset>(3),
        Cause = "",
        ReasonVi = "",
        ReasonEn = "",
        ExtendTo = Moment(r, 4),
    };

    public static HistoryFile File(NpgsqlDataReader r) => new(r.IsDBNull(1) ? null : r.GetInt32(1), r.GetFieldValue<DateTimeOffset>(2));

    private static string? Text(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetString(column);

    private static DateTimeOffset? Moment(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetFieldValue<DateTimeOffset>(column);
}
