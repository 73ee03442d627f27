namespace HaLong.Dossiers.Catalogue.Search;

/// <summary>
/// The published versions, ready to be searched. A document's rank depends on nothing but itself and the query, so pages stay right when the
/// catalogue changes between them. Immutable.
/// </summary>
internal sealed class SearchIndex
{
    private readonly SearchDocument[] documents;
    private readonly PhraseTable phrases;

    public SearchIndex(long revision, IEnumerable<SearchDocument> all)
    {
        Revision = revision;
        documents = [.. all.OrderBy(d => d.Code, StringComparer.Ordinal)];
        Vocabulary = new SearchVocabulary(documents);
        phrases = new PhraseTable(documents, Vocabulary);
        ById = documents.ToDictionary(d => d.Id);
    }

    public long Revision { get; }

    public SearchVocabulary Vocabulary { get; }

    public IReadOnlyDictionary<Guid, SearchDocument> ById { get; }

    /// <summary>Everything that matches, best first.</summary>
    /// <param name="query">What is looked for.</param>
    /// <param name="matching">How words are to be compared; null for the strictest way that finds something.</param>
    public SearchResult Search(SearchQuery query, Matching? matching = null)
    {
        var words = SearchText.Sequence(query.Text ?? "");
        if (words.Length == 0)
            return Finish(query, Matching.Exact, [.. Enumerable.Range(0, documents.Length).Where(d => documents[d].IsInForce(query.Day)).Select(d => (0, d))], [], null);
        foreach (var way in matching is { } only ? [only] : Enum.GetValues<Matching>())
        {
            var (found, understood) = Rank(words, query.Day, way);
            if (found.Count > 0 || way == (matching ?? Matching.Loose))
                return Finish(query, way, found, way == Matching.Exact ? [] : words, understood);
        }
        throw new InvalidOperationException("Loose matching is the last.");
    }

    /// <summary>True when something in force has all the words, or their beginnings.</summary>
    public bool Finds(string text, DateOnly day) => Match(SearchText.Sequence(text), day, Matching.Exact).Found.Count > 0;

    private SearchResult Finish(SearchQuery query, Matching way, List<(int Rank, int Document)> found, string[] unsure, string?[]? understood)
    {
        var facets = new FacetCount(query);
        // One number to sort by: the higher rank first, then the document, whose order is that of the codes.
        var order = found.Where(f => facets.Take(documents[f.Document])).Select(f => ((long)-f.Rank << 32) | (uint)f.Document).ToArray();
        Array.Sort(order);
        var hits = Array.ConvertAll(order, o => new Hit(documents[(int)(o & uint.MaxValue)], (int)-(o >> 32)));
        return new SearchResult(way, hits, facets.ToFacets(), unsure.Length > 0 ? new Suggestions(this, query.Day).For(unsure, understood) : []);
    }

    /// <summary>The ranked documents and, where words were guessed, what the best one understood by them.</summary>
    private (List<(int Rank, int Document)> Ranked, string?[]? Understood) Rank(string[] words, DateOnly day, Matching way)
    {
        var match = Match(words, day, way);
        var sought = way == Matching.Exact ? Sought(words) : null;
        var ranked = match.Found.ConvertAll(d => (
            phrases.Rank(d, sought ?? match.AsWritten(d, words), match.Worth(d), exact: sought is not null, documents[d].ShownLength), d));
        if (sought is not null)
            return (ByCode(string.Concat(words), ranked, day), null);
        return ranked.Count == 0 ? (ranked, null) : (ranked, Array.ConvertAll(match.AsWritten(ranked.Max().d, words), s => s.Word < 0 ? null : Vocabulary[s.Word]));
    }

    private WordMatch Match(string[] words, DateOnly day, Matching way)
    {
        string[] different = [.. words.Distinct().Take(WordMatch.MaxWords)];
        var match = new WordMatch(documents.Length, different, way != Matching.Exact);
        for (var w = 0; w < different.Length; w++)
        {
            foreach (var (word, quality) in Kindred(different[w], w == different.Length - 1, way))
            {
                foreach (var (document, weight) in Vocabulary.Of(word))
                    match.Take(document, w, word, weight * quality);
            }
            match.EndWord();
        }
        // Whoever types many words may have one too many.
        match.Choose(different.Length - (way == Matching.Exact ? 0 : different.Length / 3), d => documents[d].IsInForce(day));
        return match;
    }

    private Kin[] Kindred(string word, bool isLast, Matching way)
    {
        // The last word may be unfinished; of short syllables in between, longer ones would only be noise.
        var starting = Vocabulary.Starting(word, isLast || word.Length >= 5 || word.Any(char.IsAsciiDigit));
        return way == Matching.Exact || (way == Matching.Near && starting.Length > 0) ? starting : [.. starting, .. Vocabulary.Near(word)];
    }

    // A code is also found by a part of it, with or without its dots.
    private List<(int Rank, int Document)> ByCode(string typed, List<(int Rank, int Document)> ranked, DateOnly day)
    {
        var compact = SearchDocument.Compact(typed);
        if (compact.Length < 3 || !compact.All(char.IsAsciiDigit))
            return ranked;
        var codes = Enumerable.Range(0, documents.Length)
            .Where(d => documents[d].CompactCode.Contains(compact, StringComparison.Ordinal) && documents[d].IsInForce(day))
            .Select(d => (PhraseTable.OfCode(documents[d].CompactCode, compact), d));
        return [.. codes.Concat(ranked).DistinctBy(f => f.Item2)];
    }

    private Sought[] Sought(string[] words) => [.. words.Select((w, i) =>
    {
        var number = Vocabulary.Number(w);
        var (from, to) = i == words.Length - 1 ? Vocabulary.Beginning(w) : (number, number + 1);
        return new Sought(number, from, to);
    })];
}
