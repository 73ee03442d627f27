using HaLong.Dossiers.Statistics.Cubes;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Reports.Special;

/// <summary>Units by a measure or share, the best first. Equal values share a rank; who has nothing to take a share of has none.</summary>
internal sealed class RankingReport(CubeReader cubes, NameBook names)
{
    public const string Name = "ranking", Default = "inTimeShare";

    /// <summary>Shares of fewer dossiers are marked: one more or less moves them by more than five per cents.</summary>
    public const int FewDossiers = 20;

    public static readonly (string Vi, string En) Title = ("Xếp hạng đơn vị", "Ranking of units");

    private static readonly (string Vi, string En) Note = (
        $"Tỷ lệ trên dưới {FewDossiers} hồ sơ được đánh dấu; đơn vị không có mẫu số không được xếp hạng.",
        $"Shares of fewer than {FewDossiers} dossiers are marked; units without a denominator have no rank.");

    public async Task<ReportTable> MakeAsync(ReportScope scope, CancellationToken ct)
    {
        var measure = MeasureBook.All[scope.Request.Measure ?? Default];
        var rows = await cubes.ReadAsync(scope.Slice(scope.From, scope.To, Dimension.Unit), ct);
        var name = await names.OfAsync(Dimension.Unit, ct);
        return new ReportTable(
            Name, $"{Title.Vi}: {measure.Vi}", $"{Title.En}: {measure.En}", scope.From, scope.Request.To,
            [
                new("rank", "Hạng", "Rank", ReportFormat.Count), new("code", "Mã", "Code", ReportFormat.Text),
                new("name", "Đơn vị", "Unit", ReportFormat.Text),
                new("value", measure.Vi, measure.En, measure.Format), new("part", "Tử số", "Numerator", ReportFormat.Count),
                new("of", "Mẫu số", "Denominator", ReportFormat.Count),
                new("few", "Ít hồ sơ", "Few dossiers", ReportFormat.Text),
            ],
            [.. Ranked(rows, measure).Select(r => (IReadOnlyList<object?>)[r.Rank, r.Code, name(r.Code), r.Value, r.Part, r.Of, Mark(r.Of)])],
            null, [Note, .. scope.Unfinished]);
    }

    /// <summary>By rank and code; 1, 2, 2, 4.</summary>
    internal static IEnumerable<(long? Rank, string Code, object? Value, long Part, long? Of)> Ranked(IReadOnlyList<CubeRow> rows, NamedMeasure measure)
    {
        var all = rows.Select(r => (Code: r.Keys[0], Value: measure.Value(r.Figures), Part: measure.Part(r.Figures), Of: measure.Of?.Invoke(r.Figures)))
            .Select(r => (r.Code, r.Value, Exact: Exact(r.Part, r.Of), r.Part, r.Of)).ToList();
        var counted = all.Where(r => r.Exact is not null).ToList();
        return all
            .Select(r => (Rank: r.Exact is null ? (long?)null : 1 + counted.Count(o => measure.LowIsBetter ? o.Exact < r.Exact : o.Exact > r.Exact), r.Code,
                r.Value, r.Part, r.Of))
            .OrderBy(r => r.Rank ?? long.MaxValue).ThenBy(r => r.Code, StringComparer.Ordinal);
    }

    // Not the rounded value: 99.996 % is not the same as 100 %.
    private static decimal? Exact(long part, long? of) => of switch { null => part, <= 0 => null, { } whole => (decimal)part / whole };

    private static string? Mark(long? of) => of < FewDossiers ? Text.Bilingual("ít hồ sơ", "few dossiers") : null;
}
