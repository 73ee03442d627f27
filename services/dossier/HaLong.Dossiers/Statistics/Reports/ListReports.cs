using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Reports;

/// <summary>Which reports there are, what their rows can be, and where they are; the register of dossiers among them, which has operations of its
/// own.</summary>
internal static class ListReports
{
    /// <param name="Name">In the address.</param>
    /// <param name="Title">In the language of the request.</param>
    /// <param name="Href">Where it is.</param>
    /// <param name="By">What rows can be, the usual first.</param>
    /// <param name="Measures">What it can be about, where that is to be chosen.</param>
    internal sealed record Item(string Name, string Title, string Href, IReadOnlyList<string> By, IReadOnlyList<MeasureView> Measures);

    /// <param name="Key">For the parameter measure.</param>
    /// <param name="Title">In the language of the request.</param>
    /// <param name="Share">True for a percentage.</param>
    internal sealed record MeasureView(string Key, string Title, bool Share);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/reports", () => TypedResults.Ok<IReadOnlyList<Item>>([.. All()]))
        .RequireAuthorization(Policies.Staff)
        .WithSummary("The reports that there are (officials)")
        .WithDescription("A fixed list, so there are no pages. Who sees which figures is decided when a report is asked for.")
        .Answers<IReadOnlyList<Item>>(200, 401, 403);

    private static IEnumerable<Item> All()
    {
        var measures = MeasureBook.All.Values.OrderBy(m => m.Key,
            StringComparer.Ordinal).Select(m => new MeasureView(m.Key, Text.Bilingual(m.Vi, m.En), m.Of is not null)).ToList();
        foreach (var name in ReportShelf.Names)
        {
            var (vi, en) = ReportShelf.TitleOf(name);
            var chosen = name is Special.RankingReport.Name or Special.TrendReport.Name;
            yield return new Item(name, Text.Bilingual(vi, en), $"/api/v1/statistics/reports/{name}", ReportShelf.ByOf(name), chosen ? measures : []);
        }

        yield return new Item("register", Text.Bilingual("Sổ theo dõi hồ sơ", "Register of dossiers"), "/api/v1/admin/register", [], []);
    }
}
