using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Dossiers;

/// <summary>Own dossiers as they were asked for.</summary>
/// <param name="NeedMe">What waits for the visitor, wherever in the list it is; on the first page only.</param>
public sealed record DossierListModel(DossierSearch Search, Answer<Listed<DossierLine>> Answer, IReadOnlyList<DossierLine> NeedMe);

/// <param name="Status">Only this state.</param>
/// <param name="Q">Words of names, codes or subjects, with or without diacritics.</param>
/// <param name="After">Where the page before ended.</param>
public sealed record DossierSearch(string? Status, string? Q, string? After)
{
    public bool IsAll => string.IsNullOrWhiteSpace(Status) && string.IsNullOrWhiteSpace(Q);

    /// <summary>The address of the list without its cursor.</summary>
    public string Href => Query.Of("/dossiers", ("status", Status), ("q", Q));

    public string ApiPath(int limit, string? after) => Query.Of("dossiers", ("limit", $"{limit}"), ("status", Status), ("after", after));

    public bool Fits(DossierLine line) => string.IsNullOrWhiteSpace(Q)
        || Text.Fold(Q).Split(' ', StringSplitOptions.RemoveEmptyEntries).All(Text.Fold($"{line.ProcedureName} {line.Code} {line.Subject} {line.StatusName}").Contains);
}

/// <summary><c>/dossiers</c>: what needs the visitor first, then the newest; by state and by words.</summary>
internal static class DossierList
{
    private const int PageSize = 20, SearchPageSize = 100, SearchPages = 3;
    private static readonly string[] MyMove = ["SUPPLEMENT_RECEPTION", "SUPPLEMENT_PROCESSING", "WAIT_PAYMENT"];

    public static async Task<IResult> GetAsync(string? status, string? q, string? after, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var search = new DossierSearch(DossierWords.States.Contains(status) ? status : null, q?.Trim() is { Length: > 0 } words ? words[..Math.Min(words.Length, 100)] : null, after);
        var page = search.Q is null
            ? api.GetAsync<Listed<DossierLine>>(search.ApiPath(PageSize, after), ct)
            : FindAsync(search, api, ct);
        var mine = search.IsAll && after is null ? MyMove.Select(s => api.GetAsync<Listed<DossierLine>>($"dossiers?limit={PageSize}&status={s}", ct)).ToList() : [];
        var answer = await page;
        if (Instead.Of(answer, context) is { } otherwise)
            return otherwise;
        var needMe = mine.Count == 0 ? [] : answer.Value!.Items.ToList();
        foreach (var more in mine)
            needMe.AddRange((await more).Value?.Items ?? []);
        return Pages.Of<MyDossiers>(new DossierListModel(search, answer, [.. needMe.Where(d => d.NeedsMe).DistinctBy(d => d.Id).OrderBy(d => d.Status == "DRAFT").ThenBy(d => d.DueAt)]));
    }

    // The API knows states, not words: the newest few hundred are looked through, which is all of them for nearly everybody.
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
