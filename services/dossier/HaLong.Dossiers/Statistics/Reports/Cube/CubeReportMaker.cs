using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Facts;

namespace HaLong.Dossiers.Statistics.Reports.Cube;

/// <summary>Reads the figures of a report.</summary>
internal sealed class CubeReportMaker(CubeReader cubes, NameBook names)
{
    public async Task<ReportTable> MakeAsync(CubeReport report, ReportScope scope, CancellationToken ct)
    {
        var by = Dimensions.All[scope.Request.By ?? report.By[0]];
        var slice = scope.Slice(scope.From, scope.To, by);
        if (report.Hand is { } hand)
            slice = slice with { Hand = hand };
        var rows = new Dictionary<string, RowFigures>(StringComparer.Ordinal);
        foreach (var row in await cubes.ReadAsync(slice, ct))
            rows[row.Keys[0]] = RowFigures.None with { In = row.Figures };
        if (report.Balanced)
        {
            var before = scope.From.AddDays(-1);
            foreach (var row in await cubes.ReadAsync(slice with { From = before, To = before }, ct))
                rows[row.Keys[0]] = rows.GetValueOrDefault(row.Keys[0], RowFigures.None) with { Before = row.Figures };
            // Who asks for another source or hand has nothing that reception wrote down from the post.
            if (slice is { Source: null or IntakeSource.Post, Hand: null or FilingHand.Reception })
            {
                foreach (var row in await cubes.ReadAsync(slice with { Source = IntakeSource.Post, Hand = FilingHand.Reception }, ct))
                    rows[row.Keys[0]] = rows.GetValueOrDefault(row.Keys[0], RowFigures.None) with { ByPost = row.Figures };
            }
        }

        var name = await names.OfAsync(by, ct);
        return report.Table(scope, by, name, rows.Where(r => Tells(r.Value)).ToDictionary(r => r.Key, r => r.Value, StringComparer.Ordinal));
    }

    // Groups that had dossiers at other times only say nothing here.
    private static bool Tells(RowFigures row) => Figures.Measures.Any(m => row.In[m] != 0 || (m >= Measure.StockNew && row.Before[m] != 0));
}
