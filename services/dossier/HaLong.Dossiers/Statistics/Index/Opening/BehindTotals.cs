using System.Collections.Frozen;
using HaLong.Dossiers.Statistics.Index.Counting;

namespace HaLong.Dossiers.Statistics.Index.Opening;

/// <summary>How many dossiers are behind a part: what the figure itself counts, so that both are the same and nothing is counted a second time.</summary>
internal static class BehindTotals
{
    private static readonly FrozenDictionary<string, (Func<IndexParts, long> All, Func<IndexParts, long> Good)> Figures = new Dictionary<string,
        (Func<IndexParts, long>, Func<IndexParts, long>)>
    {
        ["1.4"] = (p => p["portalCount"], p => p["synchronised"]),
        ["2.1"] = (p => p["receivedAndProcessed"], p => p["resolvedOnTime"] + p["inProgressWithinLimit"]),
        ["3.3"] = (p => p["received"], p => p["onlineReceived"]),
        ["3.6"] = (p => p["feeDossiers"] - p["zeroFeeDossiers"], p => p["paidOnline"]),
        ["4.1"] = (p => p["resolvedWithDocumentResult"], p => p["electronicResults"]),
        ["4.2"] = (p => p["resolved"], p => p["componentsAndResultDigitised"]),
        ["4.3"] = (p => p["received"], p => p["reused"]),
        ["4.4"] = (p => p["eligibleForStore"], p => p["sharedWithStore"]),
        ["4.5b"] = (p => p["received"], p => p["dossiersUsingPopulationData"]),
        ["5.4"] = (p => p["received"], p => p["received"]),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="component">One of <see cref="IndexSets.Components"/>.</param>
    /// <param name="part">Which part of it.</param>
    /// <param name="parts">What the units contribute together.</param>
    public static long Of(string component, Part part, IndexParts parts)
    {
        var (all, good) = Figures[component];
        return part switch { Part.Denominator => all(parts), Part.Numerator => good(parts), _ => all(parts) - good(parts) };
    }
}
