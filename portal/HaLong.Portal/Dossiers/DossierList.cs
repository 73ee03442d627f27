using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Dossiers;

/// <summary>Own dossiers as they were asked for.</summary>
/// <param name="NeedMe">What waits for the visitor among the newest hundred; on the first page only.</param>
public sealed record DossierListModel(DossierSearch Search, Answer<Listed<DossierLine>> Answer, IReadOnlyList<DossierLine> NeedMe);

/// <param name="Status">Only this state.</param>
/// <param name="Q">Words of names, codes or subjects, with or without diacritics.</param>
/// <param name="After">Where the page before ended.</param>
public sealed record DossierSearch(string? Status, string? Q, string? After)
{
    public bool IsAll => string.IsNullOrWhiteSpace(Status) && string.IsNullOrWhiteSpace(Q);

    /// <summary>Whether the API finds them; else they are looked for here.</summary>
    public bool IsAsked => string.IsNullOrWhiteSpace(Q) && (string.IsNullOrWhiteSpace(Status) || Asked is not null);

    // The API finds the states of the ordinary way.
    private string? Asked => Status is "DRAFT" or "SUBMITTED" or "ACCEPTED" or "PROCESSING" or "RESOLVED" or "RETURNED" ? Status : null;

    /// <summary>The address of the list without its cursor.</summary>
    public string Href => Query.Of("/dossiers", ("status", Status), ("q", Q));

    public string ApiPath(int limit, string? after) => Query.Of("dossiers", ("limit", $"{limit}"), ("status", Asked), ("after", after));

    public bool Fits(DossierLine line) => (string.IsNullOrWhiteSpace(Status) || line.Status == Status)
        && (string.IsNullOrWhiteSpace(Q)
            || Text.Fold(Q).Split(' ', StringSplitOptions.RemoveEmptyEntries).All(Text.Fold($"{line.ProcedureName} {line.Code} {line.Subject} {line.StatusName}").Contains));
}

/// <summary><c>/dossiers</c>: what needs the visitor first, then the newest; by state and by words.</summary>
internal static class DossierList
{
    private const int PageSize = 20, SearchPageSize = 100, SearchPages = 3;

    public static async Task<IResult> GetAsync(string? status, string? q, string? after, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var search = new DossierSearch(DossierWords.States.Contains(status) ? status : null, q?.Trim() is { Length: > 0 } words ? words[..Math.Min(words.Length, 100)] : null, after);
        var page = search.IsAsked
            ? api.GetAsync<Listed<DossierLine>>(search.ApiPath(PageSize, after), ct)
            : FindAsync(search, api, ct);
        var newest = search.IsAll && after is null ? api.GetAsync<Listed<DossierLine>>(search.ApiPath(SearchPageSize, null), ct) : null;
        var answer = await page;
        if (Instead.Of(answer, context) is { } otherwise)
            return otherwise;
        IReadOnlyList<DossierLine> needMe = newest is null ? [] : (await newest).Value?.Items ?? answer.Value!.Items;
        return Pages.Of<MyDossiers>(new DossierListModel(search, answer, [.. needMe.Where(d => d.NeedsMe).OrderBy(d => d.Status == "DRAFT").ThenBy(d => d.DueAt)]));
    }

    // The API knows no words and not every state: the newest few hundred are looked through, which is all of them for nearly everybody.
    private static async Task<Answer<Listed<DossierLine>>> FindAsync(DossierSearch search, ApiClient api, CancellationToken ct)
    {
        var (found, after) = (new List<DossierLine>(), search.After);
        for (var pages = 0; pages < SearchPages; pages++)
        {
            var page = await api.GetAsync<Listed<DossierLine>>(search.ApiPath(SearchPageSize, after), ct);
            if (page.Value is not { } value)
                return page;
            found.AddRange(value.Items.Where(search.Fits));
            after = value.After;
            if (after is null || found.Count >= PageSize)
                break;
        }

        return new Answer<Listed<DossierLine>>(System.Net.HttpStatusCode.OK, new Listed<DossierLine>(found, after), null, null);
    }
}
