using HaLong.Dossiers.Statistics.Cubes;

namespace HaLong.Dossiers.Statistics.Index.Counting;

/// <summary>
/// The dossiers behind every count of the index that counts dossiers, as SQL over <see cref="From"/>: what a figure opens to. The figures themselves are read
/// from the cubes (<see cref="IndexFigures"/>), and are the same. Parameters: <c>@from</c> and <c>@to</c>, the first and last local day.
/// </summary>
internal static class IndexSets
{
    /// <summary>
    /// Facts that can count in the period, each with how it stood at the end of it: <c>d.ended</c>, <c>d.requests</c> to complete it, <c>s.state</c>
    /// since <c>s.since</c>, whether it was received, resolved, ended or open in the period, and whether it was in time.
    /// </summary>
    public const string From = $"""
         FROM statistics.fact f
         CROSS JOIN LATERAL (SELECT {MeasureSql.Ended} AS ended,
           (SELECT count(*)::int FROM unnest(f.state_days) x WHERE x <= @to) AS step,
           (SELECT count(*)::int FROM unnest(f.supplement_days) x WHERE x <= least(@to, {MeasureSql.Ended})) AS requests) d
         CROSS JOIN LATERAL (SELECT f.state_kinds[d.step] AS state, f.state_days[d.step] AS since) s
         CROSS JOIN LATERAL (SELECT
           f.received_day >= @from AS received,
           coalesce(f.resolved_day BETWEEN @from AND @to, false) AS resolved,
           d.ended <= @to AS ended,
           coalesce(d.ended > @to AND f.accepted_day <= @to AND s.state IN (2, 4, 5, 6), false) AS open) p
         CROSS JOIN LATERAL (SELECT CASE
           WHEN p.ended AND f.statistical IS NOT NULL THEN f.statistical <> 'late'
           WHEN d.requests > 1 THEN false
           WHEN p.ended THEN coalesce(f.statistical_due >= d.ended, true)
           WHEN s.state IN (5, 6) THEN coalesce(f.statistical_due >= s.since, true)
           ELSE coalesce(f.statistical_due >= @to, true) END AS in_time) t
         WHERE f.received_day <= @to AND {MeasureSql.Ended} >= @from
        """;

    private const string Online = "f.source <> 'counter' AND f.hand <> 'reception'";
    private const string Fees = "p.received AND f.has_fees";

    /// <summary>Predicates by the name of the count.</summary>
    public static readonly IReadOnlyDictionary<string, string> Counts = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["received"] = "p.received",
        // Where a document is due, only with an electronic one; while none is due yet, it is online as it was filed.
        ["onlineReceived"] = $"p.received AND {Online} AND NOT (f.result_expected AND NOT f.result_electronic)",
        ["receivedAndProcessed"] = "(p.ended OR p.open)",
        ["resolvedOnTime"] = "p.ended AND t.in_time",
        ["inProgressWithinLimit"] = "p.open AND t.in_time",
        ["late"] = "(p.ended OR p.open) AND NOT t.in_time",
        ["feeDossiers"] = Fees,
        ["zeroFeeDossiers"] = $"{Fees} AND f.fees_zero",
        ["paidOnline"] = $"{Fees} AND NOT f.fees_zero AND coalesce(f.paid_by IN ('portal', 'online'), false)",
        ["resolved"] = "p.resolved",
        ["resolvedWithDocumentResult"] = "p.resolved AND f.result_expected",
        ["electronicResults"] = "p.resolved AND f.result_expected AND f.result_electronic",
        ["componentsAndResultDigitised"] = "p.resolved AND f.has_components AND f.digitised_at_reception AND f.result_electronic",
        ["reused"] = "p.received AND f.reused > 0",
        ["dossiersUsingPopulationData"] = "p.received AND f.identity_proved",
        ["portalCount"] = "p.received AND f.in_ledger",
        ["synchronised"] = "p.received AND f.reception_acknowledged",
        ["eligibleForStore"] = "p.resolved AND f.result_expected",
        ["sharedWithStore"] = "p.resolved AND f.result_expected AND (f.reused > 0 OR (f.result_electronic AND f.result_acknowledged))",
    };

    /// <summary>What makes a procedure count: at least one dossier that …</summary>
    public const string WithOnlineDossier = $"p.received AND {Online}";

    /// <inheritdoc cref="WithOnlineDossier"/>
    public static string WithPayment => Counts["paidOnline"];

    /// <inheritdoc cref="WithOnlineDossier"/>
    public static string WithPopulationData => Counts["dossiersUsingPopulationData"];

    /// <summary>Of indicators that count dossiers: those of the denominator, and which of them count.</summary>
    public static readonly IReadOnlyDictionary<string, (string All, string Good)> Components = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["1.4"] = (Counts["portalCount"], Counts["synchronised"]),
        ["2.1"] = (Counts["receivedAndProcessed"], "(p.ended OR p.open) AND t.in_time"),
        ["3.3"] = (Counts["received"], Counts["onlineReceived"]),
        ["3.6"] = ($"{Fees} AND NOT f.fees_zero", Counts["paidOnline"]),
        ["4.1"] = (Counts["resolvedWithDocumentResult"], Counts["electronicResults"]),
        ["4.2"] = (Counts["resolved"], Counts["componentsAndResultDigitised"]),
        ["4.3"] = (Counts["received"], Counts["reused"]),
        ["4.4"] = (Counts["eligibleForStore"], Counts["sharedWithStore"]),
        ["4.5b"] = (Counts["received"], Counts["dossiersUsingPopulationData"]),
        ["5.4"] = (Counts["received"], "true"),
    };
}
