using HaLong.Portal.Api;
using HaLong.Portal.Design;
using Microsoft.AspNetCore.WebUtilities;

namespace HaLong.Portal.Find;

/// <summary>What somebody looks for.</summary>
/// <param name="Q">Words, with or without diacritics.</param>
/// <param name="Field">Code of a field.</param>
/// <param name="Level">Who decides.</param>
/// <param name="Event">Code of a life event.</param>
/// <param name="After">Where the page before ended.</param>
public sealed record Search(string? Q, string? Field, string? Level, string? Event, string? After)
{
    private const int Longest = 200, PageSize = 20;

    /// <summary>The address of a page like this one.</summary>
    public string Link(string path = "/procedures") => QueryHelpers.AddQueryString(path, Given(
        ("q", Q), ("field", Field), ("level", Level), ("event", Event), ("after", After)));

    public string ApiPath => QueryHelpers.AddQueryString("procedures", Given(
        ("q", Q?[..Math.Min(Q.Length, Longest)]), ("field", Field), ("level", Level), ("lifeEvent", Event), ("after", After), ("limit", $"{PageSize}")));

    private static IEnumerable<KeyValuePair<string, string?>> Given(params IEnumerable<(string Name, string? Value)> all) =>
        all.Where(a => !string.IsNullOrWhiteSpace(a.Value)).Select(a => KeyValuePair.Create(a.Name, a.Value));
}

/// <summary>A search with what it found.</summary>
public sealed record SearchResult(Search Search, Answer<Found> Answer);

/// <summary>A procedure with the unit it was asked for.</summary>
public sealed record ProcedurePage(string Code, Answer<Procedure> Answer);

/// <summary><c>/procedures</c> and <c>/procedures/{code}</c>.</summary>
internal static class FindPages
{
    public static void MapFind(this IEndpointRouteBuilder app)
    {
        app.MapGet("/procedures", SearchAsync).AllowAnonymous();
        app.MapGet("/procedures/{code}", ShowAsync).AllowAnonymous();
    }

    private static async Task<IResult> SearchAsync([AsParameters] Search search, ApiClient api, CancellationToken ct) =>
        Pages.Of<SearchPage>(new SearchResult(search, await api.GetAsync<Found>(search.ApiPath, ct)));

    private static async Task<IResult> ShowAsync(string code, ApiClient api, CancellationToken ct)
    {
        var answer = await api.GetAsync<Procedure>("procedures/" + Uri.EscapeDataString(code), ct);
        return answer.Status == System.Net.HttpStatusCode.NotFound
            ? Pages.Of<NotFound>(StatusCodes.Status404NotFound)
            : Pages.Of<ShowProcedure>(new ProcedurePage(code, answer), (int)answer.Status);
    }
}
