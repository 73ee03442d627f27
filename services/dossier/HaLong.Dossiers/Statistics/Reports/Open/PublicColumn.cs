using HaLong.Dossiers.Statistics.Cubes;
using static HaLong.Dossiers.Statistics.Cubes.Measure;

namespace HaLong.Dossiers.Statistics.Reports.Open;

/// <summary>The counts that everybody sees: flows only, so that months add up.</summary>
internal enum PublicColumn
{
    Received,
    Online,
    Direct,
    Digitised,
    NotDigitised,

    /// <summary>Received without components.</summary>
    Plain,
    Resolved,
    InTime,
    Late,
    Electronic,
    NotElectronic,

    /// <summary>Resolved where no document is due.</summary>
    NoDocument,
}

/// <summary>How the counts belong together.</summary>
internal static class PublicColumns
{
    public static readonly IReadOnlyList<PublicColumn> All = Enum.GetValues<PublicColumn>();

    public static readonly IReadOnlyList<ColumnSums> Sums =
    [
        Sum(PublicColumn.Received, PublicColumn.Online, PublicColumn.Direct),
        Sum(PublicColumn.Received, PublicColumn.Digitised, PublicColumn.NotDigitised, PublicColumn.Plain),
        Sum(PublicColumn.Resolved, PublicColumn.InTime, PublicColumn.Late),
        Sum(PublicColumn.Resolved, PublicColumn.Electronic, PublicColumn.NotElectronic, PublicColumn.NoDocument),
    ];

    public static long[] Of(Figures f) =>
    [
        f[Received], f[ReceivedOnline], f[Received] - f[ReceivedOnline], f[Digitised], f[WithComponents] - f[Digitised], f[Received] - f[WithComponents],
        f[Resolved], f[Resolved] - f[Late], f[Late], f[ElectronicResults], f[ResultsExpected] - f[ElectronicResults], f[Resolved] - f[ResultsExpected],
    ];

    private static ColumnSums Sum(PublicColumn total, params PublicColumn[] parts) => new((int)total, [.. parts.Select(p => (int)p)]);
}
