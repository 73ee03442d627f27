using System.Globalization;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Catalogue.Search;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features;

/// <summary>
/// Searches the catalogue: by code, by words without diacritics and with typing errors, by life event; with counts and, where words had to be
/// guessed, what else could be meant.
/// </summary>
internal sealed class ListProcedures(CatalogueSearch search, TimeProvider time)
{
    private const int MaxQuery = 200;

    /// <param name="Online">True when it can be filed online.</param>
    /// <param name="OnlineLevel">full, partial, none, or unknown where that was not published.</param>
    /// <param name="VersionId">The version in force on the day.</param>
    internal sealed record Item(
        string Code, string Name, string NameVi, string NameEn, string? ShortNameVi, NamedCode Field, string Level, bool Online, string OnlineLevel,
        IReadOnlyList<string> Subjects, Guid VersionId, DateOnly ValidFrom, DateOnly? ValidTo);

    /// <param name="Items">A page, best matches first; by code where nothing was asked for.</param>
    /// <param name="After">Cursor for the next page; null on the last one.</param>
    /// <param name="Total">Hits on all pages.</param>
    /// <param name="Matching">exact; near or loose when words were taken for similar ones.</param>
    /// <param name="Facets">Hits by field, level, subject, life event and online level, each as if its own filter were not set.</param>
    /// <param name="Suggestions">Other searches that find something ("did you mean").</param>
    internal sealed record Found(IReadOnlyList<Item> Items, string? After, int Total, string Matching, Facets Facets, IReadOnlyList<string> Suggestions);

    internal sealed record Filter
    {
        /// <summary>Words or a code.</summary>
        public string? Q { get; init; }

        /// <summary>LAND…</summary>
        public string? Field { get; init; }

        /// <summary>commune, province…</summary>
        public string? Level { get; init; }

        /// <summary>citizen, household, organisation, enterprise.</summary>
        public string? Subject { get; init; }

        /// <summary>BIRTH, BUY_LAND…</summary>
        public string? LifeEvent { get; init; }

        /// <summary>full, partial, none, unknown; true or false for whether it can be filed online at all.</summary>
        public string? Online { get; init; }

        /// <summary>Local day, yyyy-MM-dd; today where absent.</summary>
        public string? At { get; init; }
        public string? After { get; init; }
        public int? Limit { get; init; }
    }

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/", ([AsParameters] Filter filter, ListProcedures handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(filter, http, ct))
        .AllowAnonymous()
        .WithSummary("Search procedures: q without diacritics and with typing errors; filters, counts, suggestions")
        .Answers<Found>(200, 400);

    private async Task<IResult> HandleAsync(Filter filter, HttpContext http, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(filter.Limit), Cursor.Decode(filter.After, 3));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        if (CatalogueCaching.Day(filter.At, time) is not { } day)
            return CatalogueErrors.InvalidDay.ToProblem();
        if (filter.Q?.Length > MaxQuery)
            return DossierErrors.Invalid.WithField("q", $"Không quá {MaxQuery} ký tự.", $"At most {MaxQuery} characters.").ToProblem();
        var (matching, after) = (default(Matching?), default(Place?));
        if (cursor.Value is [var way, var rank, var code])
        {
            if (!Enum.TryParse<Matching>(way, out var known) || !Enum.IsDefined(known) || !int.TryParse(rank, CultureInfo.InvariantCulture, out var place))
                return CommonErrors.BadRequest.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
            (matching, after) = (known, new Place(place, code));
        }

        var index = await search.CurrentAsync(ct);
        if (CatalogueCaching.Check(http, index.Revision, day) is { } unchanged)
            return unchanged;
        var found = index.Search(new SearchQuery(filter.Q, day, filter.Field, filter.Level, filter.Subject, filter.LifeEvent, filter.Online), matching);
        var rest = after is { } last ? found.Hits.SkipWhile(h => h.Place.CompareTo(last) <= 0) : found.Hits;
        var page = Page.Of(
            rest.Take(size.Value + 1).ToList(), size.Value, h => [((int)found.Matching).ToString(CultureInfo.InvariantCulture), h.Place.Rank.ToString(CultureInfo.InvariantCulture), h.Place.Code]);
        return TypedResults.Ok(new Found(
            [.. page.Items.Select(h => Show(h.Document, day))], page.After, found.Hits.Count, found.Matching.ToString().ToLowerInvariant(), found.Facets, found.Suggestions));
    }

    private static Item Show(SearchDocument document, DateOnly day)
    {
        var content = document.Content;
        return new Item(
            content.Code, Text.Bilingual(content.NameVi, content.NameEn), content.NameVi, content.NameEn, content.ShortNameVi, content.Field,
            content.Level.On(day), content.CanBeFiledOnline, content.OnlineOn(day).Level, content.Subjects, document.Id, document.ValidFrom, document.ValidTo);
    }
}
