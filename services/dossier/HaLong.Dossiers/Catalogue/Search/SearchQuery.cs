namespace HaLong.Dossiers.Catalogue.Search;

/// <summary>What is looked for.</summary>
/// <param name="Text">As typed; null or empty for everything.</param>
/// <param name="Day">Only what is in force on this local day.</param>
/// <param name="Online">A level of online service, or true or false for whether it can be filed online at all.</param>
internal sealed record SearchQuery(string? Text, DateOnly Day, string? Field, string? Level, string? Subject, string? LifeEvent, string? Online);

/// <summary>How words were compared. A cursor keeps it, so that all pages of a search are of one kind.</summary>
internal enum Matching
{
    /// <summary>Words as they are, or their beginnings.</summary>
    Exact,

    /// <summary>Words that nobody uses were taken for the nearest ones.</summary>
    Near,

    /// <summary>Any word may be a slip of another.</summary>
    Loose,
}

/// <summary>A place in a ranking: higher ranks first, then by code.</summary>
internal readonly record struct Place(int Rank, string Code) : IComparable<Place>
{
    public int CompareTo(Place other) => Rank != other.Rank ? other.Rank.CompareTo(Rank) : string.CompareOrdinal(Code, other.Code);
}

/// <summary>A document and its rank.</summary>
internal readonly record struct Hit(SearchDocument Document, int Rank)
{
    public Place Place => new(Rank, Document.Code);
}

/// <summary>How many of the hits have a value.</summary>
internal sealed record FacetValue(string Code, string Name, int Count);

/// <summary>Counts by what can be filtered; each as if its own filter were not set.</summary>
internal sealed record Facets(
    IReadOnlyList<FacetValue> Field, IReadOnlyList<FacetValue> Level, IReadOnlyList<FacetValue> Subject, IReadOnlyList<FacetValue> LifeEvent,
    IReadOnlyList<FacetValue> Online);

/// <summary>All hits in their order, with counts and what else could be meant.</summary>
internal sealed record SearchResult(Matching Matching, IReadOnlyList<Hit> Hits, Facets Facets, IReadOnlyList<string> Suggestions);
