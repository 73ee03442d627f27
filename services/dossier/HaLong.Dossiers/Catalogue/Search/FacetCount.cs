namespace HaLong.Dossiers.Catalogue.Search;

/// <summary>The filters of a search: which hits pass, and how many would for each value.</summary>
internal sealed class FacetCount(SearchQuery query)
{
    private static readonly CodeList NoList = new([]);

    private readonly Dimension[] dimensions =
    [
        new(query.Field, d => [d.Content.Field.Code]),
        new(query.Level, d => [d.Content.Level.On(query.Day)]),
        new(query.Subject, d => d.Content.Subjects),
        new(query.LifeEvent, d => d.Events.Select(e => e.Code)),
        new(query.Online, d => [d.Content.OnlineOn(query.Day).Level, d.Content.CanBeFiledOnline ? "true" : "false"]),
    ];

    private readonly Dictionary<string, (string Vi, string En)> fields = [];

    /// <summary>Counts a document that the words match; true when it passes every filter.</summary>
    public bool Take(SearchDocument document)
    {
        var (failed, missed) = (-1, 0);
        for (var i = 0; i < dimensions.Length; i++)
        {
            if (!dimensions[i].Passes(document))
                (failed, missed) = (i, missed + 1);
        }
        fields.TryAdd(document.Content.Field.Code, (document.Content.Field.Vi, document.Content.Field.En));
        for (var i = 0; i < dimensions.Length; i++)
        {
            if (missed == 0 || (missed == 1 && failed == i))
                dimensions[i].Count(document);
        }
        return missed == 0;
    }

    public Facets ToFacets() => new(
        dimensions[0].Values(c => fields.TryGetValue(c, out var f) ? new Domain.NamedCode(c, f.Vi, f.En) : NoList.Of(c)),
        dimensions[1].Values(CatalogueCodes.Levels.Of), dimensions[2].Values(CatalogueCodes.Subjects.Of), dimensions[3].Values(LifeEvents.Codes.Of),
        [.. dimensions[4].Values(CatalogueCodes.OnlineLevels.Of).Where(v => CatalogueCodes.OnlineLevels.Has(v.Code))]);

    private sealed class Dimension(string? wanted, Func<SearchDocument, IEnumerable<string>> values)
    {
        private readonly string? value = string.IsNullOrEmpty(wanted) ? null : wanted;
        private readonly Dictionary<string, int> counts = [];

        public bool Passes(SearchDocument document) => value is null || values(document).Contains(value, StringComparer.OrdinalIgnoreCase);

        public void Count(SearchDocument document)
        {
            foreach (var code in values(document))
                counts[code] = counts.GetValueOrDefault(code) + 1;
        }

        public IReadOnlyList<FacetValue> Values(Func<string, Domain.NamedCode> name) =>
            [.. counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => new FacetValue(c.Key, name(c.Key).Name(), c.Value))];
    }
}
