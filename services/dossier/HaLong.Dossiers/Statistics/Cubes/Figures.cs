namespace HaLong.Dossiers.Statistics.Cubes;

/// <summary>
/// What is counted, of a group of dossiers in a period. Flows count by the day named; stocks (from <see cref="StockNew"/> on) tell how things stand at the
/// end of the last day, by what is known today.
/// </summary>
internal enum Measure
{
    // By the day of receipt.

    Received,
    ReceivedOnline,

    /// <summary>Filed by a helper.</summary>
    Assisted,

    /// <summary>Received with components: the denominator of <see cref="Digitised"/>.</summary>
    WithComponents,
    Digitised,

    /// <summary>With at least one component from the owner's store.</summary>
    Reused,
    IdentityProved,

    /// <summary>Of procedures with fees.</summary>
    WithFees,
    FeesZero,
    PaidPortal,
    PaidOnline,
    PaidCash,

    /// <summary>Đồng.</summary>
    PaidAmount,

    /// <summary>Online, and with an electronic result where a document is due.</summary>
    OnlineComplete,

    /// <summary>Fees that are not zero, paid on the national portal or online.</summary>
    PaidElectronically,

    /// <summary>The ledger of the national portal has it.</summary>
    InPortalLedger,

    /// <summary>The national portal acknowledged it.</summary>
    Synchronised,

    // By the day of the result.

    Resolved,
    Early,
    OnTime,
    Late,
    StatisticalEarly,
    StatisticalOnTime,
    StatisticalLate,

    /// <summary>Resolved where a document is due: the denominator of <see cref="ElectronicResults"/>.</summary>
    ResultsExpected,
    ElectronicResults,

    /// <summary>Components digitised and the result electronic.</summary>
    FullyDigital,
    Refused,

    /// <summary>Resolved after one request to complete it.</summary>
    AskedOnce,

    /// <summary>Resolved after more than one.</summary>
    AskedMore,

    /// <summary>Resolved, and filed online.</summary>
    ResolvedOnline,

    /// <summary>Resolved, and in the ledger of the national portal.</summary>
    ResolvedInLedger,

    /// <summary>With a document that is in the owner's store: a component came from there, or the national portal acknowledged the electronic result.</summary>
    SharedWithStore,

    // By the day its clock ended (Decision 766): resolved, else handed over, else stopped, not accepted or withdrawn.

    Ended,

    /// <summary>By the statistical clock; more than one supplement request is late.</summary>
    EndedInTime,

    // By the day it happened.

    NotAccepted,
    Withdrawn,
    Stopped,
    Returned,
    Supplements,
    Apologies,
    Ratings,
    RatingSum,

    /// <summary>Rated 4 or 5.</summary>
    Satisfied,

    /// <summary>Rated 1 or 2.</summary>
    Dissatisfied,

    // At the end of the last day.

    /// <summary>Filed, not yet accepted (1).</summary>
    StockNew,

    /// <summary>Accepted or in processing (2, 4).</summary>
    StockInProgress,

    /// <summary>Of these, past the legal due date.</summary>
    StockOverdue,

    /// <summary>Of these, past the statistical due date.</summary>
    StockStatisticallyOverdue,

    /// <summary>The applicant completes it (5).</summary>
    StockSupplement,

    /// <summary>The applicant pays (6).</summary>
    StockPayment,

    /// <summary>Resolved and not handed over (9).</summary>
    StockToHandOver,

    /// <summary>Accepted, and its clock has not ended (2, 4, 5, 6).</summary>
    StockOpen,

    /// <summary>
    /// Of these, late by indicator 2.1 of Decision 766: asked to be completed more than once, or past the statistical due date; while the applicant completes
    /// or pays, as it was on the day that began.
    /// </summary>
    StockOpenLate,
}

/// <summary>The values of all measures.</summary>
internal sealed class Figures(long[] values)
{
    public static readonly IReadOnlyList<Measure> Measures = Enum.GetValues<Measure>();

    public long this[Measure measure] => values[(int)measure];

    public static Figures operator +(Figures a, Figures b) => new([.. Measures.Select(m => a[m] + b[m])]);

    public static Figures None => new(new long[Measures.Count]);
}
