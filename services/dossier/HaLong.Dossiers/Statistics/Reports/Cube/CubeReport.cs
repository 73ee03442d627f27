using HaLong.Dossiers.Statistics.Cubes;

namespace HaLong.Dossiers.Statistics.Reports.Cube;

/// <summary>A report whose rows are groups of figures.</summary>
/// <param name="Name">Its name in the interface.</param>
/// <param name="TitleVi">What it is called.</param>
/// <param name="TitleEn">What it is called.</param>
/// <param name="By">What rows can be; the first where nobody says.</param>
/// <param name="Items">The columns after code and name.</param>
internal sealed record CubeReport(string Name, string TitleVi, string TitleEn, IReadOnlyList<string> By, IReadOnlyList<ReportItem> Items)
{
    /// <summary>Needs the stocks of the day before and what came by post, too.</summary>
    public bool Balanced { get; init; }

    /// <summary>Only dossiers filed by these hands.</summary>
    public string? Hand { get; init; }

    public IReadOnlyList<(string Vi, string En)> Notes { get; init; } = [];

    /// <summary>The table of rows by code; the total is of all of them.</summary>
    public ReportTable Table(ReportScope scope, Dimension by, Func<string, string> name, IReadOnlyDictionary<string, RowFigures> rows)
    {
        var total = rows.Values.Aggregate(RowFigures.None, (a, b) => a + b);
        var (vi, en) = Dimensions.Title(by);
        return new ReportTable(
            Name, TitleVi, TitleEn, scope.From, scope.Request.To,
            [new("code", "Mã", "Code", ReportFormat.Text), new("name", vi, en, ReportFormat.Text), .. Items.Select(i => i.Column)],
            [.. rows.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => (IReadOnlyList<object?>)[r.Key, name(r.Key), .. Values(r.Value, total)])],
            [null, null, .. Values(total, total)], [.. Notes, .. scope.Unfinished]);
    }

    private IEnumerable<object?> Values(RowFigures row, RowFigures total)
    {
        var counts = Items.Where(i => i.Count is not null).ToDictionary(i => i.Key, i => i.Count!(row, total));
        return Items.Select(i => i.Share is { } share ? Percent.Of(counts[share.Part], counts[share.Of])
            : i.Words is { } words ? words(row) : (object)counts[i.Key]);
    }
}
