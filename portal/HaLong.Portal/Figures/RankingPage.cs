using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Figures;

/// <summary>A unit by its index, with all below it.</summary>
/// <param name="Unknown">How many indicators are not known.</param>
public sealed record RankedUnit(
    int Rank, string Unit, string NameVi, string NameEn, string Level, decimal Total, decimal ApplicableMax, decimal? TotalOfApplicablePercent, string Rating, int Unknown, bool Closed)
{
    public string Name => Text.Bilingual(NameVi, NameEn);
}

public sealed record RankingModel(Asked Asked, Answer<Listed<RankedUnit>> Units);

/// <summary><c>/figures/ranking</c>: units below a unit, the best first.</summary>
internal static class RankingPage
{
    public static void Map(RouteGroupBuilder group) => group.MapGet("/ranking", ShowAsync);

    private static async Task<IResult> ShowAsync(string? unit, string? period, string? after, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var asking = Asked.ReadAsync(unit, period, api, context, ct);
        var units = await api.GetAsync<Listed<RankedUnit>>(Query.Of("index766/ranking?limit=60", ("under", unit), ("period", period), ("after", after)), ct);
        return (units.Status == System.Net.HttpStatusCode.NotFound ? null : Otherwise.Of(units, context)) ?? Pages.Of<ShowRanking>(new RankingModel(await asking, units), (int)units.Status);
    }

    public static Chart Chart(RankingModel model, IReadOnlyList<RankedUnit> units) => new(
        "ranking", Text.Bilingual("Tổng điểm theo đơn vị", "Total by unit"), Text.Bilingual("Đơn vị", "Unit"), [.. units.Select(u => $"{u.Rank}. {u.Name}")],
        [new(Text.Bilingual("Tổng điểm", "Total"), [.. units.Select(u => (decimal?)u.Total)])])
    {
        Most = 100,
        Links = [.. units.Select(u => (string?)Query.Of("/figures/index", ("unit", u.Unit), ("period", model.Asked.Period)))],
    };
}
