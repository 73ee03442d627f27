using System.Runtime.InteropServices;
using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Catalogue.Search;

/// <summary>What a document is counted and filtered by, ready made: a search counts thousands.</summary>
internal sealed class DocumentFacets(ProcedureContent content, string[] events)
{
    private readonly string canOnline = content.CanBeFiledOnline ? "true" : "false";
    private readonly string[] levelBefore = [content.Level.Y2023], levelSince = [content.Level.Since20250701];
    private readonly string[] undated = [content.OnlineLevel, content.CanBeFiledOnline ? "true" : "false"];

    public string[] Field { get; } = [content.Field.Code];

    public NamedCode FieldName => content.Field;

    public string[] Subjects { get; } = [.. content.Subjects];

    public string[] Events => events;

    public string[] Level(DateOnly day) => day < Dated.Reform ? levelBefore : levelSince;

    /// <summary>The level of online service, and whether it can be filed online at all.</summary>
    public string[] Online(DateOnly day) => content.OnlinePeriods.Count == 0 ? undated : [content.OnlineOn(day).Level, canOnline];
}

/// <summary>The filters of a search: which hits pass, and how many would for each value.</summary>
internal sealed class FacetCount(SearchQuery query)
{
    private readonly Dimension[] dimensions =
    [
        new(query.Field, f => f.Field), new(query.Level, f => f.Level(query.Day)), new(query.Subject, f => f.Subjects), new(query.LifeEvent, f => f.Events),
        new(query.Online, f => f.Online(query.Day)),
    ];

    private readonly Dictionary<string, NamedCode> fields = [];

    /// <summary>Counts a document that the words match; true when it passes every filter.</summary>
    public bool Take(SearchDocument document)
    {
        var facets = document.Facets;
        var (failed, missed) = (-1, 0);
        for (var i = 0; i < dimensions.Length; i++)
        {
            if (!dimensions[i].Passes(facets))
                (failed, missed) = (i, missed + 1);
        }
        fields.TryAdd(facets.Field[0], facets.FieldName);
        for (var i = 0; i < dimensions.Length; i++)
        {
            if (missed == 0 || (missed == 1 && failed == i))
                dimensions[i].Count(facets);
        }
        return missed == 0;
    }

    public Facets ToFacets() => new(
        dimensions[0].Values(c => fields[c]), dimensions[1].Values(CatalogueCodes.Levels.Of), dimensions[2].Values(CatalogueCodes.Subjects.Of),
        dimensions[3].Values(LifeEvents.Codes.Of), [.. dimensions[4].Values(CatalogueCodes.OnlineLevels.Of).Where(v => CatalogueCodes.OnlineLevels.Has(v.Code))]);

    private sealed class Dimension(string? wanted, Func<DocumentFacets, string[]> values)
    {
        private readonly string? value = string.IsNullOrEmpty(wanted) ? null : wanted;
        private readonly Dictionary<string, int> counts = [];

        public bool Passes(DocumentFacets facets) => value is null || Array.Exists(values(facets), v => v.Equals(value, StringComparison.OrdinalIgnoreCase));

        public void Count(DocumentFacets facets)
        {
            foreach (var code in values(facets))
                CollectionsMarshal.GetValueRefOrAddDefault(counts, code, out _)++;
        }

        public IReadOnlyList<FacetValue> Values(Func<string, NamedCode> name) =>
            [.. counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => new FacetValue(c.Key, name(c.Key).Name(), c.Value))];
    }
}
