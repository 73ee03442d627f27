using HaLong.Dossiers.Statistics.Facts;
using static HaLong.Dossiers.Statistics.Cubes.Measure;

namespace HaLong.Dossiers.Statistics.Cubes;

/// <summary>Every measure as SQL over facts <c>f</c> in a period <c>p</c>: the definition that cubes must equal.</summary>
internal static class MeasureSql
{
    private const string ReceivedIn = "f.received_day BETWEEN p.first AND p.last";
    private const string ResolvedIn = "f.resolved_day BETWEEN p.first AND p.last";
    private const string Online = "f.source <> 'counter' AND f.hand <> 'reception'";
    private const string ClosedIn = "f.closed_day BETWEEN p.first AND p.last";

    /// <summary>When a dossier's clock ended (rules of indicator 2.1). Indexed.</summary>
    public const string Ended = "coalesce(f.resolved_day, f.returned_day, f.closed_day, 'infinity'::date)";

    private const string EndedIn = $"{Ended} BETWEEN p.first AND p.last";

    private const string InTime = $"""
        (CASE WHEN f.statistical IS NOT NULL THEN f.statistical <> 'late'
          WHEN (SELECT count(*) FROM unnest(f.supplement_days) d WHERE d <= {Ended}) > 1 THEN false
          ELSE coalesce(f.statistical_due >= {Ended}, true) END)
        """;

    private const string Open = $"{Ended} > p.last AND f.accepted_day <= p.last AND {At} IN (2, 4, 5, 6)";

    private const string OpenLate = $"""
        ((SELECT count(*) FROM unnest(f.supplement_days) d WHERE d <= p.last) > 1
          OR f.statistical_due < CASE WHEN {At} IN (5, 6) THEN f.state_days[{Step}] ELSE p.last END)
        """;

    public static string Of(Measure measure) => measure switch
    {
        Received => Count(ReceivedIn),
        ReceivedOnline => Count(ReceivedIn, Online),
        Assisted => Count(ReceivedIn, "f.hand = 'helper'"),
        WithComponents => Count(ReceivedIn, "f.has_components"),
        Digitised => Count(ReceivedIn, "f.has_components AND f.digitised_at_reception"),
        Measure.Reused => Count(ReceivedIn, "f.reused > 0"),
        IdentityProved => Count(ReceivedIn, "f.identity_proved"),
        WithFees => Count(ReceivedIn, "f.has_fees"),
        FeesZero => Count(ReceivedIn, "f.has_fees AND f.fees_zero"),
        PaidPortal => Count(ReceivedIn, "f.paid_by = 'portal'"),
        PaidOnline => Count(ReceivedIn, "f.paid_by = 'online'"),
        PaidCash => Count(ReceivedIn, "f.paid_by = 'cash'"),
        PaidAmount => $"sum(f.paid_amount) FILTER (WHERE {ReceivedIn})",
        OnlineComplete => Count(ReceivedIn, $"{Online} AND NOT (f.result_expected AND NOT f.result_electronic)"),
        PaidElectronically => Count(ReceivedIn, "f.has_fees AND NOT f.fees_zero AND f.paid_by IN ('portal', 'online')"),
        InPortalLedger => Count(ReceivedIn, "f.in_ledger"),
        Synchronised => Count(ReceivedIn, "f.reception_acknowledged"),
        Resolved => Count(ResolvedIn),
        Early => Count(ResolvedIn, "f.legal = 'early'"),
        OnTime => Count(ResolvedIn, "f.legal = 'onTime'"),
        Late => Count(ResolvedIn, "f.legal = 'late'"),
        StatisticalEarly => Count(ResolvedIn, "f.statistical = 'early'"),
        StatisticalOnTime => Count(ResolvedIn, "f.statistical = 'onTime'"),
        StatisticalLate => Count(ResolvedIn, "f.statistical = 'late'"),
        ResultsExpected => Count(ResolvedIn, "f.result_expected"),
        ElectronicResults => Count(ResolvedIn, "f.result_expected AND f.result_electronic"),
        FullyDigital => Count(ResolvedIn, "f.has_components AND f.digitised_at_reception AND f.result_electronic"),
        Refused => Count(ResolvedIn, "f.refused"),
        AskedOnce => Count(ResolvedIn, "cardinality(f.supplement_days) = 1"),
        AskedMore => Count(ResolvedIn, "cardinality(f.supplement_days) > 1"),
        ResolvedOnline => Count(ResolvedIn, Online),
        ResolvedInLedger => Count(ResolvedIn, "f.in_ledger"),
        SharedWithStore => Count(ResolvedIn, "f.result_expected AND (f.reused > 0 OR (f.result_electronic AND f.result_acknowledged))"),
        Measure.Ended => Count(EndedIn),
        EndedInTime => Count(EndedIn, InTime),
        NotAccepted => Count(ClosedIn, Now(StateKind.NotAccepted)),
        Withdrawn => Count(ClosedIn, Now(StateKind.Withdrawn)),
        Stopped => Count(ClosedIn, Now(StateKind.Stopped)),
        Returned => Count("f.returned_day BETWEEN p.first AND p.last"),
        Supplements => Days("f.supplement_days"),
        Apologies => Days("f.apology_days"),
        Ratings => Count(RatedIn),
        RatingSum => $"sum(f.rating) FILTER (WHERE {RatedIn})",
        Satisfied => Count(RatedIn, "f.rating >= 4"),
        Dissatisfied => Count(RatedIn, "f.rating <= 2"),
        StockNew => Stock(StateKind.New),
        StockInProgress => Stock(StateKind.Accepted, StateKind.Processing),
        StockOverdue => Count($"{At} IN (2, 4)", "f.legal_due < p.last"),
        StockStatisticallyOverdue => Count($"{At} IN (2, 4)", "f.statistical_due < p.last"),
        StockSupplement => Stock(StateKind.Supplement),
        StockPayment => Stock(StateKind.Payment),
        StockToHandOver => Stock(StateKind.Resolved),
        StockOpen => Count(Open),
        StockOpenLate => Count(Open, OpenLate),
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, null),
    };

    private const string RatedIn = "f.rated_day BETWEEN p.first AND p.last";

    // The state at the end of the last day: days are in order.
    private const string Step = "(SELECT count(*) FROM unnest(f.state_days) d WHERE d <= p.last)";
    private const string At = $"f.state_kinds[{Step}]";

    private static string Count(string where, string and = "true") => $"count(*) FILTER (WHERE {where} AND {and})";

    private static string Stock(params ReadOnlySpan<short> kinds) => $"count(*) FILTER (WHERE {At} IN ({string.Join(", ", kinds.ToArray())}))";

    private static string Now(short kind) => $"f.state_kinds[cardinality(f.state_kinds)] = {kind}";

    private static string Days(string column) => $"sum((SELECT count(*) FROM unnest({column}) d WHERE d BETWEEN p.first AND p.last))";
}
