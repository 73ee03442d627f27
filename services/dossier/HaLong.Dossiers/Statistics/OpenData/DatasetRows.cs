using System.Globalization;
using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Files;
using HaLong.Dossiers.Statistics.Index;
using HaLong.Dossiers.Statistics.Index.Counting;
using HaLong.Dossiers.Statistics.Waits;
using static HaLong.Dossiers.Statistics.Cubes.Measure;

namespace HaLong.Dossiers.Statistics.OpenData;

/// <summary>The rows of datasets, with what is too small taken out.</summary>
internal sealed class DatasetRows(CubeReader cubes, WaitReader waits, IndexBook book, IndexCounts collected)
{
    /// <summary>Stands where a figure is not shown.</summary>
    public const string HiddenMark = "*";

    /// <param name="dataset">Which.</param>
    /// <param name="periods">Whole months, or whole quarters, one after the other.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<IReadOnlyList<object?[]>> OfAsync(Dataset dataset, IReadOnlyList<ReportPeriod> periods, CancellationToken ct)
    {
        var rows = new List<object?[]>();
        foreach (var period in periods)
            rows.AddRange(dataset.Id switch
            {
                DatasetBook.Intake => await TableAsync(period, Dimension.Level, ct, [Received, ReceivedOnline]),
                DatasetBook.Punctuality => await TableAsync(period, Dimension.Procedure, ct, [Resolved, Early, OnTime]),
                DatasetBook.Digitisation => await TableAsync(period, null, ct, [WithComponents, Digitised], [ResultsExpected, ElectronicResults]),
                DatasetBook.Waits => await WaitsAsync(period, ct),
                _ => await IndexAsync(period, ct),
            });
        return rows;
    }

    /// <summary>yyyy-MM or yyyy-Qn.</summary>
    internal static string NameOf(ReportPeriod period) => period.From.Month == period.To.Month
        ? period.From.ToString("yyyy-MM", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{period.From.Year}-Q{(period.From.Month + 2) / 3}");

    /// <summary>For each group and each set of measures: the total, the part that the other measures are, the rest, and the part's share.</summary>
    private async Task<IEnumerable<object?[]>> TableAsync(ReportPeriod period, Dimension? by, CancellationToken ct, params Measure[][] sets)
    {
        var rows = (await cubes.ReadAsync(new Slice(period.From, period.To) { By = by is { } dimension ? [dimension] : [] }, ct)).Where(r => sets.Any(s =>
            r.Figures[s[0]] > 0)).ToList();
        var groups = sets.Select(set => rows.ConvertAll(r => Counts(r.Figures, set))).ToList();
        var hidden = groups.ConvertAll(g => SmallNumbers.Hidden(g, columnsAddUp: rows.Count > 1));
        return rows.Select((row, i) => (object?[])
            [NameOf(period), .. row.Keys, .. groups.Zip(hidden).SelectMany(g => Shown(g.First[i], g.Second[i]))]);
    }

    private static long[] Counts(Figures figures, Measure[] set)
    {
        var part = set[1..].Sum(m => figures[m]);
        return [figures[set[0]], part, figures[set[0]] - part];
    }

    private static IEnumerable<object?> Shown(long[] counts, bool[] hidden)
    {
        foreach (var (count, isHidden) in counts.Zip(hidden))
            yield return isHidden ? HiddenMark : count;
        yield return hidden[0] || hidden[1] ? HiddenMark : counts[0] == 0 ? null : Math.Round(100m * counts[1] / counts[0], 2, MidpointRounding.AwayFromZero);
    }

    // How many stays there were is not said: it would tell the number of dossiers that another dataset may hide.
    private async Task<List<object?[]>> WaitsAsync(ReportPeriod period, CancellationToken ct)
    {
        var rows = new List<object?[]>();
        foreach (var procedure in await cubes.ReadAsync(new Slice(period.From, period.To) { By = [Dimension.Procedure] }, ct))
        {
            var code = procedure.Keys[0];
            foreach (var wait in await waits.ReadAsync(new WaitSlice(period.From, period.To) { Procedure = code }, ct))
            {
                var few = wait.Count < SmallNumbers.Threshold;
                rows.Add([NameOf(period), code, StayKind.Name(wait.Kind), few ? HiddenMark : wait.P50Minutes, few ? HiddenMark : wait.P90Minutes]);
            }
        }

        return rows;
    }

    private async Task<IEnumerable<object?[]>> IndexAsync(ReportPeriod period, CancellationToken ct)
    {
        if (book.On(period.To) is not { } version || (await cubes.ReadAsync(new Slice(period.From, period.To), ct)).Count == 0)
            return [];
        // The same counts as the leaders' index: two truths would be none.
        var counts = await collected.CollectAsync(null, IndexPeriod.MonthOf(period.From, period.To.AddDays(1)), ct);
        var names = version.Components.ToDictionary(c => c.Code, c => c.NameVi, StringComparer.Ordinal);
        return IndexScore.Of(version, counts).Components.Where(c => c.Applicable).Select(c =>
        {
            var few = SmallNumbers.IsSmall((long)c.Numerator) || SmallNumbers.IsSmall((long)(c.Denominator - c.Numerator));
            object? Unless(bool isHidden, object? value) => isHidden ? HiddenMark : value;
            return (object?[])
            [
                NameOf(period), c.Code, names[c.Code], Unless(few, c.Numerator), Unless(SmallNumbers.IsSmall((long)c.Denominator), c.Denominator),
                    Unless(few, c.RatioPercent),
                Unless(few, c.Score), c.MaxPoints,
            ];
        });
    }
}
