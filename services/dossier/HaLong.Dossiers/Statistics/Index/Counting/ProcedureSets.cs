using System.Collections.Frozen;
using Counts = System.Func<HaLong.Dossiers.Statistics.Index.Counting.ProcedureFigure, HaLong.Dossiers.Statistics.Index.Counting.IndexParts, bool>;

namespace HaLong.Dossiers.Statistics.Index.Counting;

/// <summary>The counts of procedures, and what their indicators open to.</summary>
internal static class ProcedureSets
{
    public static readonly FrozenDictionary<string, Counts> Counts = new Dictionary<string, Counts>(StringComparer.Ordinal)
    {
        ["procedures"] = (p, _) => p.Ours,
        ["announced"] = (p, _) => p.AnnouncedOnTime is not null,
        ["announcedOnTime"] = (p, _) => p.AnnouncedOnTime == true,
        ["published"] = (p, _) => p.PublishedOnTime is not null,
        ["publishedOnTime"] = (p, _) => p.PublishedOnTime == true,
        ["fullContent"] = (p, _) => p is { Ours: true, FullContent: true },
        ["onlineServices"] = (p, _) => p is { Ours: true, Online: true },
        ["onlineServicesWithDossiers"] = (p, parts) => p is { Ours: true, Online: true } && parts.WithOnlineDossier.Contains(p.Code),
        ["feeProcedures"] = (p, _) => p is { Ours: true, Fees: true },
        ["feeProceduresEnabled"] = (p, _) => p is { Ours: true, Fees: true, PaidOnline: true },
        ["feeProceduresWithPayment"] = (p, parts) => p is { Ours: true, Fees: true } && parts.WithPayment.Contains(p.Code),
        ["proceduresUsingPopulationData"] = (p, parts) => p.Ours && parts.WithPopulationData.Contains(p.Code),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Those that only the national catalogue tells.</summary>
    public static readonly IReadOnlySet<string> OfPortal =
        new HashSet<string>(StringComparer.Ordinal) { "announced", "announcedOnTime", "published", "publishedOnTime", "fullContent", "feeProceduresEnabled" };

    /// <summary>Names of the denominator and of the numerator.</summary>
    public static readonly FrozenDictionary<string, (string All, string Good)> Components = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["1.1"] = ("announced", "announcedOnTime"),
        ["1.2"] = ("published", "publishedOnTime"),
        ["1.3"] = ("procedures", "fullContent"),
        ["3.1"] = ("procedures", "onlineServices"),
        ["3.2"] = ("onlineServices", "onlineServicesWithDossiers"),
        ["3.4"] = ("feeProcedures", "feeProceduresEnabled"),
        ["3.5"] = ("feeProcedures", "feeProceduresWithPayment"),
        ["4.5a"] = ("procedures", "proceduresUsingPopulationData"),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
