using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Figures;

/// <summary>Ratings of a period.</summary>
/// <param name="Hidden">Too few to tell more without telling who.</param>
/// <param name="Distribution">How many gave 1, 2, 3, 4 and 5 stars.</param>
public sealed record RatingCounts(DateOnly From, DateOnly To, long Count, bool Hidden, decimal? Mean, IReadOnlyList<long>? Distribution, decimal? SatisfiedPercent);

/// <summary>What somebody wrote, without who and about which dossier.</summary>
public sealed record RatingComment(int Stars, string Comment, DateOnly Day, string UnitCode, string ProcedureCode);

public sealed record SatisfactionModel(Asked Asked, Answer<RatingCounts> Ratings, Listed<RatingComment>? Comments);

/// <summary><c>/figures/satisfaction</c>: what people gave and wrote.</summary>
internal static class SatisfactionPage
{
    public static void Map(RouteGroupBuilder group) => group.MapGet("/satisfaction", ShowAsync);

    private static async Task<IResult> ShowAsync(string? unit, string? period, string? after, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var asking = Asked.ReadAsync(unit, period, api, context, ct);
        var comments = api.GetAsync<Listed<RatingComment>>(Query.Of("statistics/ratings/comments", ("unit", unit), ("period", period), ("after", after)), ct);
        var ratings = await api.GetAsync<RatingCounts>(Query.Of("statistics/ratings", ("unit", unit), ("period", period)), ct);
        return Otherwise.Of(ratings, context) ?? Pages.Of<ShowSatisfaction>(new SatisfactionModel(await asking, ratings, (await comments).Value), (int)ratings.Status);
    }

    public static Chart Stars(IReadOnlyList<long> distribution) => new(
        "stars", Text.Bilingual("Số lượt theo sao", "Ratings by stars"), Text.Bilingual("Sao", "Stars"), [.. distribution.Select((_, i) => Text.Bilingual($"{i + 1} sao", $"{i + 1} of 5"))],
        [new(Text.Bilingual("Lượt", "Ratings"), [.. distribution.Select(d => (decimal?)d)])]);
}
