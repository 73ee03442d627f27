using HaLong.Dossiers.Statistics.Cubes;
using static HaLong.Dossiers.Statistics.Cubes.Measure;

namespace HaLong.Dossiers.Statistics.Index.Counting;

/// <summary>Every count of the index that counts dossiers, from the figures of cubes. What is behind each says <see cref="IndexSets"/>.</summary>
internal static class IndexFigures
{
    public static readonly IReadOnlyDictionary<string, Func<Figures, long>> Counts = new Dictionary<string, Func<Figures, long>>(StringComparer.Ordinal)
    {
        ["received"] = f => f[Received],
        ["onlineReceived"] = f => f[OnlineComplete],
        ["receivedAndProcessed"] = f => f[Ended] + f[StockOpen],
        ["resolvedOnTime"] = f => f[EndedInTime],
        ["inProgressWithinLimit"] = f => f[StockOpen] - f[StockOpenLate],
        ["late"] = f => f[Ended] - f[EndedInTime] + f[StockOpenLate],
        ["feeDossiers"] = f => f[WithFees],
        ["zeroFeeDossiers"] = f => f[FeesZero],
        ["paidOnline"] = f => f[PaidElectronically],
        ["resolved"] = f => f[Resolved],
        ["resolvedWithDocumentResult"] = f => f[ResultsExpected],
        ["electronicResults"] = f => f[ElectronicResults],
        ["componentsAndResultDigitised"] = f => f[FullyDigital],
        ["reused"] = f => f[Reused],
        ["dossiersUsingPopulationData"] = f => f[IdentityProved],
        ["portalCount"] = f => f[InPortalLedger],
        ["synchronised"] = f => f[Synchronised],
        ["eligibleForStore"] = f => f[ResultsExpected],
        ["sharedWithStore"] = f => f[SharedWithStore],
    };

    /// <summary>Dossiers that count in some way: received in the period, ended in it, or not ended at its end.</summary>
    public static long Seen(Figures f) => f[Received] + f[Ended] + f[StockNew] + f[StockInProgress] + f[StockSupplement] + f[StockPayment];

    /// <summary>Of those received and those resolved in the period, how many the ledger of the National Portal has.</summary>
    public static long InLedger(Figures f) => f[InPortalLedger] + f[ResolvedInLedger];

    public static void Add(IndexParts part, string level, Figures figures)
    {
        if (Seen(figures) > 0)
            part.Levels.Add(level);
        part.Add(IndexParts.Seen, Seen(figures));
        part.Add(IndexParts.InLedger, InLedger(figures));
        foreach (var (name, count) in Counts)
            part.Add(name, count(figures));
        part.Add("complaints", figures[Dissatisfied]);
    }
}
